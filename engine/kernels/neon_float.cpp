// Products with float weights. Lanes are rows: four rows are turned so that a register holds one
// column of them, once for all tokens.
#include "engine/kernels/neon.h"
#include "engine/kernels/neon_math.h"

#include <arm_neon.h>

namespace attest::engine::neon {

namespace {

constexpr size_t kRows = 4;
constexpr size_t kBlock = 32;     // columns that are added before they join the sum
constexpr size_t kStretch = 1024; // columns that are turned at a time: 16 KB

static_assert(kRows * kStretch * sizeof(float) <= kScratchBytes);

float32x4_t loadBits16(FloatType type, const unsigned char* p) {
    const uint16x4_t bits = vreinterpret_u16_u8(vld1_u8(p));
    return type == kFloat16 ? vcvt_f32_f16(vreinterpret_f16_u16(bits))
                            : vreinterpretq_f32_u32(vshll_n_u16(bits, 16));
}

// Columns first…first+3 of a row, zeros behind the last one.
float32x4_t loadColumns(FloatType type, const unsigned char* row, size_t first, size_t columns) {
    const size_t left = columns - first;
    if (type == kFloat32) {
        return loadUpTo4(reinterpret_cast<const float*>(row) + first, left);
    }
    if (left >= 4) {
        return loadBits16(type, row + 2 * first);
    }
    unsigned char bytes[8] = {};
    for (size_t i = 0; i < 2 * left; ++i) {
        bytes[i] = row[2 * first + i];
    }
    return loadBits16(type, bytes);
}

// out[c]: column first + c of four rows, `count` rounded up to four of them. A panel that is not
// full repeats its last row.
void turn(const FloatMultiply& job, size_t firstRow, size_t first, size_t count, float* out) {
    const unsigned char* rows[kRows];
    for (size_t r = 0; r < kRows; ++r) {
        const size_t row = firstRow + r < job.rows ? firstRow + r : job.rows - 1;
        rows[r] = job.w + row * job.rowBytes;
    }
    for (size_t c = 0; c < count; c += 4) {
        float32x4x4_t w;
        for (size_t r = 0; r < kRows; ++r) {
            const float32x4_t four = loadColumns(job.type, rows[r], first + c, job.columns);
            w.val[r] = four;
        }
        vst4q_f32(out + c * kRows, w); // interleaves: that is the turn
    }
}

// Adds `count` turned columns to the sums of N tokens. Shapes: x (N, xStride).
template <size_t N>
void accumulate(const float* w, size_t count, const float* x, size_t xStride, float32x4_t* acc) {
    for (size_t block = 0; block < count; block += kBlock) {
        const size_t end = block + kBlock < count ? block + kBlock : count;
        float32x4_t part[N];
#pragma GCC unroll 4
        for (size_t t = 0; t < N; ++t) {
            part[t] = vdupq_n_f32(0);
        }
        for (size_t c = block; c < end; ++c) {
            const float32x4_t column = vld1q_f32(w + c * kRows);
#pragma GCC unroll 4
            for (size_t t = 0; t < N; ++t) {
                part[t] = vfmaq_n_f32(part[t], column, x[t * xStride + c]);
            }
        }
#pragma GCC unroll 4
        for (size_t t = 0; t < N; ++t) {
            acc[t] = vaddq_f32(acc[t], part[t]);
        }
    }
}

} // namespace

void multiplyFloat(const FloatMultiply& job) {
    float* turned = reinterpret_cast<float*>(job.scratch);
    for (size_t row = 0; row < job.rows; row += kRows) {
        const size_t rows = job.rows - row;
        for (size_t first = 0; first < job.columns; first += kStretch) {
            const size_t left = job.columns - first;
            const size_t count = left < kStretch ? left : kStretch;
            const float scale = count == left ? job.outputScale : 1.0F;
            turn(job, row, first, count, turned);
            const auto tile = [&]<size_t N>(size_t token) {
                float* y = job.y + token * job.yStride + row;
                float32x4_t acc[N];
#pragma GCC unroll 4
                for (size_t t = 0; t < N; ++t) {
                    acc[t] = first == 0 ? vdupq_n_f32(0) : loadUpTo4(y + t * job.yStride, rows);
                }
                const float* x = job.x + token * job.xStride + first;
                accumulate<N>(turned, count, x, job.xStride, acc);
#pragma GCC unroll 4
                for (size_t t = 0; t < N; ++t) {
                    storeUpTo4(y + t * job.yStride, rows, vmulq_n_f32(acc[t], scale));
                }
            };
            size_t token = 0;
            for (; token + 4 <= job.tokens; token += 4) {
                tile.template operator()<4>(token);
            }
            for (; token < job.tokens; ++token) {
                tile.template operator()<1>(token);
            }
        }
    }
}

} // namespace attest::engine::neon
