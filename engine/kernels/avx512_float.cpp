// Products with float weights and AVX-512, sixteen rows side by side.
#include "engine/kernels/avx512.h"
#include "engine/kernels/avx512_lanes.h"
#include "engine/kernels/lane_float.h"

namespace attest::engine::avx512 {

void multiplyFloat(const FloatMultiply& job) {
    LaneFloat<Avx512Lanes>::multiply(job);
}

} // namespace attest::engine::avx512
