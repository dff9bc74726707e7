// Products with quantized weights.
//
// Sixteen rows of weights are unpacked side by side into a panel: one register holds the same four
// elements of all sixteen rows, so that vpdpbusd adds four products to sixteen sums at once and no
// sum ever has to be gathered across lanes. A token's four activations are broadcast. Panels are
// unpacked once per call and used for all tokens; with a single token they are used at once and
// stay in the first cache.
//
// vpdpbusd multiplies unsigned by signed bytes. Weights are stored in the panel with 128 added, and
// the sum starts at −128 times the sum of the activations (ActivationBlock::biasedSum), which makes
// it exact.
#include "engine/kernels/avx512.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

constexpr size_t kRows = 16; // of a panel

struct alignas(64) PanelBlock {
    __m512i q[8]; // [k]: elements 4k…4k+3 of each row
    __m512 scale; // one per row
    __m512 extra; // Q4_K: minima; Q6_K: scales of elements 16…31
};

static_assert(sizeof(PanelBlock) == kPanelBytes);

// The rows of a panel; a panel that is not full repeats its last row.
struct Rows {
    const unsigned char* row[kRows];
};

// In each 128-bit lane: r[i] of the result holds dword i of the four inputs.
void transposeLanes(__m512i r[4]) {
    const __m512i t0 = _mm512_unpacklo_epi32(r[0], r[1]);
    const __m512i t1 = _mm512_unpackhi_epi32(r[0], r[1]);
    const __m512i t2 = _mm512_unpacklo_epi32(r[2], r[3]);
    const __m512i t3 = _mm512_unpackhi_epi32(r[2], r[3]);
    r[0] = _mm512_unpacklo_epi64(t0, t2);
    r[1] = _mm512_unpackhi_epi64(t0, t2);
    r[2] = _mm512_unpacklo_epi64(t1, t3);
    r[3] = _mm512_unpackhi_epi64(t1, t3);
}

__m128i load16(const unsigned char* p) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}

__m256i load32(const unsigned char* p) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}

// out[k] = dword k, 0…3, of the 16 bytes at `offset` of each row.
void gather16(const Rows& rows, size_t offset, __m512i out[4]) {
    for (size_t i = 0; i < 4; ++i) {
        __m512i r = _mm512_castsi128_si512(load16(rows.row[i] + offset));
        r = _mm512_inserti32x4(r, load16(rows.row[i + 4] + offset), 1);
        r = _mm512_inserti32x4(r, load16(rows.row[i + 8] + offset), 2);
        out[i] = _mm512_inserti32x4(r, load16(rows.row[i + 12] + offset), 3);
    }
    transposeLanes(out);
}

// out[k] = dword k, 0…7, of the 32 bytes at `offset` of each row.
void gather32(const Rows& rows, size_t offset, __m512i out[8]) {
    __m512i a[4];
    __m512i b[4];
    for (size_t i = 0; i < 4; ++i) {
        a[i] = _mm512_inserti64x4(_mm512_castsi256_si512(load32(rows.row[i] + offset)),
                                  load32(rows.row[i + 4] + offset),
                                  1);
        b[i] = _mm512_inserti64x4(_mm512_castsi256_si512(load32(rows.row[i + 8] + offset)),
                                  load32(rows.row[i + 12] + offset),
                                  1);
    }
    transposeLanes(
        a); // lanes of a[k]: dword k of rows 0…3, dword 4+k of them, the same of rows 4…7
    transposeLanes(b);
    for (size_t k = 0; k < 4; ++k) {
        out[k] = _mm512_shuffle_i32x4(a[k], b[k], 0x88);
        out[4 + k] = _mm512_shuffle_i32x4(a[k], b[k], 0xDD);
    }
}

short half(const unsigned char* p) {
    short bits = 0;
    __builtin_memcpy(&bits, p, 2);
    return bits;
}

