// What the unpackers of weight types are made of: bytes of sixteen rows, one row per 32-bit lane.
// Only for files compiled for AVX-512.
#pragma once

#include "engine/kernels/avx512_panel.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

// In each 128-bit lane: r[i] of the result holds dword i of the four inputs.
[[maybe_unused]] void transposeLanes(__m512i r[4]) {
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
[[maybe_unused]] void gather16(const PanelRows& rows, size_t offset, __m512i out[4]) {
    for (size_t i = 0; i < 4; ++i) {
        __m512i r = _mm512_castsi128_si512(load16(rows.row[i] + offset));
        r = _mm512_inserti32x4(r, load16(rows.row[i + 4] + offset), 1);
        r = _mm512_inserti32x4(r, load16(rows.row[i + 8] + offset), 2);
        out[i] = _mm512_inserti32x4(r, load16(rows.row[i + 12] + offset), 3);
    }
    transposeLanes(out);
}

// out[k] = dword k, 0…7, of the 32 bytes at `offset` of each row.
[[maybe_unused]] void gather32(const PanelRows& rows, size_t offset, __m512i out[8]) {
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
    // Then the lanes of a[k] are dword k of rows 0…3, dword 4 + k of them, the same of rows 4…7.
    transposeLanes(a);
    transposeLanes(b);
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

} // namespace

} // namespace attest::engine::avx512
