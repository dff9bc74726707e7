// Products with float weights and NEON, four rows side by side.
#include "engine/kernels/lane_float.h"
#include "engine/kernels/neon.h"
#include "engine/kernels/neon_lanes.h"

namespace attest::engine::neon {

void multiplyFloat(const FloatMultiply& job) {
    LaneFloat<NeonLanes>::multiply(job);
}

} // namespace attest::engine::neon
