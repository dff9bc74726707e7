// Registers of four numbers: what lanes/*.h take. Only for files compiled for 64-bit ARM.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/neon/math.h"

#include <arm_neon.h>

namespace attest::engine {

namespace {

struct NeonLanes {
    using Vector = float32x4_t;

    static constexpr size_t kLanes = 4;

    // Queries at a time, and registers of positions or elements that they are multiplied by.
    static constexpr size_t kRows = 4;

    static constexpr size_t scoreVectors(size_t /*n*/) { return 4; }

    static constexpr size_t mixVectors(size_t /*n*/) { return 4; }

    static constexpr size_t kTileTokens = 8; // of a product

    static ATTEST_INLINE Vector load(const float* p) { return vld1q_f32(p); }

    static ATTEST_INLINE Vector load(const float* p, size_t n) { return loadUpTo4(p, n); }

    static ATTEST_INLINE void store(float* p, Vector x) { vst1q_f32(p, x); }

    static ATTEST_INLINE void store(float* p, size_t n, Vector x) { storeUpTo4(p, n, x); }

    static ATTEST_INLINE Vector broadcast(float x) { return vdupq_n_f32(x); }

    static ATTEST_INLINE Vector add(Vector a, Vector b) { return vaddq_f32(a, b); }

    static ATTEST_INLINE Vector subtract(Vector a, Vector b) { return vsubq_f32(a, b); }

    static ATTEST_INLINE Vector multiply(Vector a, Vector b) { return vmulq_f32(a, b); }

    static ATTEST_INLINE Vector divide(Vector a, Vector b) { return vdivq_f32(a, b); }

    static ATTEST_INLINE Vector fma(Vector a, Vector b, Vector c) { return vfmaq_f32(c, a, b); }

    // With a NaN, both return it.
    static ATTEST_INLINE Vector smaller(Vector a, Vector b) { return vminq_f32(a, b); }

    static ATTEST_INLINE Vector larger(Vector a, Vector b) { return vmaxq_f32(a, b); }

    static ATTEST_INLINE Vector exp(Vector x) { return exp4(x); }

    static ATTEST_INLINE Vector scoreExp(Vector x) { return exp4(x); }

    static ATTEST_INLINE float largest(Vector x) { return vmaxvq_f32(x); }

    static ATTEST_INLINE float sum(Vector x) { return vaddvq_f32(x); }

    static ATTEST_INLINE Vector widen(const float* from) { return vld1q_f32(from); }

    static ATTEST_INLINE Vector widen(const uint16_t* from) {
        return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(from)));
    }

    static ATTEST_INLINE Vector widen(const int8_t* from) {
        int32_t four = 0;
        __builtin_memcpy(&four, from, sizeof(four));
        const int16x8_t x = vmovl_s8(vreinterpret_s8_s32(vdup_n_s32(four)));
        return vcvtq_f32_s32(vmovl_s16(vget_low_s16(x)));
    }

    static ATTEST_INLINE void narrow(uint16_t* to, Vector x) {
        vst1_u16(to, vreinterpret_u16_f16(vcvt_f16_f32(x)));
    }

    template <FloatType type>
    static ATTEST_INLINE Vector weights(const unsigned char* row, size_t column, size_t n) {
        if constexpr (type == kFloat32) {
            return loadUpTo4(reinterpret_cast<const float*>(row) + column, n);
        } else {
            unsigned char bytes[8] = {};
            __builtin_memcpy(bytes, row + 2 * column, n >= kLanes ? 8 : 2 * n);
            const uint16x4_t bits = vreinterpret_u16_u8(vld1_u8(bytes));
            if constexpr (type == kFloat16) {
                return vcvt_f32_f16(vreinterpret_f16_u16(bits));
            } else {
                return vreinterpretq_f32_u32(vshll_n_u16(bits, 16));
            }
        }
    }

    static ATTEST_INLINE void transpose(Vector r[4]) {
        const Vector a = vzip1q_f32(r[0], r[2]);
        const Vector b = vzip2q_f32(r[0], r[2]);
        const Vector c = vzip1q_f32(r[1], r[3]);
        const Vector d = vzip2q_f32(r[1], r[3]);
        r[0] = vzip1q_f32(a, c);
        r[1] = vzip2q_f32(a, c);
        r[2] = vzip1q_f32(b, d);
        r[3] = vzip2q_f32(b, d);
    }
};

} // namespace

} // namespace attest::engine
