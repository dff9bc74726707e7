// Products with float weights: sixteen rows side by side, as in avx512_panel.h. The sums are in the
// lanes, so every output is added up in the order that FloatMultiply prescribes.
#include "engine/kernels/avx512.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

constexpr size_t kPanelRows = 16;
constexpr size_t kBlock = kActivationBlock; // columns that are added up by themselves
constexpr size_t kTileTokens = 16;
constexpr size_t kPieceColumns = 256;   // few tokens: unpacked at a time, for the first cache
constexpr size_t kStretchColumns = 512; // many tokens: the same of each panel, for the second
constexpr size_t kGroupPanels = 16;

static_assert(kStretchColumns * kGroupPanels * sizeof(__m512) <= kScratchBytes);
static_assert(kPieceColumns % kBlock == 0 && kStretchColumns % kBlock == 0);

__mmask16 firstLanes(size_t count) {
    return count >= 16 ? __mmask16(0xFFFF) : __mmask16((1U << count) - 1);
}

// 16 weights of a row, fewer at its end.
template <FloatType type>
__m512 load(const unsigned char* row, size_t column, __mmask16 mask) {
    if constexpr (type == kFloat32) {
        return _mm512_maskz_loadu_ps(mask, row + 4 * column);
    } else {
        const __m256i bits = _mm256_maskz_loadu_epi16(mask, row + 2 * column);
        if constexpr (type == kFloat16) {
            return _mm512_cvtph_ps(bits);
        } else {
            return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16));
        }
    }
}

// r[i] becomes lane i of all r.
void transpose(__m512 r[16]) {
    __m512 t[16];
    for (size_t i = 0; i < 16; i += 4) {
        const __m512 a = _mm512_unpacklo_ps(r[i], r[i + 1]);
        const __m512 b = _mm512_unpackhi_ps(r[i], r[i + 1]);
        const __m512 c = _mm512_unpacklo_ps(r[i + 2], r[i + 3]);
        const __m512 d = _mm512_unpackhi_ps(r[i + 2], r[i + 3]);
        const auto join = [](__m512 low, __m512 high, bool isHigh) {
            const __m512d x = _mm512_castps_pd(low);
            const __m512d y = _mm512_castps_pd(high);
            return _mm512_castpd_ps(isHigh ? _mm512_unpackhi_pd(x, y) : _mm512_unpacklo_pd(x, y));
        };
        // Column 4j + k of rows i…i+3 is in lane j of t[i + k].
        t[i] = join(a, c, false);
        t[i + 1] = join(a, c, true);
        t[i + 2] = join(b, d, false);
        t[i + 3] = join(b, d, true);
    }
    for (size_t k = 0; k < 4; ++k) {
        const __m512 a = _mm512_shuffle_f32x4(t[k], t[4 + k], 0x88); // lanes 0, 2
        const __m512 b = _mm512_shuffle_f32x4(t[k], t[4 + k], 0xDD); // lanes 1, 3
        const __m512 c = _mm512_shuffle_f32x4(t[8 + k], t[12 + k], 0x88);
        const __m512 d = _mm512_shuffle_f32x4(t[8 + k], t[12 + k], 0xDD);
        r[k] = _mm512_shuffle_f32x4(a, c, 0x88);
        r[8 + k] = _mm512_shuffle_f32x4(a, c, 0xDD);
        r[4 + k] = _mm512_shuffle_f32x4(b, d, 0x88);
        r[12 + k] = _mm512_shuffle_f32x4(b, d, 0xDD);
    }
}

// out[k]: column first + k of sixteen rows from `firstRow` on; beyond the last row that one again.
template <FloatType type>
void unpack(const FloatMultiply& job, size_t firstRow, size_t first, size_t count, __m512* out) {
    for (size_t c = 0; c < count; c += 16) {
        const __mmask16 mask = firstLanes(count - c);
        __m512 r[16];
        for (size_t i = 0; i < kPanelRows; ++i) {
            const size_t row = firstRow + i < job.rows ? firstRow + i : job.rows - 1;
            r[i] = load<type>(job.w + row * job.rowBytes, first + c, mask);
        }
        transpose(r);
        for (size_t k = 0; k < 16; ++k) {
            _mm512_store_ps(out + c + k, r[k]);
        }
    }
}

