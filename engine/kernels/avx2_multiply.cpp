// Products with quantized weights by vpmaddubsw, which multiplies unsigned by signed bytes and adds
// pairs into 16 bits.
#include "engine/kernels/avx2.h"
#include "engine/kernels/avx2_products.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

template <PanelRange range>
struct PairSums {
    static constexpr size_t kParts = range == kWide ? 2 : 1;
    static constexpr size_t kRun = range == kSixBits    ? 2
                                   : range == kFiveBits ? 4
                                                        : 8; // fit 16 bits

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

} // namespace

void multiply(const QuantMultiply& job) {
    multiplyWith<PairSums>(job);
}

} // namespace attest::engine::avx2
