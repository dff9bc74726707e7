#include "engine/kernels/avx512/avx512.h"

#include "engine/kernels/amx/amx.h"
#include "engine/kernels/avx512/lanes.h"
#include "engine/kernels/avx512/panel.h"
#include "engine/kernels/lanes/steps.h"

#include <immintrin.h>

namespace attest::engine {

namespace {

using Steps = LaneSteps<Avx512Lanes>;

// Sums in f64, as the reference does; only their order differs.
void rmsNorm(float* out, const float* x, const float* weight, size_t n, float eps) {
    __m512d sums[2] = {_mm512_setzero_pd(), _mm512_setzero_pd()};
    for (size_t i = 0; i < n; i += 16) {
        const __m512 values = _mm512_maskz_loadu_ps(Avx512Lanes::firstLanes(n - i), x + i);
        const __m512d low = _mm512_cvtps_pd(_mm512_castps512_ps256(values));
        const __m512d high = _mm512_cvtps_pd(_mm512_extractf32x8_ps(values, 1));
        sums[0] = _mm512_fmadd_pd(low, low, sums[0]);
        sums[1] = _mm512_fmadd_pd(high, high, sums[1]);
    }
    const double sum = _mm512_reduce_add_pd(_mm512_add_pd(sums[0], sums[1]));
    const double meanSquare = sum / double(n);
    const __m512 scale = _mm512_set1_ps(float(1.0 / __builtin_sqrt(meanSquare + double(eps))));
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 mask = Avx512Lanes::firstLanes(n - i);
        const __m512 values = _mm512_mul_ps(scale, _mm512_maskz_loadu_ps(mask, x + i));
        const __m512 weights = _mm512_maskz_loadu_ps(mask, weight + i);
        _mm512_mask_storeu_ps(out + i, mask, _mm512_mul_ps(weights, values));
    }
}

void quantize(ActivationBlock* out, const float* x, size_t blocks) {
    const __m512 infinity = _mm512_set1_ps(__builtin_inff());
    for (size_t b = 0; b < blocks; ++b) {
        const __m512 low = _mm512_loadu_ps(x + b * kActivationBlock);
        const __m512 high = _mm512_loadu_ps(x + b * kActivationBlock + 16);
        const __m512 absLow = _mm512_abs_ps(low);
        const __m512 absHigh = _mm512_abs_ps(high);
        ActivationBlock& block = out[b];
        if ((_mm512_cmp_ps_mask(absLow, infinity, _CMP_LT_OQ) &
             _mm512_cmp_ps_mask(absHigh, infinity, _CMP_LT_OQ)) != 0xFFFF) {
            block = {};
            block.d = __builtin_nanf("");
            block.dSum = block.d;
            continue;
        }
        const float largest = _mm512_reduce_max_ps(_mm512_max_ps(absLow, absHigh));
        block.d = largest / 127.0F;
        // As in the reference: below the smallest normal number a block counts as zero.
        const __m512 inverse = _mm512_set1_ps(block.d < __FLT_MIN__ ? 0.0F : 127.0F / largest);
        const __m512i qLow = _mm512_cvtps_epi32(_mm512_mul_ps(low, inverse));
        const __m512i qHigh = _mm512_cvtps_epi32(_mm512_mul_ps(high, inverse));
        const __m256i q = _mm256_set_m128i(_mm512_cvtepi32_epi8(qHigh), _mm512_cvtepi32_epi8(qLow));
        // Four sums of four for each half, then the halves' sums side by side.
        const __m256i fours = _mm256_dpbusd_epi32(_mm256_setzero_si256(), _mm256_set1_epi8(1), q);
        const __m128i twos =
            _mm_hadd_epi32(_mm256_castsi256_si128(fours), _mm256_extracti128_si256(fours, 1));
        const __m128i sums = _mm_hadd_epi32(twos, twos);
        const int32_t first = _mm_cvtsi128_si32(sums);
        const int32_t second = _mm_extract_epi32(sums, 1);
        block.dSum = block.d * float(first + second);
        block.halfSums[0] = first;
        block.halfSums[1] = second;
        block.biasedSum = -128 * (first + second);
        block.biasedHalfs[0] = -128 * first;
        block.biasedHalfs[1] = -128 * second;
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(block.q), q);
    }
}

// Eight pairs at a time.
void rotateNeighbours(float* x, const float* cosines, const float* sines, size_t pairs) {
    const __m512i twice = _mm512_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    for (size_t p = 0; p < pairs; p += 8) {
        const size_t left = pairs - p;
        const __mmask16 mask = Avx512Lanes::firstLanes(2 * left);
        const __mmask16 pairMask = Avx512Lanes::firstLanes(left < 8 ? left : 8);
        const __m512 c = _mm512_permutexvar_ps(twice, _mm512_maskz_loadu_ps(pairMask, cosines + p));
        const __m512 s = _mm512_permutexvar_ps(twice, _mm512_maskz_loadu_ps(pairMask, sines + p));
        const __m512 values = _mm512_maskz_loadu_ps(mask, x + 2 * p);
        const __m512 swapped = _mm512_permute_ps(values, 0xB1);
        const __m512 direct = _mm512_mul_ps(values, c);
        const __m512 crossed = _mm512_mul_ps(swapped, s);
        const __m512 sum = _mm512_add_ps(direct, crossed);
        const __m512 rotated = _mm512_mask_sub_ps(sum, 0x5555, direct, crossed);
        _mm512_mask_storeu_ps(x + 2 * p, mask, rotated);
    }
}

// The set with either way to multiply and to attend.
constexpr KernelTable table(size_t panelRows,
                            void (*multiply)(const QuantMultiply& job),
                            void (*attend)(const AttentionTile& tile)) {
    return {
        .panelRows = panelRows,
        .rmsNorm = rmsNorm,
        .quantize = quantize,
        .siluMultiply = Steps::siluMultiply,
        .geluMultiply = Steps::geluMultiply,
        .reluSquaredMultiply = Steps::reluSquaredMultiply,
        .softcap = Steps::softcap,
        .rotateNeighbours = rotateNeighbours,
        .rotateHalves = Steps::rotateHalves,
        .add = Steps::add,
        .storeKeyValues = avx512::storeKeyValues,
        .attend = attend,
        .mergeAttention = avx512::mergeAttention,
        .finishAttention = avx512::finishAttention,
        .multiply = multiply,
        .multiplyFloat = avx512::multiplyFloat,
        .widenF16 = Steps::widenF16,
        .widenBf16 = Steps::widenBf16,
    };
}

} // namespace

extern const KernelTable kAvx512Kernels =
    table(avx512::kPanelRows, avx512::multiply, avx512::attend);
extern const KernelTable kAmxKernels = table(avx512::kPanelRows, amx::multiply, amx::attend);

} // namespace attest::engine
