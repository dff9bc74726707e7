#include "engine/kernels/neon.h"

#include "engine/kernels/neon_math.h"
#include "engine/kernels/reference_attention.h"

#include <arm_neon.h>

namespace attest::engine {

namespace {

constexpr size_t kLanes = 4;

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

void siluMultiply(float* gate, const float* up, size_t n) {
    const float32x4_t one = vdupq_n_f32(1.0F);
    for (size_t i = 0; i < n; i += kLanes) {
        const float32x4_t z = loadUpTo4(gate + i, n - i);
        const float32x4_t silu = vdivq_f32(z, vaddq_f32(one, exp4(vnegq_f32(z))));
        storeUpTo4(gate + i, n - i, vmulq_f32(silu, loadUpTo4(up + i, n - i)));
    }
}

// gelu(z) = z / (1 + exp(−2u)), because (1 + tanh u) / 2 = 1 / (1 + exp(−2u)).
void geluMultiply(float* gate, const float* up, size_t n) {
    const float32x4_t one = vdupq_n_f32(1.0F);
    const float32x4_t linear = vdupq_n_f32(-1.59576912F); // −2 √(2/π)
    const float32x4_t cubic = vdupq_n_f32(-0.0713548163F);
    for (size_t i = 0; i < n; i += kLanes) {
        const float32x4_t z = loadUpTo4(gate + i, n - i);
        const float32x4_t factor = vfmaq_f32(linear, cubic, vmulq_f32(z, z));
        const float32x4_t e = exp4(vmulq_f32(z, factor));
        const float32x4_t gelu = vdivq_f32(z, vaddq_f32(one, e));
        storeUpTo4(gate + i, n - i, vmulq_f32(gelu, loadUpTo4(up + i, n - i)));
    }
}

void reluSquaredMultiply(float* gate, const float* up, size_t n) {
    for (size_t i = 0; i < n; i += kLanes) {
        const float32x4_t z = vmaxq_f32(loadUpTo4(gate + i, n - i), vdupq_n_f32(0));
        storeUpTo4(gate + i, n - i, vmulq_f32(vmulq_f32(z, z), loadUpTo4(up + i, n - i)));
    }
}

// tanh(y) = 1 − 2 / (1 + exp(2y)).
void softcap(float* x, size_t n, float cap) {
    const float32x4_t one = vdupq_n_f32(1.0F);
    const float32x4_t two = vdupq_n_f32(2.0F);
    const float32x4_t caps = vdupq_n_f32(cap);
    for (size_t i = 0; i < n; i += kLanes) {
        const float32x4_t y = vdivq_f32(loadUpTo4(x + i, n - i), caps);
        const float32x4_t e = exp4(vaddq_f32(y, y));
        const float32x4_t tanh = vsubq_f32(one, vdivq_f32(two, vaddq_f32(one, e)));
        storeUpTo4(x + i, n - i, vmulq_f32(caps, tanh));
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

void rotateHalves(float* x, const float* cosines, const float* sines, size_t pairs) {
    for (size_t p = 0; p < pairs; p += kLanes) {
        const size_t left = pairs - p;
        const float32x4_t c = loadUpTo4(cosines + p, left);
        const float32x4_t s = loadUpTo4(sines + p, left);
        const float32x4_t a = loadUpTo4(x + p, left);
        const float32x4_t b = loadUpTo4(x + pairs + p, left);
        storeUpTo4(x + p, left, vsubq_f32(vmulq_f32(a, c), vmulq_f32(b, s)));
        storeUpTo4(x + pairs + p, left, vaddq_f32(vmulq_f32(a, s), vmulq_f32(b, c)));
    }
}

uint16x4_t loadUpTo4Halfs(const unsigned char* p, size_t n) {
    if (n >= kLanes) {
        return vreinterpret_u16_u8(vld1_u8(p));
    }
    unsigned char bytes[2 * kLanes] = {};
    for (size_t i = 0; i < 2 * n; ++i) {
        bytes[i] = p[i];
    }
    return vreinterpret_u16_u8(vld1_u8(bytes));
}

void widenF16(float* out, const unsigned char* in, size_t n) {
    for (size_t i = 0; i < n; i += kLanes) {
        const uint16x4_t bits = loadUpTo4Halfs(in + 2 * i, n - i);
        storeUpTo4(out + i, n - i, vcvt_f32_f16(vreinterpret_f16_u16(bits)));
    }
}

void widenBf16(float* out, const unsigned char* in, size_t n) {
    for (size_t i = 0; i < n; i += kLanes) {
        const uint16x4_t bits = loadUpTo4Halfs(in + 2 * i, n - i);
        storeUpTo4(out + i, n - i, vreinterpretq_f32_u32(vshll_n_u16(bits, 16)));
    }
}

} // namespace

extern const KernelTable kNeonKernels = {
    .panelRows = 0,
    .rmsNorm = rmsNorm,
    .quantize = quantize,
    .siluMultiply = siluMultiply,
    .geluMultiply = geluMultiply,
    .reluSquaredMultiply = reluSquaredMultiply,
    .softcap = softcap,
    .rotateNeighbours = rotateNeighbours,
    .rotateHalves = rotateHalves,
    .storeKeyValues = reference::storeKeyValues,
    .attend = neon::attend,
    .mergeAttention = neon::mergeAttention,
    .multiply = neon::multiply,
    .multiplyFloat = neon::multiplyFloat,
    .widenF16 = widenF16,
    .widenBf16 = widenBf16,
};

extern const KernelTable kNeonDotKernels = {
    .panelRows = 0,
    .rmsNorm = rmsNorm,
    .quantize = quantize,
    .siluMultiply = siluMultiply,
    .geluMultiply = geluMultiply,
    .reluSquaredMultiply = reluSquaredMultiply,
    .softcap = softcap,
    .rotateNeighbours = rotateNeighbours,
    .rotateHalves = rotateHalves,
    .storeKeyValues = reference::storeKeyValues,
    .attend = neon::attend,
    .mergeAttention = neon::mergeAttention,
    .multiply = neon::multiplyDot,
    .multiplyFloat = neon::multiplyFloat,
    .widenF16 = widenF16,
    .widenBf16 = widenBf16,
};
} // namespace attest::engine
