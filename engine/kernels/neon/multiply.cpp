// Products with quantized weights on any 64-bit ARM processor.
#include "engine/kernels/neon/neon.h"
#include "engine/kernels/neon/products.h"

namespace attest::engine::neon {

namespace {

// Bytes are multiplied into 16 bits, where two products fit: 2 · 128 · 127 < 2¹⁵.
struct WideningDots {
    static constexpr bool kInterleaves = false;

    // Four partial sums of 16 products, added to `sum`.
    static int32x4_t add16(int32x4_t sum, int8x16_t w, int8x16_t x) {
        const int16x8_t low = vmull_s8(vget_low_s8(w), vget_low_s8(x));
        return vpadalq_s16(sum, vmlal_high_s8(low, w, x));
    }

    template <bool>
    static int32x4_t half(const int8x16_t q[8], const int8_t* x, size_t i) {
        const int8x16_t values = vld1q_s8(x + 16 * i);
        int32x4_t sums[4];
#pragma GCC unroll 4
        for (size_t row = 0; row < 4; ++row) {
            sums[row] = add16(vdupq_n_s32(0), q[2 * row + i], values);
        }
        return sumEach(sums);
    }

    template <bool>
    static int32x4_t whole(const int8x16_t q[8], const int8_t* x) {
        const int8x16_t low = vld1q_s8(x);
        const int8x16_t high = vld1q_s8(x + 16);
        int32x4_t sums[4];
#pragma GCC unroll 4
        for (size_t row = 0; row < 4; ++row) {
            sums[row] = add16(add16(vdupq_n_s32(0), q[2 * row], low), q[2 * row + 1], high);
        }
        return sumEach(sums);
    }
};

} // namespace

void multiply(const QuantMultiply& job) {
    multiplyWith<WideningDots>(job);
}

} // namespace attest::engine::neon
