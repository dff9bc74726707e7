// What the unpackers of weight types are made of: bytes of eight rows, one row per 32-bit lane.
// Only for files compiled for AVX2.
#pragma once

#include "engine/kernels/avx2_panel.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

// In each 128-bit lane: r[i] of the result holds dword i of the four inputs.
[[maybe_unused]] void transposeLanes(__m256i r[4]) {
    const __m256i t0 = _mm256_unpacklo_epi32(r[0], r[1]);
    const __m256i t1 = _mm256_unpackhi_epi32(r[0], r[1]);
    const __m256i t2 = _mm256_unpacklo_epi32(r[2], r[3]);
    const __m256i t3 = _mm256_unpackhi_epi32(r[2], r[3]);
    r[0] = _mm256_unpacklo_epi64(t0, t2);
    r[1] = _mm256_unpackhi_epi64(t0, t2);
    r[2] = _mm256_unpacklo_epi64(t1, t3);
    r[3] = _mm256_unpackhi_epi64(t1, t3);
}

[[maybe_unused]] __m128i load16(const unsigned char* p) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}

// out[k] = dword k, 0…3, of the 16 bytes at `offset` of each row.
[[maybe_unused]] void gather16(const PanelRows& rows, size_t offset, __m256i out[4]) {
    for (size_t i = 0; i < 4; ++i) {
        out[i] = _mm256_inserti128_si256(_mm256_castsi128_si256(load16(rows.row[i] + offset)),
                                         load16(rows.row[i + 4] + offset),
                                         1);
    }
    transposeLanes(out);
}

// out[k] = dword k, 0…7, of the 32 bytes at `offset` of each row.
[[maybe_unused]] void gather32(const PanelRows& rows, size_t offset, __m256i out[8]) {
    gather16(rows, offset, out);
    gather16(rows, offset + 16, out + 4);
}

[[maybe_unused]] short half(const unsigned char* p) {
    short bits = 0;
    __builtin_memcpy(&bits, p, 2);
    return bits;
}

// The f16 number at `offset` of each row.
[[maybe_unused]] __m256 gatherHalf(const PanelRows& rows, size_t offset) {
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

[[maybe_unused]] __m256i lowNibbles(__m256i bytes) {
    return _mm256_and_si256(bytes, _mm256_set1_epi8(15));
}

[[maybe_unused]] __m256i highNibbles(__m256i bytes) {
    return lowNibbles(_mm256_srli_epi16(bytes, 4));
}

// The lower 16 bits of each 32-bit lane as f16.
[[maybe_unused]] __m256 lowHalfs(__m256i words) {
    const __m256i masked = _mm256_and_si256(words, _mm256_set1_epi32(0xFFFF));
    const __m256i packed = _mm256_permute4x64_epi64(_mm256_packus_epi32(masked, masked), 0x08);
    return _mm256_cvtph_ps(_mm256_castsi256_si128(packed));
}

// Byte i of each 32-bit lane.
[[maybe_unused]] __m256i byteOf(__m256i words, unsigned i) {
    return _mm256_and_si256(_mm256_srli_epi32(words, int(8 * i)), _mm256_set1_epi32(255));
}

// Byte i of each 32-bit lane, signed.
[[maybe_unused]] __m256i signedByteOf(__m256i words, unsigned i) {
    return _mm256_srai_epi32(_mm256_slli_epi32(words, int(24 - 8 * i)), 24);
}

} // namespace

} // namespace attest::engine::avx2