// The f16 number at `offset` of each row.
__m512 gatherHalf(const Rows& rows, size_t offset) {
    const unsigned char* const* r = rows.row;
    return _mm512_cvtph_ps(_mm256_setr_epi16(half(r[0] + offset),
                                             half(r[1] + offset),
                                             half(r[2] + offset),
                                             half(r[3] + offset),
                                             half(r[4] + offset),
                                             half(r[5] + offset),
                                             half(r[6] + offset),
                                             half(r[7] + offset),
                                             half(r[8] + offset),
                                             half(r[9] + offset),
                                             half(r[10] + offset),
                                             half(r[11] + offset),
                                             half(r[12] + offset),
                                             half(r[13] + offset),
                                             half(r[14] + offset),
                                             half(r[15] + offset)));
}

__m512i lowNibbles(__m512i bytes) {
    return _mm512_and_si512(bytes, _mm512_set1_epi8(15));
}

__m512i highNibbles(__m512i bytes) {
    return lowNibbles(_mm512_srli_epi16(bytes, 4));
}

// Blocks of 32 that are unpacked together.
template <QuantIndex type>
constexpr size_t kGroup = type == kQuantQ4_K || type == kQuantQ6_K ? 8 : 1;

template <QuantIndex type>
void unpack(const Rows& rows, size_t group, PanelBlock* out);

template <>
void unpack<kQuantQ8_0>(const Rows& rows, size_t group, PanelBlock* out) {
    const size_t offset = group * 34;
    out->scale = gatherHalf(rows, offset);
    gather32(rows, offset + 2, out->q);
    for (__m512i& q : out->q) {
        q = _mm512_xor_si512(q, _mm512_set1_epi8(-128)); // + 128
    }
}

template <>
void unpack<kQuantQ4_0>(const Rows& rows, size_t group, PanelBlock* out) {
    const size_t offset = group * 18;
    out->scale = gatherHalf(rows, offset);
    __m512i nibbles[4];
    gather16(rows, offset + 2, nibbles);
    for (size_t k = 0; k < 4; ++k) { // q − 8 + 128
        out->q[k] = _mm512_add_epi8(lowNibbles(nibbles[k]), _mm512_set1_epi8(120));
        out->q[4 + k] = _mm512_add_epi8(highNibbles(nibbles[k]), _mm512_set1_epi8(120));
    }
}

// Byte i of each 32-bit lane.
__m512i byteOf(__m512i words, unsigned i) {
    return _mm512_and_si512(_mm512_srli_epi32(words, 8 * i), _mm512_set1_epi32(255));
}

// Without the 128: the nibbles are unsigned already and the sum starts at zero.
template <>
void unpack<kQuantQ4_K>(const Rows& rows, size_t group, PanelBlock* out) {
    const size_t offset = group * 144;
    __m512i head[4]; // d and dmin; then the twelve bytes of scales and minima
    gather16(rows, offset, head);
    const __m512 d = _mm512_cvtph_ps(_mm512_cvtepi32_epi16(head[0]));
    const __m512 dMin = _mm512_cvtph_ps(_mm512_cvtepi32_epi16(_mm512_srli_epi32(head[0], 16)));
    // Four bytes at a time, as unpackQ4_K() in unpack.cpp does one by one.
    const __m512i six = _mm512_set1_epi32(0x3F3F3F3F);
    const __m512i two = _mm512_set1_epi32(0x03030303);
    const __m512i scales[2] = {
        _mm512_and_si512(head[1], six),
        _mm512_or_si512(
            lowNibbles(head[3]),
            _mm512_slli_epi32(_mm512_and_si512(_mm512_srli_epi32(head[1], 6), two), 4))};
    const __m512i minima[2] = {
        _mm512_and_si512(head[2], six),
        _mm512_or_si512(
            highNibbles(head[3]),
            _mm512_slli_epi32(_mm512_and_si512(_mm512_srli_epi32(head[2], 6), two), 4))};
    for (unsigned pair = 0; pair < 4; ++pair) {
        __m512i nibbles[8];
        gather32(rows, offset + 16 + pair * 32, nibbles);
        for (unsigned i = 0; i < 2; ++i) {
            PanelBlock& block = out[2 * pair + i];
            const unsigned which = 2 * pair + i;
            const __m512i scale = byteOf(scales[which / 4], which % 4);
            const __m512i minimum = byteOf(minima[which / 4], which % 4);
            block.scale = _mm512_mul_ps(d, _mm512_cvtepi32_ps(scale));
            block.extra = _mm512_mul_ps(dMin, _mm512_cvtepi32_ps(minimum));
            for (size_t k = 0; k < 8; ++k) {
                block.q[k] = i == 0 ? lowNibbles(nibbles[k]) : highNibbles(nibbles[k]);
            }
        }
    }
}

