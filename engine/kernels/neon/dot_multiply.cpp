// Products with quantized weights on processors with the dot product instructions.
#include "engine/kernels/neon/neon.h"
#include "engine/kernels/neon/products.h"

namespace attest::engine::neon {

namespace {

// SDOT adds four products of bytes to each of four 32-bit sums.
struct InstructionDots {
    static constexpr bool kInterleaves = true;

    static int32x4_t addInterleaved(int32x4_t sum, const int8x16_t q[4], int8x16_t x) {
        sum = vdotq_laneq_s32(sum, q[0], x, 0);
        sum = vdotq_laneq_s32(sum, q[1], x, 1);
        sum = vdotq_laneq_s32(sum, q[2], x, 2);
        return vdotq_laneq_s32(sum, q[3], x, 3);
    }

    template <bool isInterleaved>
    static int32x4_t half(const int8x16_t q[8], const int8_t* x, size_t i) {
        const int8x16_t values = vld1q_s8(x + 16 * i);
        if constexpr (isInterleaved) {
            return addInterleaved(vdupq_n_s32(0), q + 4 * i, values);
        }
        int32x4_t sums[4];
#pragma GCC unroll 4
        for (size_t row = 0; row < 4; ++row) {
            sums[row] = vdotq_s32(vdupq_n_s32(0), q[2 * row + i], values);
        }
        return sumEach(sums);
    }

    template <bool isInterleaved>
    static int32x4_t whole(const int8x16_t q[8], const int8_t* x) {
        const int8x16_t low = vld1q_s8(x);
        const int8x16_t high = vld1q_s8(x + 16);
        if constexpr (isInterleaved) {
            return addInterleaved(addInterleaved(vdupq_n_s32(0), q, low), q + 4, high);
        }
        int32x4_t sums[4];
#pragma GCC unroll 4
        for (size_t row = 0; row < 4; ++row) {
            sums[row] = vdotq_s32(vdupq_n_s32(0), q[2 * row], low);
            sums[row] = vdotq_s32(sums[row], q[2 * row + 1], high);
        }
        return sumEach(sums);
    }
};

} // namespace

void multiplyDot(const QuantMultiply& job) {
    multiplyWith<InstructionDots>(job);
}

} // namespace attest::engine::neon
