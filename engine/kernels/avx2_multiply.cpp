// Products with quantized weights: as avx512_multiply.cpp, with panels of eight rows.
//
// vpmaddubsw multiplies unsigned by signed bytes and adds pairs into 16 bits, saturating. Q8_0
// would overflow with an offset, so |w| is multiplied by the activation with the sign of w: at most
// 2 · 128 · 127. The others are unsigned and small as stored (Q4: 8 pairs of 15 · 127 still fit 16
// bits; Q6_K: two), and their offset is taken off with the sums of the activations.
#include "engine/kernels/avx2.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

constexpr size_t kRows = 8; // of a panel

struct alignas(32) PanelBlock {
    __m256i q[8]; // [k]: elements 4k…4k+3 of each row; Q8_0 signed, the others unsigned
    __m256 scale; // one per row
    __m256 extra; // Q4_K: minima; Q6_K: scales of elements 16…31
};

constexpr size_t kPanelsHere = kPanels * kPanelBytes / sizeof(PanelBlock);
static_assert(kPanelsHere == 2 * kPanels);

// The rows of a panel; a panel that is not full repeats its last row.
struct Rows {
    const unsigned char* row[kRows];
};

// In each 128-bit lane: r[i] of the result holds dword i of the four inputs.
void transposeLanes(__m256i r[4]) {
    const __m256i t0 = _mm256_unpacklo_epi32(r[0], r[1]);
    const __m256i t1 = _mm256_unpackhi_epi32(r[0], r[1]);
    const __m256i t2 = _mm256_unpacklo_epi32(r[2], r[3]);
    const __m256i t3 = _mm256_unpackhi_epi32(r[2], r[3]);
    r[0] = _mm256_unpacklo_epi64(t0, t2);
    r[1] = _mm256_unpackhi_epi64(t0, t2);
    r[2] = _mm256_unpacklo_epi64(t1, t3);
    r[3] = _mm256_unpackhi_epi64(t1, t3);
}

__m128i load16(const unsigned char* p) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}

// out[k] = dword k, 0…3, of the 16 bytes at `offset` of each row.
void gather16(const Rows& rows, size_t offset, __m256i out[4]) {
    for (size_t i = 0; i < 4; ++i) {
        out[i] = _mm256_inserti128_si256(_mm256_castsi128_si256(load16(rows.row[i] + offset)),
                                         load16(rows.row[i + 4] + offset),
                                         1);
    }
    transposeLanes(out);
}

// out[k] = dword k, 0…7, of the 32 bytes at `offset` of each row.
void gather32(const Rows& rows, size_t offset, __m256i out[8]) {
    gather16(rows, offset, out);
    gather16(rows, offset + 16, out + 4);
}

short half(const unsigned char* p) {
    short bits = 0;
    __builtin_memcpy(&bits, p, 2);
    return bits;
}

// The f16 number at `offset` of each row.
__m256 gatherHalf(const Rows& rows, size_t offset) {
    const unsigned char* const* r = rows.row;
    return _mm256_cvtph_ps(_mm_setr_epi16(half(r[0] + offset),
                                          half(r[1] + offset),
                                          half(r[2] + offset),
                                          half(r[3] + offset),
                                          half(r[4] + offset),
                                          half(r[5] + offset),
                                          half(r[6] + offset),
                                          half(r[7] + offset)));
}

__m256i lowNibbles(__m256i bytes) {
    return _mm256_and_si256(bytes, _mm256_set1_epi8(15));
}

__m256i highNibbles(__m256i bytes) {
    return lowNibbles(_mm256_srli_epi16(bytes, 4));
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
}

template <>
void unpack<kQuantQ4_0>(const Rows& rows, size_t group, PanelBlock* out) {
    const size_t offset = group * 18;
    out->scale = gatherHalf(rows, offset);
    __m256i nibbles[4];
    gather16(rows, offset + 2, nibbles);
    for (size_t k = 0; k < 4; ++k) {
        out->q[k] = lowNibbles(nibbles[k]);
        out->q[4 + k] = highNibbles(nibbles[k]);
    }
}

// The lower 16 bits of each 32-bit lane as f16.
__m256 lowHalfs(__m256i words) {
    const __m256i masked = _mm256_and_si256(words, _mm256_set1_epi32(0xFFFF));
    const __m256i packed = _mm256_permute4x64_epi64(_mm256_packus_epi32(masked, masked), 0x08);
    return _mm256_cvtph_ps(_mm256_castsi256_si128(packed));
}

// Byte i of each 32-bit lane.
__m256i byteOf(__m256i words, unsigned i) {
    return _mm256_and_si256(_mm256_srli_epi32(words, int(8 * i)), _mm256_set1_epi32(255));
}

