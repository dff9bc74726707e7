// Products with float weights and NEON, four rows side by side.
#include "engine/kernels/lanes/float.h"

#include "engine/kernels/neon/lanes.h"
#include "engine/kernels/neon/neon.h"

namespace attest::engine::neon {

void multiplyFloat(const FloatMultiply& job) {
    LaneFloat<NeonLanes>::multiply(job);
}

} // namespace attest::engine::neon
