// Products with quantized weights by vpdpbusd, which adds four products of bytes to 32 bits.
#include "engine/kernels/avx2.h"
#include "engine/kernels/avx2_products.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

template <PanelRange range>
struct DotSums {
    static constexpr bool kTokensTogether = true;

    __m256i sum = _mm256_setzero_si256();

    ATTEST_INLINE void add(size_t, __m256i q, __m256i a) {
        if constexpr (range == kSigned) {
            // |w| times the activation with the sign of w.
            sum = _mm256_dpbusd_avx_epi32(sum, _mm256_abs_epi8(q), _mm256_sign_epi8(a, q));
        } else {
            sum = _mm256_dpbusd_avx_epi32(sum, q, a);
        }
    }

    ATTEST_INLINE __m256i finish() const { return sum; }
};

} // namespace

void multiplyVnni(const QuantMultiply& job) {
    multiplyWith<DotSums>(job);
}

} // namespace attest::engine::avx2