template <>
void unpack<kQuantQ4_K>(const Rows& rows, size_t group, PanelBlock* out) {
    const size_t offset = group * 144;
    __m256i head[4]; // d and dmin; then the twelve bytes of scales and minima
    gather16(rows, offset, head);
    const __m256 d = lowHalfs(head[0]);
    const __m256 dMin = lowHalfs(_mm256_srli_epi32(head[0], 16));
    // Four bytes at a time, as unpackQ4_K() in unpack.cpp does one by one.
    const __m256i six = _mm256_set1_epi32(0x3F3F3F3F);
    const __m256i two = _mm256_set1_epi32(0x03030303);
    const __m256i scales[2] = {
        _mm256_and_si256(head[1], six),
        _mm256_or_si256(
            lowNibbles(head[3]),
            _mm256_slli_epi32(_mm256_and_si256(_mm256_srli_epi32(head[1], 6), two), 4))};
    const __m256i minima[2] = {
        _mm256_and_si256(head[2], six),
        _mm256_or_si256(
            highNibbles(head[3]),
            _mm256_slli_epi32(_mm256_and_si256(_mm256_srli_epi32(head[2], 6), two), 4))};
    for (unsigned pair = 0; pair < 4; ++pair) {
        __m256i nibbles[8];
        gather32(rows, offset + 16 + pair * 32, nibbles);
        for (unsigned i = 0; i < 2; ++i) {
            PanelBlock& block = out[2 * pair + i];
            const unsigned which = 2 * pair + i;
            const __m256i scale = byteOf(scales[which / 4], which % 4);
            const __m256i minimum = byteOf(minima[which / 4], which % 4);
            block.scale = _mm256_mul_ps(d, _mm256_cvtepi32_ps(scale));
            block.extra = _mm256_mul_ps(dMin, _mm256_cvtepi32_ps(minimum));
            for (size_t k = 0; k < 8; ++k) {
                block.q[k] = i == 0 ? lowNibbles(nibbles[k]) : highNibbles(nibbles[k]);
            }
        }
    }
}

// Byte i of each 32-bit lane, signed.
__m256i signedByteOf(__m256i words, unsigned i) {
    return _mm256_srai_epi32(_mm256_slli_epi32(words, int(24 - 8 * i)), 24);
}

template <>
void unpack<kQuantQ6_K>(const Rows& rows, size_t group, PanelBlock* out) {
    const size_t offset = group * 210;
    const __m256 d = gatherHalf(rows, offset + 208);
    __m256i scales[4];
    gather16(rows, offset + 192, scales);
    for (unsigned half = 0; half < 2; ++half) {
        __m256i high[8];
        gather32(rows, offset + 128 + half * 32, high);
        for (unsigned column = 0; column < 2; ++column) {
            __m256i low[8];
            gather32(rows, offset + half * 64 + column * 32, low);
            for (unsigned i = 0; i < 2; ++i) {
                const unsigned run = column + 2 * i;
                PanelBlock& block = out[half * 4 + run];
                const unsigned which = half * 8 + run * 2;
                const __m256i words = scales[which / 4];
                block.scale = _mm256_mul_ps(d, _mm256_cvtepi32_ps(signedByteOf(words, which % 4)));
                block.extra =
                    _mm256_mul_ps(d, _mm256_cvtepi32_ps(signedByteOf(words, which % 4 + 1)));
                for (size_t k = 0; k < 8; ++k) {
                    const __m256i nibbles = i == 0 ? lowNibbles(low[k]) : highNibbles(low[k]);
                    const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(high[k], int(2 * run)),
                                                           _mm256_set1_epi8(3));
                    block.q[k] = _mm256_or_si256(nibbles, _mm256_slli_epi16(upper, 4));
                }
            }
        }
    }
}

__m256i fourActivations(const ActivationBlock& x, size_t k) {
    int bits = 0;
    __builtin_memcpy(&bits, x.q + 4 * k, 4);
    return _mm256_set1_epi32(bits);
}

__m256i addPairs(__m256i sums16) {
    return _mm256_madd_epi16(sums16, _mm256_set1_epi16(1));
}

