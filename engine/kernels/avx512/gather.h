// What the unpackers of weight types are made of: bytes of sixteen rows, one row per 32-bit lane.
// Only for files compiled for AVX-512.
#pragma once

#include "engine/kernels/avx512/panel.h"
#include "engine/kernels/unpack/iq3s_grid.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

// Gathers are inlined whatever the compiler thinks: called, they would pass panels through memory.

// In each 128-bit lane: r[i] of the result holds dword i of the four inputs.
[[maybe_unused]] inline __attribute__((always_inline)) void transposeLanes(__m512i r[4]) {
    const __m512i t0 = _mm512_unpacklo_epi32(r[0], r[1]);
    const __m512i t1 = _mm512_unpackhi_epi32(r[0], r[1]);
    const __m512i t2 = _mm512_unpacklo_epi32(r[2], r[3]);
    const __m512i t3 = _mm512_unpackhi_epi32(r[2], r[3]);
    r[0] = _mm512_unpacklo_epi64(t0, t2);
    r[1] = _mm512_unpackhi_epi64(t0, t2);
    r[2] = _mm512_unpacklo_epi64(t1, t3);
    r[3] = _mm512_unpackhi_epi64(t1, t3);
}

[[maybe_unused]] __m128i load16(const unsigned char* p) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}

[[maybe_unused]] __m256i load32(const unsigned char* p) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}

// out[k] = dword k, 0…3, of the 16 bytes at `offset` of each row.
[[maybe_unused]] inline __attribute__((always_inline)) void
gather16(const PanelRows& rows, size_t offset, __m512i out[4]) {
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; ++i) {
        __m512i r = _mm512_castsi128_si512(load16(rows.row[i] + offset));
        r = _mm512_inserti32x4(r, load16(rows.row[i + 4] + offset), 1);
        r = _mm512_inserti32x4(r, load16(rows.row[i + 8] + offset), 2);
        out[i] = _mm512_inserti32x4(r, load16(rows.row[i + 12] + offset), 3);
    }
    transposeLanes(out);
}

// out[k] = dword k, 0…7, of the 32 bytes at `offset` of each row.
[[maybe_unused]] inline __attribute__((always_inline)) void
gather32(const PanelRows& rows, size_t offset, __m512i out[8]) {
    __m512i a[4];
    __m512i b[4];
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; ++i) {
        a[i] = _mm512_inserti64x4(_mm512_castsi256_si512(load32(rows.row[i] + offset)),
                                  load32(rows.row[i + 4] + offset),
                                  1);
        b[i] = _mm512_inserti64x4(_mm512_castsi256_si512(load32(rows.row[i + 8] + offset)),
                                  load32(rows.row[i + 12] + offset),
                                  1);
    }
    // Then the lanes of a[k] are dword k of rows 0…3, dword 4 + k of them, the same of rows 4…7.
    transposeLanes(a);
    transposeLanes(b);
#pragma GCC unroll 4
    for (size_t k = 0; k < 4; ++k) {
        out[k] = _mm512_shuffle_i32x4(a[k], b[k], 0x88);
        out[4 + k] = _mm512_shuffle_i32x4(a[k], b[k], 0xDD);
    }
}

[[maybe_unused]] short half(const unsigned char* p) {
    short bits = 0;
    __builtin_memcpy(&bits, p, 2);
    return bits;
}

