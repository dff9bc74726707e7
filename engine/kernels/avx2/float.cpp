// Products with float weights and AVX2, eight rows side by side.
#include "engine/kernels/lanes/float.h"

#include "engine/kernels/avx2/avx2.h"
#include "engine/kernels/avx2/lanes.h"

namespace attest::engine::avx2 {

void multiplyFloat(const FloatMultiply& job) {
    LaneFloat<Avx2Lanes>::multiply(job);
}

} // namespace attest::engine::avx2