// Byte i of each 32-bit lane, signed.
__m512i signedByteOf(__m512i words, unsigned i) {
    return _mm512_srai_epi32(_mm512_slli_epi32(words, 24 - 8 * i), 24);
}

template <>
void unpack<kQuantQ6_K>(const Rows& rows, size_t group, PanelBlock* out) {
    const size_t offset = group * 210;
    const __m512 d = gatherHalf(rows, offset + 208);
    __m512i scales[4];
    gather16(rows, offset + 192, scales);
    for (unsigned half = 0; half < 2; ++half) {
        __m512i high[8];
        gather32(rows, offset + 128 + half * 32, high);
        for (unsigned column = 0; column < 2; ++column) {
            __m512i low[8];
            gather32(rows, offset + half * 64 + column * 32, low);
            for (unsigned i = 0; i < 2; ++i) {
                const unsigned run = column + 2 * i;
                PanelBlock& block = out[half * 4 + run];
                const unsigned which = half * 8 + run * 2;
                const __m512i words = scales[which / 4];
                block.scale = _mm512_mul_ps(d, _mm512_cvtepi32_ps(signedByteOf(words, which % 4)));
                block.extra =
                    _mm512_mul_ps(d, _mm512_cvtepi32_ps(signedByteOf(words, which % 4 + 1)));
                for (size_t k = 0; k < 8; ++k) {
                    const __m512i nibbles = i == 0 ? lowNibbles(low[k]) : highNibbles(low[k]);
                    const __m512i upper = _mm512_and_si512(_mm512_srli_epi16(high[k], int(2 * run)),
                                                           _mm512_set1_epi8(3));
                    const __m512i q = _mm512_or_si512(nibbles, _mm512_slli_epi16(upper, 4));
                    block.q[k] = _mm512_add_epi8(q, _mm512_set1_epi8(96)); // q − 32 + 128
                }
            }
        }
    }
}

__m512i fourActivations(const ActivationBlock& x, size_t k) {
    int bits = 0;
    __builtin_memcpy(&bits, x.q + 4 * k, 4);
    return _mm512_set1_epi32(bits);
}

// Adds `count` blocks to the sums of N tokens, in order.
template <QuantIndex type, size_t N>
inline __attribute__((always_inline)) void accumulate(
    const PanelBlock* panel, size_t count, const ActivationBlock* x, size_t xStride, __m512* acc) {
    for (size_t b = 0; b < count; ++b) {
        const PanelBlock& w = panel[b];
#pragma GCC unroll 16
        for (size_t t = 0; t < N; ++t) {
            const ActivationBlock& block = x[t * xStride + b];
            const __m512 d = _mm512_set1_ps(block.d);
            if constexpr (type == kQuantQ6_K) {
                __m512i low = _mm512_set1_epi32(block.biasedHalfs[0]);
                __m512i high = _mm512_set1_epi32(block.biasedHalfs[1]);
#pragma GCC unroll 4
                for (size_t k = 0; k < 4; ++k) {
                    low = _mm512_dpbusd_epi32(low, w.q[k], fourActivations(block, k));
                    high = _mm512_dpbusd_epi32(high, w.q[4 + k], fourActivations(block, 4 + k));
                }
                acc[t] =
                    _mm512_fmadd_ps(_mm512_mul_ps(w.scale, d), _mm512_cvtepi32_ps(low), acc[t]);
                acc[t] =
                    _mm512_fmadd_ps(_mm512_mul_ps(w.extra, d), _mm512_cvtepi32_ps(high), acc[t]);
            } else {
                __m512i sum = type == kQuantQ4_K ? _mm512_setzero_si512()
                                                 : _mm512_set1_epi32(block.biasedSum);
#pragma GCC unroll 8
                for (size_t k = 0; k < 8; ++k) {
                    sum = _mm512_dpbusd_epi32(sum, w.q[k], fourActivations(block, k));
                }
                acc[t] =
                    _mm512_fmadd_ps(_mm512_mul_ps(w.scale, d), _mm512_cvtepi32_ps(sum), acc[t]);
            }
            if constexpr (type == kQuantQ4_K) {
                acc[t] = _mm512_fnmadd_ps(w.extra, _mm512_set1_ps(block.dSum), acc[t]);
            }
        }
    }
}

