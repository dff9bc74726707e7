// exp() for 4 numbers, and loads and stores of fewer. Only for files compiled for 64-bit ARM.
#pragma once

#include <arm_neon.h>
#include <stddef.h>

namespace attest::engine {

namespace {

// 2^n for n in −126…127.
[[maybe_unused]] float32x4_t powerOfTwo(int32x4_t n) {
    return vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(n, vdupq_n_s32(127)), 23));
}

// exp(x) = 2^n · exp(r) with r = x − n ln 2, |r| ≤ 0.35, and the Taylor polynomial of degree 7 for
// exp(r), whose remainder is below 6e-9.
// Accuracy: 2 ulp; overflows to infinity and underflows to zero; NaN stays NaN.
[[maybe_unused]] float32x4_t exp4(float32x4_t x) {
    // NEON's minimum and maximum with NaN are NaN.
    x = vmaxq_f32(x, vdupq_n_f32(-110.0F));
    x = vminq_f32(x, vdupq_n_f32(130.0F));
    const float32x4_t n = vrndnq_f32(vmulq_f32(x, vdupq_n_f32(1.44269504F)));
    // ln 2 in two parts; n · 0.693359375 is exact.
    float32x4_t r = vfmsq_f32(x, n, vdupq_n_f32(0.693359375F));
    r = vfmsq_f32(r, n, vdupq_n_f32(-2.12194440e-4F));
    float32x4_t p = vdupq_n_f32(1.0F / 5040);
    p = vfmaq_f32(vdupq_n_f32(1.0F / 720), p, r);
    p = vfmaq_f32(vdupq_n_f32(1.0F / 120), p, r);
    p = vfmaq_f32(vdupq_n_f32(1.0F / 24), p, r);
    p = vfmaq_f32(vdupq_n_f32(1.0F / 6), p, r);
    p = vfmaq_f32(vdupq_n_f32(0.5F), p, r);
    p = vfmaq_f32(vdupq_n_f32(1.0F), p, r);
    p = vfmaq_f32(vdupq_n_f32(1.0F), p, r);
    // In two steps, because 2^n itself may be out of range where the product is not.
    const int32x4_t whole = vcvtnq_s32_f32(n);
    const int32x4_t half = vshrq_n_s32(whole, 1);
    p = vmulq_f32(p, powerOfTwo(half));
    return vmulq_f32(p, powerOfTwo(vsubq_s32(whole, half)));
}

// The first n (or all four) of the numbers at p, zeros behind them.
[[maybe_unused]] float32x4_t loadUpTo4(const float* p, size_t n) {
    if (n >= 4) {
        return vld1q_f32(p);
    }
    float values[4] = {};
    for (size_t i = 0; i < n; ++i) {
        values[i] = p[i];
    }
    return vld1q_f32(values);
}

[[maybe_unused]] void storeUpTo4(float* p, size_t n, float32x4_t x) {
    if (n >= 4) {
        vst1q_f32(p, x);
        return;
    }
    float values[4];
    vst1q_f32(values, x);
    for (size_t i = 0; i < n; ++i) {
        p[i] = values[i];
    }
}

} // namespace

} // namespace attest::engine
