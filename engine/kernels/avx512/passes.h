// The two ways through a product with panels, for the AVX-512 and the AMX set: few tokens, many
// tokens.
//
// Few: a piece of a panel is unpacked, used for all tokens and forgotten; it never leaves the first
// cache. Many: a group of panels is unpacked, for a stretch of the columns that the second cache
// holds, and all tokens pass over it; their sums wait in y for the next stretch.
#pragma once

#include "engine/kernels/avx512/panel.h"
#include "engine/kernels/read_ahead.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

constexpr size_t kFewTokens = 16;
constexpr size_t kPieceBlocks = 8;    // few tokens: unpacked at a time
constexpr size_t kStretchBlocks = 32; // many tokens: unpacked at a time, of each panel of a group
constexpr size_t kGroupPanels = 16;

static_assert(sizeof(PanelBlock<QuantForm{true, true}>) * kStretchBlocks * kGroupPanels <=
              kScratchBytes);

// Arithmetic has
//   kForm              the form of the panels;
//   Input              tokens as it wants them, with at(token, block), an Input that begins there;
//   kInputBytes        room that prepare() needs for a block of up to 16 tokens;
//   prepare<form>      makes an Input of tokens;
//   forTokens          calls tile.operator()<N>(first) for tiles of N tokens, until all are done;
//   accumulate<form>   adds `count` blocks to the sums of N tokens, in order; calls ahead.fetch()
//                      for each block;
//   kPanelsTogether    2 where accumulateTwo<form>() does so with two panels at once, else 1.

[[maybe_unused]] PanelRows panelRows(const QuantMultiply& job, size_t first) {
    PanelRows rows;
    for (size_t i = 0; i < kPanelRows; ++i) {
        const size_t row = first + i < job.rows ? first + i : job.rows - 1;
        rows.row[i] = job.w + row * job.rowBytes;
    }
    return rows;
}

// The rows of a panel that there are.
[[maybe_unused]] __mmask16 rowMask(const QuantMultiply& job, size_t first) {
    const size_t left = job.rows - first;
    return left >= kPanelRows ? __mmask16(0xFFFF) : __mmask16((1U << left) - 1);
}

// Unpacks blocks of the panel that begins at row `first`.
template <typename Arithmetic>
void unpackPiece(const QuantMultiply& job, size_t first, size_t block, size_t count, void* out) {
    const PanelType& type = kPanelTypes[job.type];
    if (job.isInPanels) {
        type.unpackPanel[Arithmetic::kForm](job.w + first * job.rowBytes, block, count, out);
    } else {
        type.unpack[Arithmetic::kForm](panelRows(job, first), block, count, out);
    }
}

template <QuantForm form, typename Arithmetic>
void multiplyFew(Arithmetic& arithmetic, const QuantMultiply& job) {
    PanelBlock<form> piece[kPieceBlocks];
    __m512 sums[kFewTokens];
    const auto input =
        arithmetic.template prepare<form>(job.x, job.xStride, job.tokens, job.blocks, job.scratch);
    const size_t panelBytes = kPanelRows * job.rowBytes;
    const size_t lines = panelBytes / job.blocks / 64 + 1;
    for (size_t first = 0; first < job.rows; first += kPanelRows) {
        // The panel after this one is read by 16 separate streams, which is more than the
        // prefetcher follows; as one stretch of memory it is fetched in step with this one. Behind
        // the last one, too: what follows is most likely read next, and if not, nothing is lost.
        const unsigned char* next = job.w + (first + kPanelRows) * job.rowBytes;
        for (size_t t = 0; t < job.tokens; ++t) {
            sums[t] = _mm512_setzero_ps();
        }
        for (size_t b = 0; b < job.blocks; b += kPieceBlocks) {
            const size_t count = job.blocks - b < kPieceBlocks ? job.blocks - b : kPieceBlocks;
            unpackPiece<Arithmetic>(job, first, b, count, piece);
            arithmetic.forTokens(job.tokens, [&]<size_t N>(size_t token) {
                arithmetic.template accumulate<form, N>(
                    piece,
                    count,
                    input.at(token, b),
                    sums + token,
                    token == 0 ? ReadAhead(next + b * panelBytes / job.blocks, lines)
                               : ReadAhead());
            });
        }
        const __m512 scale = _mm512_set1_ps(job.outputScale);
        for (size_t t = 0; t < job.tokens; ++t) {
            _mm512_mask_storeu_ps(job.y + t * job.yStride + first,
                                  rowMask(job, first),
                                  _mm512_mul_ps(sums[t], scale));
        }
    }
}