Rows panelRows(const QuantMultiply& job, size_t first) {
    Rows rows;
    for (size_t i = 0; i < kRows; ++i) {
        const size_t row = first + i < job.rows ? first + i : job.rows - 1;
        rows.row[i] = job.w + row * job.rowBytes;
    }
    return rows;
}

void store(const QuantMultiply& job, size_t token, size_t firstRow, __m512 values) {
    const size_t left = job.rows - firstRow;
    const __mmask16 mask = left >= kRows ? __mmask16(0xFFFF) : __mmask16((1U << left) - 1);
    _mm512_mask_storeu_ps(job.y + token * job.yStride + firstRow, mask, values);
}

template <QuantIndex type>
void multiplyOneToken(const QuantMultiply& job) {
    for (size_t first = 0; first < job.rows; first += kRows) {
        const Rows rows = panelRows(job, first);
        // The panel after this one is read by 16 separate streams, which is more than the
        // prefetcher follows; as one stretch of memory it is fetched in step with this one.
        const unsigned char* next = job.w + (first + kRows) * job.rowBytes;
        const size_t ahead = kRows * job.rowBytes / (job.blocks / kGroup<type>);
        const bool hasNext = first + 2 * kRows <= job.rows;
        __m512 acc = _mm512_setzero_ps();
        for (size_t group = 0; group * kGroup<type> < job.blocks; ++group) {
            if (hasNext) {
                for (size_t byte = 0; byte < ahead; byte += 64) {
                    _mm_prefetch(next + group * ahead + byte, _MM_HINT_T0);
                }
            }
            PanelBlock panel[kGroup<type>];
            unpack<type>(rows, group, panel);
            accumulate<type, 1>(
                panel, kGroup<type>, job.x + group * kGroup<type>, job.blocks, &acc);
        }
        store(job, 0, first, acc);
    }
}

template <QuantIndex type, size_t N>
void multiplyTokens(const QuantMultiply& job,
                    const PanelBlock* panel,
                    size_t token,
                    size_t firstRow) {
    __m512 acc[N];
    for (size_t t = 0; t < N; ++t) {
        acc[t] = _mm512_setzero_ps();
    }
    accumulate<type, N>(panel, job.blocks, job.x + token * job.blocks, job.blocks, acc);
    for (size_t t = 0; t < N; ++t) {
        store(job, token + t, firstRow, acc[t]);
    }
}

} // namespace

template <QuantIndex type>
void multiply(const QuantMultiply& job) {
    if (job.tokens == 1) {
        return multiplyOneToken<type>(job);
    }
    PanelBlock* panels = reinterpret_cast<PanelBlock*>(job.scratch);
    for (size_t first = 0; first < job.rows; first += kRows * kPanels) {
        size_t count = 0;
        for (; count < kPanels && first + count * kRows < job.rows; ++count) {
            const Rows rows = panelRows(job, first + count * kRows);
            for (size_t group = 0; group * kGroup<type> < job.blocks; ++group) {
                unpack<type>(rows, group, panels + count * job.blocks + group * kGroup<type>);
            }
        }
        size_t token = 0;
        const auto tiles = [&]<size_t N>() {
            for (; token + N <= job.tokens; token += N) {
                for (size_t p = 0; p < count; ++p) {
                    multiplyTokens<type, N>(job, panels + p * job.blocks, token, first + p * kRows);
                }
            }
        };
        tiles.template operator()<16>();
        tiles.template operator()<8>();
        tiles.template operator()<4>();
        tiles.template operator()<2>();
        tiles.template operator()<1>();
    }
}

template void multiply<kQuantQ8_0>(const QuantMultiply& job);
template void multiply<kQuantQ4_0>(const QuantMultiply& job);
template void multiply<kQuantQ4_K>(const QuantMultiply& job);
template void multiply<kQuantQ6_K>(const QuantMultiply& job);

} // namespace attest::engine::avx512
