// Products with quantized weights, see avx512_panel.h.
//
// A token's four activations are broadcast and multiplied by a panel's. vpdpbusd multiplies
// unsigned by signed bytes: the weights' integers have a bias added, and the sum starts at −bias
// times the sum of the activations, which makes it exact.
//
// Few tokens: a piece of a panel is unpacked, used for all of them and forgotten; it never leaves
// the first cache. Many tokens: a group of panels is unpacked, for a stretch of the columns that
// the second cache holds, and all tokens pass over it; their sums wait in y for the next stretch.
#include "engine/kernels/avx512.h"
#include "engine/kernels/avx512_panel.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

constexpr size_t kFewTokens = 16;
constexpr size_t kPieceBlocks = 8;    // few tokens: unpacked at a time
constexpr size_t kStretchBlocks = 32; // many tokens: unpacked at a time, of each panel of a group
constexpr size_t kGroupPanels = 16;

static_assert(sizeof(PanelBlock<QuantForm{true, true}>) * kStretchBlocks * kGroupPanels <=
              kScratchBytes);

__m512i fourActivations(const ActivationBlock& x, size_t k) {
    int bits = 0;
    __builtin_memcpy(&bits, x.q + 4 * k, 4);
    return _mm512_set1_epi32(bits);
}

// Adds `count` blocks to the sums of N tokens, in order.
template <QuantForm form, size_t N>
void accumulate(const PanelBlock<form>* panel,
                size_t count,
                int bias,
                const ActivationBlock* x,
                size_t xStride,
                __m512* sums) {
    __m512 acc[N];
#pragma GCC unroll 16
    for (size_t t = 0; t < N; ++t) {
        acc[t] = sums[t];
    }
    for (size_t b = 0; b < count; ++b) {
        const PanelBlock<form>& w = panel[b];
#pragma GCC unroll 16
        for (size_t t = 0; t < N; ++t) {
            const ActivationBlock& block = x[t * xStride + b];
            const __m512 d = _mm512_set1_ps(block.d);
            if constexpr (form.hasHalves) {
#pragma GCC unroll 2
                for (size_t i = 0; i < 2; ++i) {
                    __m512i dot = _mm512_set1_epi32(-bias * block.halfSums[i]);
#pragma GCC unroll 4
                    for (size_t k = 0; k < 4; ++k) {
                        dot = _mm512_dpbusd_epi32(
                            dot, w.q[4 * i + k], fourActivations(block, 4 * i + k));
                    }
                    acc[t] = _mm512_fmadd_ps(
                        _mm512_mul_ps(w.factors[i], d), _mm512_cvtepi32_ps(dot), acc[t]);
                    if constexpr (form.hasMinima) {
                        const __m512 dSum =
                            _mm512_mul_ps(d, _mm512_set1_ps(float(block.halfSums[i])));
                        acc[t] = _mm512_fnmadd_ps(w.factors[2 + i], dSum, acc[t]);
                    }
                }
            } else {
                __m512i dot = _mm512_set1_epi32(-bias * (block.halfSums[0] + block.halfSums[1]));
#pragma GCC unroll 8
                for (size_t k = 0; k < 8; ++k) {
                    dot = _mm512_dpbusd_epi32(dot, w.q[k], fourActivations(block, k));
                }
                acc[t] = _mm512_fmadd_ps(
                    _mm512_mul_ps(w.factors[0], d), _mm512_cvtepi32_ps(dot), acc[t]);
                if constexpr (form.hasMinima) {
                    acc[t] = _mm512_fnmadd_ps(w.factors[1], _mm512_set1_ps(block.dSum), acc[t]);
                }
            }
        }
    }
#pragma GCC unroll 16
    for (size_t t = 0; t < N; ++t) {
        sums[t] = acc[t];
    }
}

// Calls tile.operator()<N>(first) with N of 16, 8, 4, 2, 1 until all tokens are done.
template <typename Tile>
void forTokens(size_t tokens, const Tile& tile) {
    size_t token = 0;
    for (; token + 16 <= tokens; token += 16) {
        tile.template operator()<16>(token);
    }
    if (token + 8 <= tokens) {
        tile.template operator()<8>(token);
        token += 8;
    }
    if (token + 4 <= tokens) {
        tile.template operator()<4>(token);
        token += 4;
    }
    if (token + 2 <= tokens) {
        tile.template operator()<2>(token);
        token += 2;
    }
    if (token < tokens) {
        tile.template operator()<1>(token);
    }
}

PanelRows panelRows(const QuantMultiply& job, size_t first) {
    PanelRows rows;
    for (size_t i = 0; i < kPanelRows; ++i) {
        const size_t row = first + i < job.rows ? first + i : job.rows - 1;
        rows.row[i] = job.w + row * job.rowBytes;
    }
    return rows;
}

