// Products with quantized weights by vpdpbusd, which adds four products of bytes to 32 bits.
#include "engine/kernels/avx2/avx2.h"
#include "engine/kernels/avx2/products.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

template <PanelRange range>
struct DotSums {
    using OfOneToken = DotSums;
    static constexpr bool kIsSigned = false;
    static constexpr size_t kParts = 1;
    static constexpr size_t kRun = 8;

    static ATTEST_INLINE __m256i begun(__m256i q, __m256i a) {
        return added(_mm256_setzero_si256(), q, a);
    }

    static ATTEST_INLINE __m256i added(__m256i sum, __m256i q, __m256i a) {
        return _mm256_dpbusd_avx_epi32(sum, q, a);
    }

    template <size_t part>
    static ATTEST_INLINE __m256i ended(__m256i sum) {
        return sum;
    }
};

} // namespace

void multiplyVnni(const QuantMultiply& job) {
    multiplyWith<DotSums>(job);
}

} // namespace attest::engine::avx2
