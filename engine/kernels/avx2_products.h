// Products with quantized weights: as avx512_multiply.cpp and avx512_few.cpp, with panels of eight
// rows. Written for any way of multiplying bytes, see multiplyWith(). Only for files compiled for
// AVX2.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/avx2_panel.h"
#include "engine/kernels/avx2_types.h"
#include "engine/kernels/panel_blocks.h"
#include "engine/kernels/read_ahead.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

constexpr size_t kFewTokens = 16;
constexpr size_t kPieceBlocks = 8;    // few tokens: unpacked at a time
constexpr size_t kStretchBlocks = 32; // many tokens: unpacked at a time, of each panel of a group
constexpr size_t kGroupPanels = 16;

static_assert(sizeof(PanelBlock<QuantForm{true, true}>) * kStretchBlocks * kGroupPanels <=
              kScratchBytes);

__m256i fourActivations(const ActivationBlock& x, size_t k) {
    int bits = 0;
    __builtin_memcpy(&bits, x.q + 4 * k, 4);
    return _mm256_set1_epi32(bits);
}

// Exact integer products of a block, or of half a block, with N tokens, without the bias.
template <typename Sums, size_t first, size_t last, size_t N, typename Codes>
ATTEST_INLINE void
dots(const Codes& codes, const ActivationBlock* x, size_t xStride, __m256i* out) {
    if constexpr (Sums::kTokensTogether) {
        Sums sums[N];
#pragma GCC unroll 8
        for (size_t k = first; k < last; ++k) {
            const __m256i q = codes(k);
#pragma GCC unroll 4
            for (size_t t = 0; t < N; ++t) {
                sums[t].add(k, q, fourActivations(x[t * xStride], k));
            }
        }
#pragma GCC unroll 4
        for (size_t t = 0; t < N; ++t) {
            out[t] = sums[t].finish();
        }
    } else {
#pragma GCC unroll 4
        for (size_t t = 0; t < N; ++t) {
            Sums sum;
#pragma GCC unroll 8
            for (size_t k = first; k < last; ++k) {
                sum.add(k, codes(k), fourActivations(x[t * xStride], k));
            }
            out[t] = sum.finish();
        }
    }
}

// Adds a block to the sums of N tokens. codes(k): elements 4k…4k+3 of each row; factors: scales,
// then minima.
template <typename Sums, QuantForm form, size_t N, typename Codes>
ATTEST_INLINE void addBlock(const Codes& codes,
                            const __m256* factors,
                            int bias,
                            const ActivationBlock* x,
                            size_t xStride,
                            __m256* acc) {
    constexpr size_t kParts = form.hasHalves ? 2 : 1;
    __m256i exact[kParts][N];
    dots<Sums, 0, 8 / kParts, N>(codes, x, xStride, exact[0]);
    if constexpr (form.hasHalves) {
        dots<Sums, 4, 8, N>(codes, x, xStride, exact[1]);
    }
#pragma GCC unroll 4
    for (size_t t = 0; t < N; ++t) {
        const ActivationBlock& block = x[t * xStride];
        const __m256 d = _mm256_set1_ps(block.d);
#pragma GCC unroll 2
        for (size_t i = 0; i < kParts; ++i) {
            const int sum =
                form.hasHalves ? block.halfSums[i] : block.halfSums[0] + block.halfSums[1];
            const __m256i dot = _mm256_sub_epi32(exact[i][t], _mm256_set1_epi32(bias * sum));
            acc[t] = _mm256_fmadd_ps(_mm256_mul_ps(factors[i], d), _mm256_cvtepi32_ps(dot), acc[t]);
            if constexpr (form.hasHalves && form.hasMinima) {
                const __m256 dSum = _mm256_mul_ps(d, _mm256_set1_ps(float(block.halfSums[i])));
                acc[t] = _mm256_fnmadd_ps(factors[2 + i], dSum, acc[t]);
            } else if constexpr (form.hasMinima) {
                acc[t] = _mm256_fnmadd_ps(factors[1], _mm256_set1_ps(block.dSum), acc[t]);
            }
        }
    }
}