// The f16 number at `offset` of each row.
[[maybe_unused]] __m512 gatherHalf(const PanelRows& rows, size_t offset) {
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

[[maybe_unused]] __m512i lowNibbles(__m512i bytes) {
    return _mm512_and_si512(bytes, _mm512_set1_epi8(15));
}

[[maybe_unused]] __m512i highNibbles(__m512i bytes) {
    return lowNibbles(_mm512_srli_epi16(bytes, 4));
}

// Byte i of each 32-bit lane.
[[maybe_unused]] __m512i byteOf(__m512i words, unsigned i) {
    return _mm512_and_si512(_mm512_srli_epi32(words, 8 * i), _mm512_set1_epi32(255));
}

// Byte i of each 32-bit lane, signed.
[[maybe_unused]] __m512i signedByteOf(__m512i words, unsigned i) {
    return _mm512_srai_epi32(_mm512_slli_epi32(words, 24 - 8 * i), 24);
}

// Integers that are stored with `bias` added, in the form that is asked for.
template <PanelForm form, int bias>
__m512i place(__m512i biased) {
    return form == kBiased || bias == 0 ? biased
                                        : _mm512_sub_epi8(biased, _mm512_set1_epi8(char(bias)));
}

// The operations of panels/unpacker.h; lanes are rows.
struct VectorOps {
    using V = __m512i;
    using F = __m512;
    using Rows = PanelRows;
    template <QuantForm form>
    using Block = PanelBlock<form>;

    // Dword 0 of the 16 bytes at `offset` of each row; dwords 0 and 1; dword 3.
    static inline __attribute__((always_inline)) V gatherWord(const Rows& rows, size_t offset) {
        V r[4];
        loadLanes(rows, offset, r);
        return _mm512_unpacklo_epi64(_mm512_unpacklo_epi32(r[0], r[1]),
                                     _mm512_unpacklo_epi32(r[2], r[3]));
    }

    static constexpr size_t kRows = kPanelRows;

    // Four bytes for each row; two as the lower half of its lane; two as an f16 number.
    static V load(const unsigned char* words) { return _mm512_loadu_si512(words); }

    static V loadHalves(const unsigned char* halves) {
        return _mm512_cvtepu16_epi32(load32(halves));
    }

    static F loadFloats(const unsigned char* halves) { return _mm512_cvtph_ps(load32(halves)); }

    // The f16 number at `offset` of each row.
    static F gatherHalf(const Rows& rows, size_t offset) {
        return avx512::gatherHalf(rows, offset);
    }

    static inline __attribute__((always_inline)) void
    gatherPair(const Rows& rows, size_t offset, V out[2]) {
        V r[4];
        loadLanes(rows, offset, r);
        const V t0 = _mm512_unpacklo_epi32(r[0], r[1]);
        const V t1 = _mm512_unpacklo_epi32(r[2], r[3]);
        out[0] = _mm512_unpacklo_epi64(t0, t1);
        out[1] = _mm512_unpackhi_epi64(t0, t1);
    }

    static inline __attribute__((always_inline)) V gatherLast(const Rows& rows, size_t offset) {
        V r[4];
        loadLanes(rows, offset, r);
        return _mm512_unpackhi_epi64(_mm512_unpackhi_epi32(r[0], r[1]),
                                     _mm512_unpackhi_epi32(r[2], r[3]));
    }

    static inline __attribute__((always_inline)) void
    gather16(const Rows& rows, size_t offset, V out[4]) {
        avx512::gather16(rows, offset, out);
    }

    static inline __attribute__((always_inline)) void
    gather32(const Rows& rows, size_t offset, V out[8]) {
        avx512::gather32(rows, offset, out);
    }

    // The lower 16 bits of each lane as f16.
    static F lowHalf(V words) { return _mm512_cvtph_ps(_mm512_cvtepi32_epi16(words)); }

    static V lowNibbles(V bytes) { return avx512::lowNibbles(bytes); }

    static V highNibbles(V bytes) { return avx512::highNibbles(bytes); }

    static V byteOf(V words, unsigned i) { return avx512::byteOf(words, i); }

    static V signedByteOf(V words, unsigned i) { return avx512::signedByteOf(words, i); }

    static V set8(int value) { return _mm512_set1_epi8(char(value)); }

    static V set32(int value) { return _mm512_set1_epi32(value); }

    static V bitAnd(V a, V b) { return _mm512_and_si512(a, b); }

    static V bitOr(V a, V b) { return _mm512_or_si512(a, b); }

    static V bitXor(V a, V b) { return _mm512_xor_si512(a, b); }

    // Bits of a where the mask is set, else of b.
    static V select(V mask, V a, V b) { return _mm512_ternarylogic_epi32(mask, a, b, 0xCA); }

    static V right16(V a, unsigned n) { return _mm512_srli_epi16(a, int(n)); }

    static V left16(V a, unsigned n) { return _mm512_slli_epi16(a, int(n)); }

    static V right32(V a, unsigned n) { return _mm512_srli_epi32(a, n); }

    static V left32(V a, unsigned n) { return _mm512_slli_epi32(a, n); }

    static V add8(V a, V b) { return _mm512_add_epi8(a, b); }

    static V subtract8(V a, V b) { return _mm512_sub_epi8(a, b); }

    static V subtract32(V a, V b) { return _mm512_sub_epi32(a, b); }

    static F toFloat(V a) { return _mm512_cvtepi32_ps(a); }

    static F multiply(F a, F b) { return _mm512_mul_ps(a, b); }

    static F negate(F a) { return _mm512_xor_ps(a, _mm512_set1_ps(-0.0F)); }

    static F one() { return _mm512_set1_ps(1.0F); }

    // Sixteen bytes as a table for lookUp(), whose indices are 0…15.
    static V repeat16(const signed char* table) {
        return _mm512_broadcast_i32x4(load16(reinterpret_cast<const unsigned char*>(table)));
    }

    static V lookUp(V table, V indices) { return _mm512_shuffle_epi8(table, indices); }

    // Byte i of each lane in all four of its bytes.
    static V spreadByte(V words, unsigned i) {
        const V first = _mm512_broadcast_i32x4(
            _mm_setr_epi8(0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12));
        return _mm512_shuffle_epi8(words, _mm512_add_epi8(first, set8(int(i))));
    }

    // Byte j of each lane: `value` where bit 4k + j of the lane is set, else zero.
    static V spreadBits(V words, unsigned k, int value) {
        const V bits = set32(k % 2 == 0 ? 0x08040201 : int(0x80402010U));
        return _mm512_maskz_mov_epi8(_mm512_test_epi8_mask(spreadByte(words, k / 2), bits),
                                     set8(value));
    }

    // 3 x / 256 of bytes: 0 below 86, 1 below 171, else 2.
    static V thirds(V bytes) {
        const V ones = _mm512_maskz_mov_epi8(_mm512_cmpge_epu8_mask(bytes, set8(86)), set8(1));
        return _mm512_mask_mov_epi8(ones, _mm512_cmpge_epu8_mask(bytes, set8(171)), set8(2));
    }

    static F floatOf(V bits) { return _mm512_castsi512_ps(bits); }

    // As in unpack/table_types.cpp, for exponents in each lane.
    static F halfPowerOfTwo(V exponents) {
        const V normal = left32(subtract32(exponents, set32(1)), 23);
        const V small = _mm512_sllv_epi32(set32(0x00200000), exponents);
        const __mmask16 isSmall = _mm512_cmplt_epi32_mask(exponents, set32(2));
        return _mm512_castsi512_ps(_mm512_mask_mov_epi32(normal, isSmall, small));
    }

    static V gridEntry(V indices) { return _mm512_i32gather_epi32(indices, kIq3sGrid.entries, 4); }

private:
    static inline __attribute__((always_inline)) void
    loadLanes(const Rows& rows, size_t offset, V out[4]) {
#pragma GCC unroll 4
        for (size_t i = 0; i < 4; ++i) {
            V r = _mm512_castsi128_si512(load16(rows.row[i] + offset));
            r = _mm512_inserti32x4(r, load16(rows.row[i + 4] + offset), 1);
            r = _mm512_inserti32x4(r, load16(rows.row[i + 8] + offset), 2);
            out[i] = _mm512_inserti32x4(r, load16(rows.row[i + 12] + offset), 3);
        }
    }
};

} // namespace

} // namespace attest::engine::avx512
