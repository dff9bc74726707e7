// Products with float weights and AVX2, eight rows side by side.
#include "engine/kernels/avx2.h"
#include "engine/kernels/avx2_lanes.h"
#include "engine/kernels/lane_float.h"

namespace attest::engine::avx2 {

void multiplyFloat(const FloatMultiply& job) {
    LaneFloat<Avx2Lanes>::multiply(job);
}

} // namespace attest::engine::avx2
