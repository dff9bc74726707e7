#include "engine/kernels/avx2/avx2.h"

#include "engine/kernels/avx2/lanes.h"
#include "engine/kernels/avx2/panel.h"
#include "engine/kernels/lanes/steps.h"

#include <immintrin.h>

namespace attest::engine {

namespace {

using Steps = LaneSteps<Avx2Lanes>;

constexpr size_t kLanes = Avx2Lanes::kLanes;

// Sums in f64, as the reference does; only their order differs.
void rmsNorm(float* out, const float* x, const float* weight, size_t n, float eps) {
    __m256d low = _mm256_setzero_pd();
    __m256d high = _mm256_setzero_pd();
    for (size_t i = 0; i < n; i += kLanes) {
        const __m256 values = loadUpTo8(x + i, n - i);
        const __m256d a = _mm256_cvtps_pd(_mm256_castps256_ps128(values));
        const __m256d b = _mm256_cvtps_pd(_mm256_extractf128_ps(values, 1));
        low = _mm256_fmadd_pd(a, a, low);
        high = _mm256_fmadd_pd(b, b, high);
    }
    double sums[4];
    _mm256_storeu_pd(sums, _mm256_add_pd(low, high));
    const double meanSquare = ((sums[0] + sums[1]) + (sums[2] + sums[3])) / double(n);
    const __m256 scale = _mm256_set1_ps(float(1.0 / __builtin_sqrt(meanSquare + double(eps))));
    for (size_t i = 0; i < n; i += kLanes) {
        const __m256 values = _mm256_mul_ps(scale, loadUpTo8(x + i, n - i));
        storeUpTo8(out + i, n - i, _mm256_mul_ps(loadUpTo8(weight + i, n - i), values));
    }
}

int sumOfInts(__m256i x) {
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4E));
    return _mm_cvtsi128_si32(_mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xB1)));
}

void quantize(ActivationBlock* out, const float* x, size_t blocks) {
    const __m256 noSign = _mm256_castsi256_ps(_mm256_set1_epi32(0x7FFFFFFF));
    const __m256 infinity = _mm256_set1_ps(__builtin_inff());
    for (size_t b = 0; b < blocks; ++b) {
        __m256 values[4];
        __m256 top = _mm256_setzero_ps();
        int finite = 0xFF;
        for (size_t i = 0; i < 4; ++i) {
            values[i] = _mm256_loadu_ps(x + b * kActivationBlock + i * kLanes);
            const __m256 magnitude = _mm256_and_ps(values[i], noSign);
            top = _mm256_max_ps(top, magnitude);
            finite &= _mm256_movemask_ps(_mm256_cmp_ps(magnitude, infinity, _CMP_LT_OQ));
        }
        ActivationBlock block = {};
        if (finite != 0xFF) {
            block.d = __builtin_nanf("");
            block.dSum = block.d;
            out[b] = block;
            continue;
        }
        const float largest = largestLane(top);
        block.d = largest / 127.0F;
        // As in the reference: below the smallest normal number a block counts as zero.
        const __m256 inverse = _mm256_set1_ps(block.d < __FLT_MIN__ ? 0.0F : 127.0F / largest);
        __m256i q[4];
        for (size_t i = 0; i < 4; ++i) {
            q[i] = _mm256_cvtps_epi32(_mm256_mul_ps(values[i], inverse));
        }
        block.halfSums[0] = sumOfInts(_mm256_add_epi32(q[0], q[1]));
        block.halfSums[1] = sumOfInts(_mm256_add_epi32(q[2], q[3]));
        block.biasedHalfs[0] = -128 * block.halfSums[0];
        block.biasedHalfs[1] = -128 * block.halfSums[1];
        block.biasedSum = block.biasedHalfs[0] + block.biasedHalfs[1];
        block.dSum = block.d * float(block.halfSums[0] + block.halfSums[1]);
        // Packing works within 128-bit lanes; the permutation puts the groups of four in order.
        const __m256i packed =
            _mm256_packs_epi16(_mm256_packs_epi32(q[0], q[1]), _mm256_packs_epi32(q[2], q[3]));
        const __m256i ordered =
            _mm256_permutevar8x32_epi32(packed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(block.q), ordered);
        out[b] = block;
    }
}

// Four pairs at a time.
void rotateNeighbours(float* x, const float* cosines, const float* sines, size_t pairs) {
    const __m256i twice = _mm256_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3);
    for (size_t p = 0; p < pairs; p += 4) {
        const size_t left = pairs - p < 4 ? pairs - p : 4;
        const __m256 c = _mm256_permutevar8x32_ps(loadUpTo8(cosines + p, left), twice);
        const __m256 s = _mm256_permutevar8x32_ps(loadUpTo8(sines + p, left), twice);
        const __m256 values = loadUpTo8(x + 2 * p, 2 * left);
        const __m256 direct = _mm256_mul_ps(values, c);
        const __m256 crossed = _mm256_mul_ps(_mm256_permute_ps(values, 0xB1), s);
        storeUpTo8(x + 2 * p, 2 * left, _mm256_addsub_ps(direct, crossed));
    }
}

// The set with either way to multiply.
constexpr KernelTable table(void (*multiply)(const QuantMultiply& job)) {
    return {
        .panelRows = avx2::kPanelRows,
        .rmsNorm = rmsNorm,
        .quantize = quantize,
        .siluMultiply = Steps::siluMultiply,
        .geluMultiply = Steps::geluMultiply,
        .reluSquaredMultiply = Steps::reluSquaredMultiply,
        .softcap = Steps::softcap,
        .rotateNeighbours = rotateNeighbours,
        .rotateHalves = Steps::rotateHalves,
        .add = Steps::add,
        .storeKeyValues = avx2::storeKeyValues,
        .attend = avx2::attend,
        .mergeAttention = avx2::mergeAttention,
        .finishAttention = avx2::finishAttention,
        .multiply = multiply,
        .multiplyFloat = avx2::multiplyFloat,
        .widenF16 = Steps::widenF16,
        .widenBf16 = Steps::widenBf16,
    };
}

} // namespace

extern const KernelTable kAvx2Kernels = table(avx2::multiply);
extern const KernelTable kAvxVnniKernels = table(avx2::multiplyVnni);

} // namespace attest::engine
