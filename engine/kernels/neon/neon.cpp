#include "engine/kernels/neon/neon.h"

#include "engine/kernels/lanes/steps.h"
#include "engine/kernels/neon/lanes.h"

#include <arm_neon.h>

namespace attest::engine {

namespace {

using Steps = LaneSteps<NeonLanes>;

constexpr size_t kLanes = NeonLanes::kLanes;

// Sums in f64, as the reference does; only their order differs.
void rmsNorm(float* out, const float* x, const float* weight, size_t n, float eps) {
    float64x2_t low = vdupq_n_f64(0);
    float64x2_t high = vdupq_n_f64(0);
    for (size_t i = 0; i < n; i += kLanes) {
        const float32x4_t values = loadUpTo4(x + i, n - i);
        const float64x2_t a = vcvt_f64_f32(vget_low_f32(values));
        const float64x2_t b = vcvt_high_f64_f32(values);
        low = vfmaq_f64(low, a, a);
        high = vfmaq_f64(high, b, b);
    }
    const double meanSquare = vaddvq_f64(vaddq_f64(low, high)) / double(n);
    const float32x4_t scale = vdupq_n_f32(float(1.0 / __builtin_sqrt(meanSquare + double(eps))));
    for (size_t i = 0; i < n; i += kLanes) {
        const float32x4_t values = vmulq_f32(scale, loadUpTo4(x + i, n - i));
        storeUpTo4(out + i, n - i, vmulq_f32(loadUpTo4(weight + i, n - i), values));
    }
}

void quantize(ActivationBlock* out, const float* x, size_t blocks) {
    const float32x4_t infinity = vdupq_n_f32(__builtin_inff());
    for (size_t b = 0; b < blocks; ++b) {
        float32x4_t values[8];
        float32x4_t top = vdupq_n_f32(0);
        uint32x4_t finite = vdupq_n_u32(~0U);
        for (size_t i = 0; i < 8; ++i) {
            values[i] = vld1q_f32(x + b * kActivationBlock + i * kLanes);
            const float32x4_t magnitude = vabsq_f32(values[i]);
            top = vmaxq_f32(top, magnitude);
            finite = vandq_u32(finite, vcltq_f32(magnitude, infinity));
        }
        ActivationBlock block = {};
        if (vminvq_u32(finite) == 0) {
            block.d = __builtin_nanf("");
            block.dSum = block.d;
            out[b] = block;
            continue;
        }
        const float largest = vmaxvq_f32(top);
        block.d = largest / 127.0F;
        // As in the reference: below the smallest normal number a block counts as zero.
        const float inverse = block.d < __FLT_MIN__ ? 0.0F : 127.0F / largest;
        for (size_t half = 0; half < 2; ++half) {
            int32x4_t q[4];
            for (size_t i = 0; i < 4; ++i) {
                q[i] = vcvtnq_s32_f32(vmulq_n_f32(values[half * 4 + i], inverse));
            }
            block.halfSums[half] =
                vaddvq_s32(vaddq_s32(vaddq_s32(q[0], q[1]), vaddq_s32(q[2], q[3])));
            block.biasedHalfs[half] = -128 * block.halfSums[half];
            const int16x8_t first = vcombine_s16(vmovn_s32(q[0]), vmovn_s32(q[1]));
            const int16x8_t second = vcombine_s16(vmovn_s32(q[2]), vmovn_s32(q[3]));
            vst1q_s8(block.q + half * 16, vcombine_s8(vmovn_s16(first), vmovn_s16(second)));
        }
        block.biasedSum = block.biasedHalfs[0] + block.biasedHalfs[1];
        block.dSum = block.d * float(block.halfSums[0] + block.halfSums[1]);
        out[b] = block;
    }
}

// Four pairs at a time; what is left, one by one.
void rotateNeighbours(float* x, const float* cosines, const float* sines, size_t pairs) {
    size_t p = 0;
    for (; p + kLanes <= pairs; p += kLanes) {
        const float32x4_t c = vld1q_f32(cosines + p);
        const float32x4_t s = vld1q_f32(sines + p);
        const float32x4x2_t values = vld2q_f32(x + 2 * p);
        const float32x4_t a = values.val[0];
        const float32x4_t b = values.val[1];
        const float32x4x2_t rotated = {{vsubq_f32(vmulq_f32(a, c), vmulq_f32(b, s)),
                                        vaddq_f32(vmulq_f32(a, s), vmulq_f32(b, c))}};
        vst2q_f32(x + 2 * p, rotated);
    }
    for (; p < pairs; ++p) {
        const float a = x[2 * p];
        const float b = x[2 * p + 1];
        x[2 * p] = a * cosines[p] - b * sines[p];
        x[2 * p + 1] = a * sines[p] + b * cosines[p];
    }
}

// The set with either way to multiply.
constexpr KernelTable table(void (*multiply)(const QuantMultiply& job)) {
    return {
        .panelRows = 0,
        .rmsNorm = rmsNorm,
        .quantize = quantize,
        .siluMultiply = Steps::siluMultiply,
        .geluMultiply = Steps::geluMultiply,
        .reluSquaredMultiply = Steps::reluSquaredMultiply,
        .softcap = Steps::softcap,
        .rotateNeighbours = rotateNeighbours,
        .rotateHalves = Steps::rotateHalves,
        .add = Steps::add,
        .storeKeyValues = neon::storeKeyValues,
        .attend = neon::attend,
        .mergeAttention = neon::mergeAttention,
        .finishAttention = neon::finishAttention,
        .multiply = multiply,
        .multiplyFloat = neon::multiplyFloat,
        .widenF16 = Steps::widenF16,
        .widenBf16 = Steps::widenBf16,
    };
}

} // namespace

extern const KernelTable kNeonKernels = table(neon::multiply);
extern const KernelTable kNeonDotKernels = table(neon::multiplyDot);

} // namespace attest::engine
