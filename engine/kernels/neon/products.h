// Products with quantized weights, for the files of the NEON sets. They differ in how they multiply
// bytes, which is the parameter `Dots`; integer dot products are exact, so their results do not.
//
// Few tokens: a panel's rows are multiplied as they lie, and their sums are then brought together
// in one register. Many tokens: panels are unpacked once for all of them and, where Dots can use
// it, interleaved, so that the sums of four rows come out side by side.
#pragma once

#include "engine/kernels/neon/math.h"
#include "engine/kernels/neon/panel.h"

#include <arm_neon.h>

namespace attest::engine::neon {

namespace {

constexpr size_t kFewTokens = 8;
constexpr size_t kPieceBlocks = 8;    // few tokens: unpacked at a time
constexpr size_t kStretchBlocks = 32; // many tokens: unpacked at a time, of each panel of a group
constexpr size_t kGroupPanels = 8;    // about 40 KB: a group stays in the first-level cache

static_assert(sizeof(PanelBlock<QuantForm{true, true}>) * kStretchBlocks * kGroupPanels <=
              kScratchBytes);

// Turns [2r + half] into [k], see PanelBlock.
[[maybe_unused]] void interleave(int8x16_t q[8]) {
    int32x4_t out[8];
    for (size_t half = 0; half < 2; ++half) {
        const int32x4_t a = vreinterpretq_s32_s8(q[half]);
        const int32x4_t b = vreinterpretq_s32_s8(q[2 + half]);
        const int32x4_t c = vreinterpretq_s32_s8(q[4 + half]);
        const int32x4_t d = vreinterpretq_s32_s8(q[6 + half]);
        const int64x2_t ab02 = vreinterpretq_s64_s32(vtrn1q_s32(a, b));
        const int64x2_t ab13 = vreinterpretq_s64_s32(vtrn2q_s32(a, b));
        const int64x2_t cd02 = vreinterpretq_s64_s32(vtrn1q_s32(c, d));
        const int64x2_t cd13 = vreinterpretq_s64_s32(vtrn2q_s32(c, d));
        out[4 * half] = vreinterpretq_s32_s64(vtrn1q_s64(ab02, cd02));
        out[4 * half + 1] = vreinterpretq_s32_s64(vtrn1q_s64(ab13, cd13));
        out[4 * half + 2] = vreinterpretq_s32_s64(vtrn2q_s64(ab02, cd02));
        out[4 * half + 3] = vreinterpretq_s32_s64(vtrn2q_s64(ab13, cd13));
    }
    for (size_t k = 0; k < 8; ++k) {
        q[k] = vreinterpretq_s8_s32(out[k]);
    }
}

// The sum of each of four registers.
[[maybe_unused]] int32x4_t sumEach(const int32x4_t x[4]) {
    return vpaddq_s32(vpaddq_s32(x[0], x[1]), vpaddq_s32(x[2], x[3]));
}

// Adds `count` blocks to the sums of N tokens, in order. Shapes: x (N, xStride).
template <typename Dots, QuantForm form, bool isInterleaved, size_t N>
void accumulate(const PanelBlock<form>* panel,
                size_t count,
                const ActivationBlock* x,
                size_t xStride,
                float32x4_t* sums) {
    float32x4_t acc[N];
#pragma GCC unroll 4
    for (size_t t = 0; t < N; ++t) {
        acc[t] = sums[t];
    }
    for (size_t b = 0; b < count; ++b) {
        const PanelBlock<form>& w = panel[b];
#pragma GCC unroll 4
        for (size_t t = 0; t < N; ++t) {
            const ActivationBlock& block = x[t * xStride + b];
            if constexpr (form.hasHalves) {
#pragma GCC unroll 2
                for (size_t i = 0; i < 2; ++i) {
                    const int32x4_t dots = Dots::template half<isInterleaved>(w.q, block.q, i);
                    const float32x4_t scale = vmulq_n_f32(w.factors[i], block.d);
                    acc[t] = vfmaq_f32(acc[t], scale, vcvtq_f32_s32(dots));
                    if constexpr (form.hasMinima) {
                        const float dSum = block.d * float(block.halfSums[i]);
                        acc[t] = vfmsq_f32(acc[t], w.factors[2 + i], vdupq_n_f32(dSum));
                    }
                }
            } else {
                const int32x4_t dots = Dots::template whole<isInterleaved>(w.q, block.q);
                const float32x4_t scale = vmulq_n_f32(w.factors[0], block.d);
                acc[t] = vfmaq_f32(acc[t], scale, vcvtq_f32_s32(dots));
                if constexpr (form.hasMinima) {
                    acc[t] = vfmsq_f32(acc[t], w.factors[1], vdupq_n_f32(block.dSum));
                }
            }
        }
    }
#pragma GCC unroll 4
    for (size_t t = 0; t < N; ++t) {
        sums[t] = acc[t];
    }
}

// Calls tile.operator()<N>(first) with N of 4, 2, 1 until all tokens are done.
template <typename Tile>
void forTokens(size_t tokens, const Tile& tile) {
    size_t token = 0;
    for (; token + 4 <= tokens; token += 4) {
        tile.template operator()<4>(token);
    }
    if (token + 2 <= tokens) {
        tile.template operator()<2>(token);
        token += 2;
    }
    if (token < tokens) {
        tile.template operator()<1>(token);
    }
}

[[maybe_unused]] PanelRows panelRows(const QuantMultiply& job, size_t first) {
    PanelRows rows;
    for (size_t i = 0; i < kPanelRows; ++i) {
        const size_t row = first + i < job.rows ? first + i : job.rows - 1;
        rows.row[i] = job.w + row * job.rowBytes;
    }
    return rows;
}

template <typename Dots, QuantForm form>
void multiplyFew(const QuantMultiply& job) {
    PanelBlock<form> piece[kPieceBlocks];
    float32x4_t sums[kFewTokens];
    for (size_t first = 0; first < job.rows; first += kPanelRows) {
        const PanelRows rows = panelRows(job, first);
        for (size_t t = 0; t < job.tokens; ++t) {
            sums[t] = vdupq_n_f32(0);
        }
        for (size_t b = 0; b < job.blocks; b += kPieceBlocks) {
            const size_t count = job.blocks - b < kPieceBlocks ? job.blocks - b : kPieceBlocks;
            kPanelUnpack[job.type](rows, b, count, piece);
            forTokens(job.tokens, [&]<size_t N>(size_t token) {
                accumulate<Dots, form, false, N>(
                    piece, count, job.x + token * job.xStride + b, job.xStride, sums + token);
            });
        }
        for (size_t t = 0; t < job.tokens; ++t) {
            storeUpTo4(job.y + t * job.yStride + first,
                       job.rows - first,
                       vmulq_n_f32(sums[t], job.outputScale));
        }
    }
}

template <typename Dots, QuantForm form>
void multiplyMany(const QuantMultiply& job) {
    constexpr bool kInterleaves = Dots::kInterleaves;
    constexpr size_t kGroupRows = kGroupPanels * kPanelRows;
    PanelBlock<form>* panels = reinterpret_cast<PanelBlock<form>*>(job.scratch);
    for (size_t group = 0; group < job.rows; group += kGroupRows) {
        const size_t left = job.rows - group;
        const size_t groupRows = left < kGroupRows ? left : kGroupRows;
        for (size_t b = 0; b < job.blocks; b += kStretchBlocks) {
            const size_t count = job.blocks - b < kStretchBlocks ? job.blocks - b : kStretchBlocks;
            for (size_t row = 0; row < groupRows; row += kPanelRows) {
                PanelBlock<form>* panel = panels + row / kPanelRows * kStretchBlocks;
                kPanelUnpack[job.type](panelRows(job, group + row), b, count, panel);
                for (size_t i = 0; kInterleaves && i < count; ++i) {
                    interleave(panel[i].q);
                }
            }
            const bool isFirst = b == 0;
            const float scale = b + count == job.blocks ? job.outputScale : 1.0F;
            forTokens(job.tokens, [&]<size_t N>(size_t token) {
                for (size_t row = 0; row < groupRows; row += kPanelRows) {
                    float* y = job.y + token * job.yStride + group + row;
                    float32x4_t sums[N];
                    for (size_t t = 0; t < N; ++t) {
                        sums[t] = isFirst ? vdupq_n_f32(0)
                                          : loadUpTo4(y + t * job.yStride, groupRows - row);
                    }
                    accumulate<Dots, form, kInterleaves, N>(panels +
                                                                row / kPanelRows * kStretchBlocks,
                                                            count,
                                                            job.x + token * job.xStride + b,
                                                            job.xStride,
                                                            sums);
                    for (size_t t = 0; t < N; ++t) {
                        storeUpTo4(
                            y + t * job.yStride, groupRows - row, vmulq_n_f32(sums[t], scale));
                    }
                }
            });
        }
    }
}

template <typename Dots, QuantForm form>
void multiplyForm(const QuantMultiply& job) {
    if (job.tokens <= kFewTokens) {
        multiplyFew<Dots, form>(job);
    } else {
        multiplyMany<Dots, form>(job);
    }
}

template <typename Dots>
void multiplyWith(const QuantMultiply& job) {
    const QuantForm form = kQuantForms[job.type];
    if (form.hasHalves) {
        form.hasMinima ? multiplyForm<Dots, QuantForm{true, true}>(job)
                       : multiplyForm<Dots, QuantForm{true, false}>(job);
    } else {
        form.hasMinima ? multiplyForm<Dots, QuantForm{false, true}>(job)
                       : multiplyForm<Dots, QuantForm{false, false}>(job);
    }
}

} // namespace

} // namespace attest::engine::neon
