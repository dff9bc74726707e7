#include "engine/kernels/avx512.h"

#include "engine/kernels/amx.h"
#include "engine/kernels/avx512_exp.h"
#include "engine/kernels/avx512_panel.h"
#include "engine/kernels/reference_attention.h"

#include <immintrin.h>

namespace attest::engine {

namespace {

__mmask16 firstLanes(size_t count) {
    return count >= 16 ? __mmask16(0xFFFF) : __mmask16((1U << count) - 1);
}

// Sums in f64, as the reference does; only their order differs.
void rmsNorm(float* out, const float* x, const float* weight, size_t n, float eps) {
    __m512d sums[2] = {_mm512_setzero_pd(), _mm512_setzero_pd()};
    for (size_t i = 0; i < n; i += 16) {
        const __m512 values = _mm512_maskz_loadu_ps(firstLanes(n - i), x + i);
        const __m512d low = _mm512_cvtps_pd(_mm512_castps512_ps256(values));
        const __m512d high = _mm512_cvtps_pd(_mm512_extractf32x8_ps(values, 1));
        sums[0] = _mm512_fmadd_pd(low, low, sums[0]);
        sums[1] = _mm512_fmadd_pd(high, high, sums[1]);
    }
    const double sum = _mm512_reduce_add_pd(_mm512_add_pd(sums[0], sums[1]));
    const double meanSquare = sum / double(n);
    const __m512 scale = _mm512_set1_ps(float(1.0 / __builtin_sqrt(meanSquare + double(eps))));
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 mask = firstLanes(n - i);
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

void siluMultiply(float* gate, const float* up, size_t n) {
    const __m512 one = _mm512_set1_ps(1.0F);
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 mask = firstLanes(n - i);
        const __m512 x = _mm512_maskz_loadu_ps(mask, gate + i);
        const __m512 e = exp16(_mm512_sub_ps(_mm512_setzero_ps(), x));
        const __m512 silu = _mm512_div_ps(x, _mm512_add_ps(one, e));
        const __m512 factor = _mm512_maskz_loadu_ps(mask, up + i);
        _mm512_mask_storeu_ps(gate + i, mask, _mm512_mul_ps(silu, factor));
    }
}

// gelu(z) = z / (1 + exp(−2u)), because (1 + tanh u) / 2 = 1 / (1 + exp(−2u)).
void geluMultiply(float* gate, const float* up, size_t n) {
    const __m512 one = _mm512_set1_ps(1.0F);
    const __m512 linear = _mm512_set1_ps(-1.59576912F); // −2 √(2/π)
    const __m512 cubic = _mm512_set1_ps(-0.0713548163F);
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 mask = firstLanes(n - i);
        const __m512 z = _mm512_maskz_loadu_ps(mask, gate + i);
        const __m512 factor = _mm512_fmadd_ps(cubic, _mm512_mul_ps(z, z), linear);
        const __m512 e = exp16(_mm512_mul_ps(z, factor));
        const __m512 gelu = _mm512_div_ps(z, _mm512_add_ps(one, e));
        const __m512 ups = _mm512_maskz_loadu_ps(mask, up + i);
        _mm512_mask_storeu_ps(gate + i, mask, _mm512_mul_ps(gelu, ups));
    }
}

void reluSquaredMultiply(float* gate, const float* up, size_t n) {
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 mask = firstLanes(n - i);
        // Operand order: with a NaN, max returns the second one.
        const __m512 z = _mm512_max_ps(_mm512_setzero_ps(), _mm512_maskz_loadu_ps(mask, gate + i));
        const __m512 ups = _mm512_maskz_loadu_ps(mask, up + i);
        _mm512_mask_storeu_ps(gate + i, mask, _mm512_mul_ps(_mm512_mul_ps(z, z), ups));
    }
}

// tanh(y) = 1 − 2 / (1 + exp(2y)).
void softcap(float* x, size_t n, float cap) {
    const __m512 one = _mm512_set1_ps(1.0F);
    const __m512 two = _mm512_set1_ps(2.0F);
    const __m512 caps = _mm512_set1_ps(cap);
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 mask = firstLanes(n - i);
        const __m512 y = _mm512_div_ps(_mm512_maskz_loadu_ps(mask, x + i), caps);
        const __m512 e = exp16(_mm512_add_ps(y, y));
        const __m512 tanh = _mm512_sub_ps(one, _mm512_div_ps(two, _mm512_add_ps(one, e)));
        _mm512_mask_storeu_ps(x + i, mask, _mm512_mul_ps(caps, tanh));
    }
}

// Eight pairs at a time.
void rotateNeighbours(float* x, const float* cosines, const float* sines, size_t pairs) {
    const __m512i twice = _mm512_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    for (size_t p = 0; p < pairs; p += 8) {
        const size_t left = pairs - p;
        const __mmask16 mask = firstLanes(2 * left);
        const __mmask16 pairMask = firstLanes(left < 8 ? left : 8);
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

void rotateHalves(float* x, const float* cosines, const float* sines, size_t pairs) {
    for (size_t p = 0; p < pairs; p += 16) {
        const __mmask16 mask = firstLanes(pairs - p);
        const __m512 c = _mm512_maskz_loadu_ps(mask, cosines + p);
        const __m512 s = _mm512_maskz_loadu_ps(mask, sines + p);
        const __m512 a = _mm512_maskz_loadu_ps(mask, x + p);
        const __m512 b = _mm512_maskz_loadu_ps(mask, x + pairs + p);
        const __m512 first = _mm512_sub_ps(_mm512_mul_ps(a, c), _mm512_mul_ps(b, s));
        const __m512 second = _mm512_add_ps(_mm512_mul_ps(a, s), _mm512_mul_ps(b, c));
        _mm512_mask_storeu_ps(x + p, mask, first);
        _mm512_mask_storeu_ps(x + pairs + p, mask, second);
    }
}

void widenF16(float* out, const unsigned char* in, size_t n) {
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 mask = firstLanes(n - i);
        const __m256i bits = _mm256_maskz_loadu_epi16(mask, in + 2 * i);
        _mm512_mask_storeu_ps(out + i, mask, _mm512_cvtph_ps(bits));
    }
}

void widenBf16(float* out, const unsigned char* in, size_t n) {
    for (size_t i = 0; i < n; i += 16) {
        const __mmask16 mask = firstLanes(n - i);
        const __m512i bits = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(mask, in + 2 * i));
        _mm512_mask_storeu_epi32(out + i, mask, _mm512_slli_epi32(bits, 16));
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
        .siluMultiply = siluMultiply,
        .geluMultiply = geluMultiply,
        .reluSquaredMultiply = reluSquaredMultiply,
        .softcap = softcap,
        .rotateNeighbours = rotateNeighbours,
        .rotateHalves = rotateHalves,
        .storeKeyValues = reference::storeKeyValues,
        .attend = attend,
        .mergeAttention = avx512::mergeAttention,
        .multiply = multiply,
        .multiplyFloat = avx512::multiplyFloat,
        .widenF16 = widenF16,
        .widenBf16 = widenBf16,
    };
}

} // namespace

extern const KernelTable kAvx512Kernels =
    table(avx512::kPanelRows, avx512::multiply, avx512::attend);
extern const KernelTable kAmxKernels = table(0, amx::multiply, amx::attend);

} // namespace attest::engine
