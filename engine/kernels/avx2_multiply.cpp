// Products with quantized weights: as avx512_multiply.cpp, with panels of eight rows.
#include "engine/kernels/avx2.h"
#include "engine/kernels/avx2_panel.h"
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

__m256i addPairs(__m256i sums16) {
    return _mm256_madd_epi16(sums16, _mm256_set1_epi16(1));
}

// Exact integer dot products of elements 4·first … 4·last − 1 with a token, without the bias.
template <PanelRange range, size_t first, size_t last>
inline __attribute__((always_inline)) __m256i dot(const __m256i* q, const ActivationBlock& x) {
    __m256i sum = _mm256_setzero_si256();
    __m256i narrow = _mm256_setzero_si256();
#pragma GCC unroll 8
    for (size_t k = first; k < last; ++k) {
        const __m256i a = fourActivations(x, k);
        if constexpr (range == kSigned) {
            const __m256i pairs =
                _mm256_maddubs_epi16(_mm256_abs_epi8(q[k]), _mm256_sign_epi8(a, q[k]));
            sum = _mm256_add_epi32(sum, addPairs(pairs));
        } else {
            narrow = _mm256_add_epi16(narrow, _mm256_maddubs_epi16(q[k], a));
            if (range == kSmall && k % 2 == 1) {
                sum = _mm256_add_epi32(sum, addPairs(narrow));
                narrow = _mm256_setzero_si256();
            }
        }
    }
    return range == kNibbles ? addPairs(narrow) : sum;
}

// Adds `count` blocks to the sums of N tokens, in order.
template <QuantForm form, PanelRange range, size_t N>
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
#pragma GCC unroll 4
        for (size_t t = 0; t < N; ++t) {
            const ActivationBlock& block = x[t * xStride + b];
            const __m256 d = _mm256_set1_ps(block.d);
            if constexpr (form.hasHalves) {
                const __m256i dots[2] = {dot<range, 0, 4>(w.q, block),
                                         dot<range, 4, 8>(w.q, block)};
#pragma GCC unroll 2
                for (size_t i = 0; i < 2; ++i) {
                    const __m256i exact =
                        _mm256_sub_epi32(dots[i], _mm256_set1_epi32(bias * block.halfSums[i]));
                    acc[t] = _mm256_fmadd_ps(
                        _mm256_mul_ps(w.factors[i], d), _mm256_cvtepi32_ps(exact), acc[t]);
                    if constexpr (form.hasMinima) {
                        const __m256 dSum =
                            _mm256_mul_ps(d, _mm256_set1_ps(float(block.halfSums[i])));
                        acc[t] = _mm256_fnmadd_ps(w.factors[2 + i], dSum, acc[t]);
                    }
                }
            } else {
                const int sum = block.halfSums[0] + block.halfSums[1];
                const __m256i exact =
                    _mm256_sub_epi32(dot<range, 0, 8>(w.q, block), _mm256_set1_epi32(bias * sum));
                acc[t] = _mm256_fmadd_ps(
                    _mm256_mul_ps(w.factors[0], d), _mm256_cvtepi32_ps(exact), acc[t]);
                if constexpr (form.hasMinima) {
                    acc[t] = _mm256_fnmadd_ps(w.factors[1], _mm256_set1_ps(block.dSum), acc[t]);
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

template <QuantForm form, PanelRange range>
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
                accumulate<form, range, N>(
                    piece,
                    count,
                    type.bias,
                    job.x + token * job.xStride + b,
                    job.xStride,
                    sums + token,
                    token == 0 ? ReadAhead(next + b * panelBytes / job.blocks, lines)
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

template <QuantForm form, PanelRange range>
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
                    accumulate<form, range, N>(panels + row / kPanelRows * kStretchBlocks,
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

template <QuantForm form, PanelRange range>
void multiplyRange(const QuantMultiply& job) {
    if (job.tokens <= kFewTokens) {
        multiplyFew<form, range>(job);
    } else {
        multiplyMany<form, range>(job);
    }
}

template <QuantForm form>
void multiplyForm(const QuantMultiply& job) {
    switch (kPanelTypes[job.type].range) {
    case kNibbles:
        return multiplyRange<form, kNibbles>(job);
    case kSmall:
        return multiplyRange<form, kSmall>(job);
    case kSigned:
        return multiplyRange<form, kSigned>(job);
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

} // namespace attest::engine::avx2