// Exact integer dot products of elements 4·first … 4·last − 1 with N tokens, without the offset.
template <QuantIndex type, size_t N, size_t first, size_t last>
inline __attribute__((always_inline)) void
dots(const PanelBlock& w, const ActivationBlock* x, size_t xStride, __m256i* sums) {
    __m256i narrow[N];
    for (size_t t = 0; t < N; ++t) {
        sums[t] = _mm256_setzero_si256();
        narrow[t] = _mm256_setzero_si256();
    }
#pragma GCC unroll 8
    for (size_t k = first; k < last; ++k) {
        const __m256i q = w.q[k];
        for (size_t t = 0; t < N; ++t) {
            const __m256i a = fourActivations(x[t * xStride], k);
            if constexpr (type == kQuantQ8_0) {
                const __m256i pairs =
                    _mm256_maddubs_epi16(_mm256_abs_epi8(q), _mm256_sign_epi8(a, q));
                sums[t] = _mm256_add_epi32(sums[t], addPairs(pairs));
            } else {
                narrow[t] = _mm256_add_epi16(narrow[t], _mm256_maddubs_epi16(q, a));
                if (type == kQuantQ6_K && k % 2 == 1) {
                    sums[t] = _mm256_add_epi32(sums[t], addPairs(narrow[t]));
                    narrow[t] = _mm256_setzero_si256();
                }
            }
        }
    }
    if constexpr (type == kQuantQ4_0 || type == kQuantQ4_K) {
        for (size_t t = 0; t < N; ++t) {
            sums[t] = addPairs(narrow[t]);
        }
    }
}

// Adds `count` blocks to the sums of N tokens, in order.
template <QuantIndex type, size_t N>
inline __attribute__((always_inline)) void accumulate(
    const PanelBlock* panel, size_t count, const ActivationBlock* x, size_t xStride, __m256* acc) {
    for (size_t b = 0; b < count; ++b) {
        const PanelBlock& w = panel[b];
        __m256i low[N];
        __m256i high[N];
        if constexpr (type == kQuantQ6_K) {
            dots<type, N, 0, 4>(w, x + b, xStride, low);
            dots<type, N, 4, 8>(w, x + b, xStride, high);
        } else {
            dots<type, N, 0, 8>(w, x + b, xStride, low);
        }
        for (size_t t = 0; t < N; ++t) {
            const ActivationBlock& block = x[t * xStride + b];
            const __m256 d = _mm256_set1_ps(block.d);
            if constexpr (type == kQuantQ4_0) { // − 8 · sum
                low[t] = _mm256_add_epi32(low[t], _mm256_set1_epi32(block.biasedSum / 16));
            }
            if constexpr (type == kQuantQ6_K) { // − 32 · sum
                low[t] = _mm256_add_epi32(low[t], _mm256_set1_epi32(block.biasedHalfs[0] / 4));
                high[t] = _mm256_add_epi32(high[t], _mm256_set1_epi32(block.biasedHalfs[1] / 4));
            }
            acc[t] = _mm256_fmadd_ps(_mm256_mul_ps(w.scale, d), _mm256_cvtepi32_ps(low[t]), acc[t]);
            if constexpr (type == kQuantQ6_K) {
                acc[t] =
                    _mm256_fmadd_ps(_mm256_mul_ps(w.extra, d), _mm256_cvtepi32_ps(high[t]), acc[t]);
            }
            if constexpr (type == kQuantQ4_K) {
                acc[t] = _mm256_fnmadd_ps(w.extra, _mm256_set1_ps(block.dSum), acc[t]);
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

void store(const QuantMultiply& job, size_t token, size_t firstRow, __m256 values) {
    float* y = job.y + token * job.yStride + firstRow;
    if (job.rows - firstRow >= kRows) {
        _mm256_storeu_ps(y, values);
        return;
    }
    float all[kRows];
    _mm256_storeu_ps(all, values);
    for (size_t i = 0; i < job.rows - firstRow; ++i) {
        y[i] = all[i];
    }
}

template <QuantIndex type>
void multiplyOneToken(const QuantMultiply& job) {
    for (size_t first = 0; first < job.rows; first += kRows) {
        const Rows rows = panelRows(job, first);
        __m256 acc = _mm256_setzero_ps();
        for (size_t group = 0; group * kGroup<type> < job.blocks; ++group) {
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
    __m256 acc[N];
    for (size_t t = 0; t < N; ++t) {
        acc[t] = _mm256_setzero_ps();
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
    for (size_t first = 0; first < job.rows; first += kRows * kPanelsHere) {
        size_t count = 0;
        for (; count < kPanelsHere && first + count * kRows < job.rows; ++count) {
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
        tiles.template operator()<4>();
        tiles.template operator()<2>();
        tiles.template operator()<1>();
    }
}

template void multiply<kQuantQ8_0>(const QuantMultiply& job);
template void multiply<kQuantQ4_0>(const QuantMultiply& job);
template void multiply<kQuantQ4_K>(const QuantMultiply& job);
template void multiply<kQuantQ6_K>(const QuantMultiply& job);

} // namespace attest::engine::avx2