// Adds `count` blocks of P panels of a group to the sums of N tokens with each of them.
template <size_t P, QuantForm form, size_t N, typename Arithmetic>
void accumulatePanels(Arithmetic& arithmetic,
                      const PanelBlock<form>* panels,
                      size_t count,
                      const typename Arithmetic::Input& input,
                      __m512* sums) {
    if constexpr (P == 2) {
        arithmetic.template accumulateTwo<form, N>(panels, kStretchBlocks, count, input, sums);
    } else {
        arithmetic.template accumulate<form, N>(panels, count, input, sums, ReadAhead());
    }
}

template <QuantForm form, typename Arithmetic>
void multiplyMany(Arithmetic& arithmetic, const QuantMultiply& job) {
    PanelBlock<form>* panels = reinterpret_cast<PanelBlock<form>*>(job.scratch);
    alignas(64) unsigned char prepared[Arithmetic::kInputBytes * kStretchBlocks + 64];
    for (size_t group = 0; group < job.rows; group += kGroupPanels * kPanelRows) {
        const size_t left = job.rows - group;
        const size_t groupRows =
            left < kGroupPanels * kPanelRows ? left : kGroupPanels * kPanelRows;
        for (size_t b = 0; b < job.blocks; b += kStretchBlocks) {
            const size_t count = job.blocks - b < kStretchBlocks ? job.blocks - b : kStretchBlocks;
            for (size_t row = 0; row < groupRows; row += kPanelRows) {
                unpackPiece<Arithmetic>(
                    job, group + row, b, count, panels + row / kPanelRows * kStretchBlocks);
            }
            const bool isFirst = b == 0;
            const bool isLast = b + count == job.blocks;
            const __m512 scale = _mm512_set1_ps(isLast ? job.outputScale : 1.0F);
            arithmetic.forTokens(job.tokens, [&]<size_t N>(size_t token) {
                const auto input = arithmetic.template prepare<form>(
                    job.x + token * job.xStride + b, job.xStride, N, count, prepared);
                const auto passOver = [&]<size_t P>(size_t row) {
                    const PanelBlock<form>* weights = panels + row / kPanelRows * kStretchBlocks;
                    float* y = job.y + token * job.yStride + group + row;
                    const auto mask = [&](size_t p) {
                        return rowMask(job, group + row + p * kPanelRows);
                    };
                    __m512 sums[P * N];
                    for (size_t i = 0; i < P * N; ++i) {
                        const float* from = y + i % N * job.yStride + i / N * kPanelRows;
                        sums[i] = isFirst ? _mm512_setzero_ps()
                                          : _mm512_maskz_loadu_ps(mask(i / N), from);
                    }
                    accumulatePanels<P, form, N>(arithmetic, weights, count, input, sums);
                    for (size_t i = 0; i < P * N; ++i) {
                        _mm512_mask_storeu_ps(y + i % N * job.yStride + i / N * kPanelRows,
                                              mask(i / N),
                                              _mm512_mul_ps(sums[i], scale));
                    }
                };
                constexpr size_t kTogether = Arithmetic::kPanelsTogether;
                size_t row = 0;
                for (; row + (kTogether - 1) * kPanelRows < groupRows;
                     row += kTogether * kPanelRows) {
                    passOver.template operator()<kTogether>(row);
                }
                if (row < groupRows) {
                    passOver.template operator()<1>(row);
                }
            });
        }
    }
}

template <QuantForm form, typename Arithmetic>
void multiplyForm(Arithmetic&& arithmetic, const QuantMultiply& job) {
    if (job.tokens <= kFewTokens && job.blocks * arithmetic.kInputBytes <= kScratchBytes) {
        multiplyFew<form>(arithmetic, job);
    } else {
        multiplyMany<form>(arithmetic, job);
    }
}

} // namespace

} // namespace attest::engine::avx512
