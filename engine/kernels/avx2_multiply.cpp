// Products with quantized weights by vpmaddubsw, which multiplies unsigned by signed bytes and adds
// pairs into 16 bits.
#include "engine/kernels/avx2.h"
#include "engine/kernels/avx2_products.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

template <PanelRange range>
struct PairSums {
    static constexpr bool kTokensTogether = false;

    __m256i wide = _mm256_setzero_si256();
    __m256i narrow = _mm256_setzero_si256(); // 16-bit sums, as many as the range lets fit

    static ATTEST_INLINE __m256i widened(__m256i sums16) {
        return _mm256_madd_epi16(sums16, _mm256_set1_epi16(1));
    }

    ATTEST_INLINE void add(size_t k, __m256i q, __m256i a) {
        if constexpr (range == kSigned) {
            const __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(q), _mm256_sign_epi8(a, q));
            wide = _mm256_add_epi32(wide, widened(pairs));
        } else {
            narrow = _mm256_add_epi16(narrow, _mm256_maddubs_epi16(q, a));
            if (range == kSmall && k % 2 == 1) {
                wide = _mm256_add_epi32(wide, widened(narrow));
                narrow = _mm256_setzero_si256();
            }
        }
    }

    ATTEST_INLINE __m256i finish() const { return range == kNibbles ? widened(narrow) : wide; }
};

} // namespace

void multiply(const QuantMultiply& job) {
    multiplyWith<PairSums>(job);
}

} // namespace attest::engine::avx2
