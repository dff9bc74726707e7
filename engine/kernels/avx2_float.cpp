// Products with float weights: as avx512_float.cpp, with eight rows side by side.
#include "engine/kernels/avx2.h"
#include "engine/kernels/avx2_lanes.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

constexpr size_t kPanelRows = 8;
constexpr size_t kBlock = kActivationBlock; // columns that are added up by themselves
constexpr size_t kTileTokens = 8;
constexpr size_t kPieceColumns = 256;   // few tokens: unpacked at a time, for the first cache
constexpr size_t kStretchColumns = 512; // many tokens: the same of each panel, for the second
constexpr size_t kGroupPanels = 16;

static_assert(kStretchColumns * kGroupPanels * sizeof(__m256) <= kScratchBytes);
static_assert(kPieceColumns % kBlock == 0 && kStretchColumns % kBlock == 0);

// Eight weights of a row, fewer at its end.
template <FloatType type>
__m256 load(const unsigned char* row, size_t column, size_t count) {
    if constexpr (type == kFloat32) {
        const float* p = reinterpret_cast<const float*>(row) + column;
        return loadUpTo8(p, count);
    } else {
        __m128i bits = _mm_setzero_si128();
        if (count >= 8) {
            bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + 2 * column));
        } else {
            __builtin_memcpy(&bits, row + 2 * column, 2 * count);
        }
        if constexpr (type == kFloat16) {
            return _mm256_cvtph_ps(bits);
        } else {
            return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
        }
    }
}

// r[i] becomes lane i of all r.
void transpose(__m256 r[8]) {
    __m256 t[8];
    for (size_t i = 0; i < 8; i += 4) {
        const __m256 a = _mm256_unpacklo_ps(r[i], r[i + 1]);
        const __m256 b = _mm256_unpackhi_ps(r[i], r[i + 1]);
        const __m256 c = _mm256_unpacklo_ps(r[i + 2], r[i + 3]);
        const __m256 d = _mm256_unpackhi_ps(r[i + 2], r[i + 3]);
        // Column 4j + k of rows i…i+3 is in lane j of t[i + k].
        t[i] = _mm256_shuffle_ps(a, c, 0x44);
        t[i + 1] = _mm256_shuffle_ps(a, c, 0xEE);
        t[i + 2] = _mm256_shuffle_ps(b, d, 0x44);
        t[i + 3] = _mm256_shuffle_ps(b, d, 0xEE);
    }
    for (size_t k = 0; k < 4; ++k) {
        r[k] = _mm256_permute2f128_ps(t[k], t[4 + k], 0x20);
        r[4 + k] = _mm256_permute2f128_ps(t[k], t[4 + k], 0x31);
    }
}

// out[k]: column first + k of eight rows from `firstRow` on; beyond the last row that one again.
template <FloatType type>
void unpack(const FloatMultiply& job, size_t firstRow, size_t first, size_t count, __m256* out) {
    for (size_t c = 0; c < count; c += 8) {
        __m256 r[8];
        for (size_t i = 0; i < kPanelRows; ++i) {
            const size_t row = firstRow + i < job.rows ? firstRow + i : job.rows - 1;
            r[i] = load<type>(job.w + row * job.rowBytes, first + c, count - c);
        }
        transpose(r);
        for (size_t k = 0; k < 8; ++k) {
            out[c + k] = r[k];
        }
    }
}

// Adds `count` columns to the sums of N tokens.
template <size_t N>
void accumulate(const __m256* w, size_t count, const float* x, size_t xStride, __m256* sums) {
    const auto addColumn = [&](size_t column, __m256 * part) __attribute__((always_inline)) {
        const __m256 weights = w[column];
#pragma GCC unroll 8
        for (size_t t = 0; t < N; ++t) {
            const __m256 activation = _mm256_set1_ps(x[t * xStride + column]);
            part[t] = _mm256_fmadd_ps(weights, activation, part[t]);
        }
    };
    for (size_t c = 0; c < count; c += kBlock) {
        __m256 part[N];
#pragma GCC unroll 8
        for (size_t t = 0; t < N; ++t) {
            part[t] = _mm256_setzero_ps();
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
#pragma GCC unroll 8
        for (size_t t = 0; t < N; ++t) {
            sums[t] = _mm256_add_ps(sums[t], part[t]);
        }
    }
}

// Calls tile.operator()<N>(first) with N of 8, 4, 2, 1 until all tokens are done.
template <typename Tile>
void forTokens(size_t tokens, const Tile& tile) {
    size_t token = 0;
    for (; token + 8 <= tokens; token += 8) {
        tile.template operator()<8>(token);
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
    __m256 piece[kPieceColumns];
    for (size_t first = 0; first < job.rows; first += kPanelRows) {
        __m256 sums[kTileTokens];
        for (size_t t = 0; t < job.tokens; ++t) {
            sums[t] = _mm256_setzero_ps();
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
        const __m256 scale = _mm256_set1_ps(job.outputScale);
        for (size_t t = 0; t < job.tokens; ++t) {
            storeUpTo8(
                job.y + t * job.yStride + first, job.rows - first, _mm256_mul_ps(sums[t], scale));
        }
    }
}

// A group of panels is unpacked, for a stretch of the columns, and all tokens pass over it; their
// sums wait in y for the next stretch.
template <FloatType type>
void multiplyMany(const FloatMultiply& job) {
    __m256* panels = reinterpret_cast<__m256*>(job.scratch);
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
            const __m256 scale = _mm256_set1_ps(isLast ? job.outputScale : 1.0F);
            forTokens(job.tokens, [&]<size_t N>(size_t token) {
                for (size_t row = 0; row < rows; row += kPanelRows) {
                    float* y = job.y + token * job.yStride + group + row;
                    __m256 sums[N];
                    for (size_t t = 0; t < N; ++t) {
                        sums[t] = isFirst ? _mm256_setzero_ps()
                                          : loadUpTo8(y + t * job.yStride, rows - row);
                    }
                    accumulate<N>(panels + row / kPanelRows * kStretchColumns,
                                  count,
                                  job.x + token * job.xStride + c,
                                  job.xStride,
                                  sums);
                    for (size_t t = 0; t < N; ++t) {
                        storeUpTo8(y + t * job.yStride, rows - row, _mm256_mul_ps(sums[t], scale));
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

} // namespace attest::engine::avx2
