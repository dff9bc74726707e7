// Products with quantized weights by vpmaddubsw, which multiplies unsigned by signed bytes and adds
// pairs into 16 bits.
#include "engine/kernels/avx2/avx2.h"
#include "engine/kernels/avx2/products.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

// Bytes whose products are widened one by one: |w| times the activation with the sign of w. One
// token alone does not repay splitting its activations.
struct SignedSums {
    using OfOneToken = SignedSums;
    static constexpr bool kIsSigned = true;
    static constexpr size_t kParts = 1;
    static constexpr size_t kRun = 1;

    static ATTEST_INLINE __m256i begun(__m256i q, __m256i a) {
        return _mm256_maddubs_epi16(_mm256_abs_epi8(q), _mm256_sign_epi8(a, q));
    }

    template <size_t part>
    static ATTEST_INLINE __m256i ended(__m256i sum) {
        return _mm256_madd_epi16(sum, _mm256_set1_epi16(1));
    }
};

template <PanelRange range>
struct PairSums {
    using OfOneToken = PairSums;
    static constexpr bool kIsSigned = false;
    static constexpr size_t kParts = 1;
    static constexpr size_t kRun = range == kSixBits ? 2 : range == kFiveBits ? 4 : 8;

    static ATTEST_INLINE __m256i begun(__m256i q, __m256i a) { return _mm256_maddubs_epi16(q, a); }

    static ATTEST_INLINE __m256i added(__m256i sum, __m256i q, __m256i a) {
        sum = _mm256_add_epi16(sum, _mm256_maddubs_epi16(q, a));
        // Else GCC forms all products of a block first, and has registers for few of them.
        __asm__("" : "+x"(sum));
        return sum;
    }

    template <size_t part>
    static ATTEST_INLINE __m256i ended(__m256i sum) {
        return _mm256_madd_epi16(sum, _mm256_set1_epi16(part == 0 ? 1 : 16));
    }
};

// With activations in two parts as many fit as of four bits.
template <>
struct PairSums<kWide> : PairSums<kNibbles> {
    using OfOneToken = SignedSums;
    static constexpr size_t kParts = 2;
};

} // namespace

void multiply(const QuantMultiply& job) {
    multiplyWith<PairSums>(job);
}

} // namespace attest::engine::avx2