// The rows of a panel that there are.
__mmask16 rowMask(const QuantMultiply& job, size_t first) {
    const size_t left = job.rows - first;
    return left >= kPanelRows ? __mmask16(0xFFFF) : __mmask16((1U << left) - 1);
}

template <QuantForm form>
void multiplyFew(const QuantMultiply& job) {
    const PanelType& type = kPanelTypes[job.type];
    PanelBlock<form> piece[kPieceBlocks];
    __m512 sums[kFewTokens];
    for (size_t first = 0; first < job.rows; first += kPanelRows) {
        const PanelRows rows = panelRows(job, first);
        // The panel after this one is read by 16 separate streams, which is more than the
        // prefetcher follows; as one stretch of memory it is fetched in step with this one.
        const unsigned char* next = job.w + (first + kPanelRows) * job.rowBytes;
        const bool hasNext = first + 2 * kPanelRows <= job.rows;
        for (size_t t = 0; t < job.tokens; ++t) {
            sums[t] = _mm512_setzero_ps();
        }
        for (size_t b = 0; b < job.blocks; b += kPieceBlocks) {
            const size_t count = job.blocks - b < kPieceBlocks ? job.blocks - b : kPieceBlocks;
            if (hasNext) {
                const size_t end = (b + count) * kPanelRows * job.rowBytes / job.blocks;
                for (size_t byte = b * kPanelRows * job.rowBytes / job.blocks; byte < end;
                     byte += 64) {
                    _mm_prefetch(next + byte, _MM_HINT_T0);
                }
            }
            type.unpack[kBiased](rows, b, count, piece);
            forTokens(job.tokens, [&]<size_t N>(size_t token) {
                accumulate<form, N>(piece,
                                    count,
                                    type.bias,
                                    job.x + token * job.xStride + b,
                                    job.xStride,
                                    sums + token);
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

template <QuantForm form>
void multiplyMany(const QuantMultiply& job) {
    const PanelType& type = kPanelTypes[job.type];
    PanelBlock<form>* panels = reinterpret_cast<PanelBlock<form>*>(job.scratch);
    for (size_t group = 0; group < job.rows; group += kGroupPanels * kPanelRows) {
        const size_t left = job.rows - group;
        const size_t groupRows =
            left < kGroupPanels * kPanelRows ? left : kGroupPanels * kPanelRows;
        for (size_t b = 0; b < job.blocks; b += kStretchBlocks) {
            const size_t count = job.blocks - b < kStretchBlocks ? job.blocks - b : kStretchBlocks;
            for (size_t row = 0; row < groupRows; row += kPanelRows) {
                type.unpack[kBiased](panelRows(job, group + row),
                                     b,
                                     count,
                                     panels + row / kPanelRows * kStretchBlocks);
            }
            const bool isFirst = b == 0;
            const bool isLast = b + count == job.blocks;
            const __m512 scale = _mm512_set1_ps(isLast ? job.outputScale : 1.0F);
            forTokens(job.tokens, [&]<size_t N>(size_t token) {
                for (size_t row = 0; row < groupRows; row += kPanelRows) {
                    const __mmask16 mask = rowMask(job, group + row);
                    float* y = job.y + token * job.yStride + group + row;
                    __m512 sums[N];
                    for (size_t t = 0; t < N; ++t) {
                        sums[t] = isFirst ? _mm512_setzero_ps()
                                          : _mm512_maskz_loadu_ps(mask, y + t * job.yStride);
                    }
                    accumulate<form, N>(panels + row / kPanelRows * kStretchBlocks,
                                        count,
                                        type.bias,
                                        job.x + token * job.xStride + b,
                                        job.xStride,
                                        sums);
                    for (size_t t = 0; t < N; ++t) {
                        _mm512_mask_storeu_ps(
                            y + t * job.yStride, mask, _mm512_mul_ps(sums[t], scale));
                    }
                }
            });
        }
    }
}

template <QuantForm form>
void multiplyForm(const QuantMultiply& job) {
    if (job.tokens <= kFewTokens) {
        multiplyFew<form>(job);
    } else {
        multiplyMany<form>(job);
    }
}

} // namespace

void multiply(const QuantMultiply& job) {
    const QuantForm form = kQuantForms[job.type];
    if (form.hasHalves) {
        form.hasMinima ? multiplyForm<QuantForm{true, true}>(job)
                       : multiplyForm<QuantForm{true, false}>(job);
    } else {
        form.hasMinima ? multiplyForm<QuantForm{false, true}>(job)
                       : multiplyForm<QuantForm{false, false}>(job);
    }
}

} // namespace attest::engine::avx512