// Adds `count` columns to the sums of N tokens.
template <size_t N>
void accumulate(const __m512* w, size_t count, const float* x, size_t xStride, __m512* sums) {
    const auto addColumn = [&](size_t column, __m512 * part) __attribute__((always_inline)) {
        const __m512 weights = w[column];
#pragma GCC unroll 16
        for (size_t t = 0; t < N; ++t) {
            const __m512 activation = _mm512_set1_ps(x[t * xStride + column]);
            part[t] = _mm512_fmadd_ps(weights, activation, part[t]);
        }
    };
    for (size_t c = 0; c < count; c += kBlock) {
        __m512 part[N];
#pragma GCC unroll 16
        for (size_t t = 0; t < N; ++t) {
            part[t] = _mm512_setzero_ps();
        }
        if (count - c >= kBlock) {
            for (size_t k = 0; k < kBlock; k += 4) {
#pragma GCC unroll 4
                for (size_t i = 0; i < 4; ++i) {
                    addColumn(c + k + i, part);
                }
            }
        } else {
            for (size_t k = c; k < count; ++k) {
                addColumn(k, part);
            }
        }
#pragma GCC unroll 16
        for (size_t t = 0; t < N; ++t) {
            sums[t] = _mm512_add_ps(sums[t], part[t]);
        }
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

// A piece of a panel is unpacked, used for all tokens and forgotten.
template <FloatType type>
void multiplyFew(const FloatMultiply& job) {
    __m512 piece[kPieceColumns];
    for (size_t first = 0; first < job.rows; first += kPanelRows) {
        __m512 sums[kTileTokens];
        for (size_t t = 0; t < job.tokens; ++t) {
            sums[t] = _mm512_setzero_ps();
        }
        for (size_t c = 0; c < job.columns; c += kPieceColumns) {
            const size_t left = job.columns - c;
            const size_t count = left < kPieceColumns ? left : kPieceColumns;
            unpack<type>(job, first, c, count, piece);
            forTokens(job.tokens, [&]<size_t N>(size_t token) {
                const float* x = job.x + token * job.xStride + c;
                accumulate<N>(piece, count, x, job.xStride, sums + token);
            });
        }
        const __m512 scale = _mm512_set1_ps(job.outputScale);
        for (size_t t = 0; t < job.tokens; ++t) {
            _mm512_mask_storeu_ps(job.y + t * job.yStride + first,
                                  firstLanes(job.rows - first),
                                  _mm512_mul_ps(sums[t], scale));
        }
    }
}

// A group of panels is unpacked, for a stretch of the columns, and all tokens pass over it; their
// sums wait in y for the next stretch.
template <FloatType type>
void multiplyMany(const FloatMultiply& job) {
    __m512* panels = reinterpret_cast<__m512*>(job.scratch);
    for (size_t group = 0; group < job.rows; group += kGroupPanels * kPanelRows) {
        const size_t left = job.rows - group;
        const size_t rows = left < kGroupPanels * kPanelRows ? left : kGroupPanels * kPanelRows;
        for (size_t c = 0; c < job.columns; c += kStretchColumns) {
            const size_t columnsLeft = job.columns - c;
            const size_t count = columnsLeft < kStretchColumns ? columnsLeft : kStretchColumns;
            for (size_t row = 0; row < rows; row += kPanelRows) {
                unpack<type>(
                    job, group + row, c, count, panels + row / kPanelRows * kStretchColumns);
            }
            const bool isFirst = c == 0;
            const bool isLast = c + count == job.columns;
            const __m512 scale = _mm512_set1_ps(isLast ? job.outputScale : 1.0F);
            forTokens(job.tokens, [&]<size_t N>(size_t token) {
                for (size_t row = 0; row < rows; row += kPanelRows) {
                    const __mmask16 mask = firstLanes(rows - row);
                    float* y = job.y + token * job.yStride + group + row;
                    __m512 sums[N];
                    for (size_t t = 0; t < N; ++t) {
                        sums[t] = isFirst ? _mm512_setzero_ps()
                                          : _mm512_maskz_loadu_ps(mask, y + t * job.yStride);
                    }
                    accumulate<N>(panels + row / kPanelRows * kStretchColumns,
                                  count,
                                  job.x + token * job.xStride + c,
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

template <FloatType type>
void multiplyType(const FloatMultiply& job) {
    if (job.tokens <= kTileTokens) {
        multiplyFew<type>(job);
    } else {
        multiplyMany<type>(job);
    }
}

} // namespace

void multiplyFloat(const FloatMultiply& job) {
    switch (job.type) {
    case kFloat32:
        return multiplyType<kFloat32>(job);
    case kFloat16:
        return multiplyType<kFloat16>(job);
    case kBfloat16:
        return multiplyType<kBfloat16>(job);
    }
}

} // namespace attest::engine::avx512
