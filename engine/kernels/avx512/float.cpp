// Products with float weights and AVX-512, sixteen rows side by side.
#include "engine/kernels/lanes/float.h"

#include "engine/kernels/avx512/avx512.h"
#include "engine/kernels/avx512/lanes.h"

namespace attest::engine::avx512 {

void multiplyFloat(const FloatMultiply& job) {
    LaneFloat<Avx512Lanes>::multiply(job);
}

} // namespace attest::engine::avx512