// Adds `count` blocks to the sums of N tokens, in order.
template <typename Sums, QuantForm form, size_t N>
void accumulate(const PanelBlock<form>* panel,
                size_t count,
                int bias,
                const ActivationBlock* x,
                size_t xStride,
                __m256* sums,
                ReadAhead ahead) {
    __m256 acc[N];
#pragma GCC unroll 4
    for (size_t t = 0; t < N; ++t) {
        acc[t] = sums[t];
    }
    for (size_t b = 0; b < count; ++b) {
        ahead.fetch();
        const PanelBlock<form>& w = panel[b];
        const auto codes = [&](size_t k) __attribute__((always_inline)) {
            return w.q[k];
        };
        addBlock<Sums, form, N>(codes, w.factors, bias, x + b, xStride, acc);
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

PanelRows panelRows(const QuantMultiply& job, size_t first) {
    PanelRows rows;
    for (size_t i = 0; i < kPanelRows; ++i) {
        const size_t row = first + i < job.rows ? first + i : job.rows - 1;
        rows.row[i] = job.w + row * job.rowBytes;
    }
    return rows;
}

// The rows of a panel that there are, as a mask of lanes.
__m256i rowMask(const QuantMultiply& job, size_t first) {
    const size_t left = job.rows - first;
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(left < kPanelRows ? int(left) : int(kPanelRows)),
                              _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

// Unpacks blocks of the panel that begins at row `first`.
void unpackPiece(const QuantMultiply& job, size_t first, size_t block, size_t count, void* out) {
    const PanelType& type = kPanelTypes[job.type];
    if (job.isInPanels) {
        type.unpackPanel(job.w + first * job.rowBytes, block, count, out);
    } else {
        type.unpack(panelRows(job, first), block, count, out);
    }
}

template <typename Sums, QuantForm form>
void multiplyFew(const QuantMultiply& job) {
    const PanelType& type = kPanelTypes[job.type];
    PanelBlock<form> piece[kPieceBlocks];
    __m256 sums[kFewTokens];
    const size_t panelBytes = kPanelRows * job.rowBytes;
    const size_t lines = panelBytes / job.blocks / 64 + 1;
    for (size_t first = 0; first < job.rows; first += kPanelRows) {
        // The next panel as one stretch of memory, see avx512_passes.h.
        const unsigned char* next = job.w + (first + kPanelRows) * job.rowBytes;
        for (size_t t = 0; t < job.tokens; ++t) {
            sums[t] = _mm256_setzero_ps();
        }
        for (size_t b = 0; b < job.blocks; b += kPieceBlocks) {
            const size_t count = job.blocks - b < kPieceBlocks ? job.blocks - b : kPieceBlocks;
            unpackPiece(job, first, b, count, piece);
            forTokens(job.tokens, [&]<size_t N>(size_t token) {
                accumulate<Sums, form, N>(piece,
                                          count,
                                          type.bias,
                                          job.x + token * job.xStride + b,
                                          job.xStride,
                                          sums + token,
                                          token == 0
                                              ? ReadAhead(next + b * panelBytes / job.blocks, lines)
                                              : ReadAhead());
            });
        }
        const __m256 scale = _mm256_set1_ps(job.outputScale);
        for (size_t t = 0; t < job.tokens; ++t) {
            _mm256_maskstore_ps(job.y + t * job.yStride + first,
                                rowMask(job, first),
                                _mm256_mul_ps(sums[t], scale));
        }
    }
}

template <typename Sums, QuantForm form>
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
                unpackPiece(job, group + row, b, count, panels + row / kPanelRows * kStretchBlocks);
            }
            const bool isFirst = b == 0;
            const bool isLast = b + count == job.blocks;
            const __m256 scale = _mm256_set1_ps(isLast ? job.outputScale : 1.0F);
            forTokens(job.tokens, [&]<size_t N>(size_t token) {
                for (size_t row = 0; row < groupRows; row += kPanelRows) {
                    const __m256i mask = rowMask(job, group + row);
                    float* y = job.y + token * job.yStride + group + row;
                    __m256 sums[N];
                    for (size_t t = 0; t < N; ++t) {
                        sums[t] = isFirst ? _mm256_setzero_ps()
                                          : _mm256_maskload_ps(y + t * job.yStride, mask);
                    }
                    accumulate<Sums, form, N>(panels + row / kPanelRows * kStretchBlocks,
                                              count,
                                              type.bias,
                                              job.x + token * job.xStride + b,
                                              job.xStride,
                                              sums,
                                              ReadAhead());
                    for (size_t t = 0; t < N; ++t) {
                        _mm256_maskstore_ps(
                            y + t * job.yStride, mask, _mm256_mul_ps(sums[t], scale));
                    }
                }
            });
        }
    }
}

// ---- Few tokens with weights in panels: as avx512_few.cpp. What registers cannot hold is read
// again from the page, which lies in the first cache then.

// The sums of the panel that begins at row `first` with N tokens from `token` on.
template <typename Sums, QuantIndex type, size_t N>
void multiplyPanel(const QuantMultiply& job, size_t token, size_t first) {
    constexpr QuantForm form = kQuantForms[type];
    constexpr size_t kBlocks = Unpacker<type>::kBlocks;
    using Page = PanelPage<VectorOps, type>;
    const unsigned char* data = job.w + first * job.rowBytes;
    const ActivationBlock* x = job.x + token * job.xStride;
    __m256 acc[N] = {};
    for (size_t b = 0; b < job.blocks; b += kBlocks) {
        ReadAhead ahead = token == 0 ? ReadAhead::ofPage(data, Page::kBytes, kBlocks) : ReadAhead();
        const auto add = [&](const auto& codes, const __m256* factors, size_t i)
            __attribute__((always_inline)) {
            ahead.fetch();
            addBlock<Sums, form, N>(codes, factors, kBias<type>, x + b + i, job.xStride, acc);
        };
        forBlocks<VectorOps, type, kIsSigned<type>>(Page{data}, add);
        data += Page::kBytes;
    }
    const __m256 scale = _mm256_set1_ps(job.outputScale);
    float* y = job.y + token * job.yStride + first;
#pragma GCC unroll 4
    for (size_t t = 0; t < N; ++t) {
        _mm256_storeu_ps(y + t * job.yStride, _mm256_mul_ps(acc[t], scale));
    }
}

// False, and nothing done, for more tokens than are faster this way.
template <template <PanelRange> typename Sums, QuantIndex type>
bool multiplyType(const QuantMultiply& job) {
    using Own = Sums<kRange<type>>;
    // More share what is unpacked where it is stored.
    constexpr size_t kMost = !Own::kTokensTogether || kIsOfTwoBits<type> ? 2
                             : Unpacker<type>::kBlocks == 1              ? kFewTokens
                                                                         : 4;
    if (job.tokens > kMost) {
        return false;
    }
    for (size_t first = 0; first < job.rows; first += kPanelRows) {
        for (size_t token = 0; token < job.tokens; token += 4) {
            const size_t left = job.tokens - token;
            if constexpr (kMost > 2) {
                if (left > 2) {
                    left == 3 ? multiplyPanel<Own, type, 3>(job, token, first)
                              : multiplyPanel<Own, type, 4>(job, token, first);
                    continue;
                }
            }
            left == 1 ? multiplyPanel<Own, type, 1>(job, token, first)
                      : multiplyPanel<Own, type, 2>(job, token, first);
        }
    }
    return true;
}

template <typename Sums, QuantForm form>
void multiplySums(const QuantMultiply& job) {
    if (job.tokens <= kFewTokens) {
        multiplyFew<Sums, form>(job);
    } else {
        multiplyMany<Sums, form>(job);
    }
}

template <template <PanelRange> typename Sums, QuantForm form>
void multiplyForm(const QuantMultiply& job) {
    switch (kPanelTypes[job.type].range) {
    case kNibbles:
        return multiplySums<Sums<kNibbles>, form>(job);
    case kSmall:
        return multiplySums<Sums<kSmall>, form>(job);
    case kSigned:
        return multiplySums<Sums<kSigned>, form>(job);
    }
}

// The product, with `Sums` for the integer products of four bytes: it has add(k, weights,
// activations) for the k-th register of a block, finish(), and kTokensTogether: whether the sums of
// four tokens fit into the registers.
template <template <PanelRange> typename Sums>
void multiplyWith(const QuantMultiply& job) {
    if (job.isInPanels &&
        withBlockType(job.type, [&]<QuantIndex type>() { return multiplyType<Sums, type>(job); })) {
        return;
    }
    const QuantForm form = kQuantForms[job.type];
    if (form.hasHalves) {
        form.hasMinima ? multiplyForm<Sums, QuantForm{true, true}>(job)
                       : multiplyForm<Sums, QuantForm{true, false}>(job);
    } else {
        form.hasMinima ? multiplyForm<Sums, QuantForm{false, true}>(job)
                       : multiplyForm<Sums, QuantForm{false, false}>(job);
    }
}

} // namespace

} // namespace attest::engine::avx2
