// What the unpackers of weight types are made of: bytes of eight rows, one row per 32-bit lane.
// Only for files compiled for AVX2.
#pragma once

#include "engine/kernels/avx2/panel.h"
#include "engine/kernels/unpack/iq3s_grid.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

// Gathers are inlined whatever the compiler thinks: called, they would pass panels through memory.

// In each 128-bit lane: r[i] of the result holds dword i of the four inputs.
[[maybe_unused]] inline __attribute__((always_inline)) void transposeLanes(__m256i r[4]) {
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
[[maybe_unused]] inline __attribute__((always_inline)) void
gather16(const PanelRows& rows, size_t offset, __m256i out[4]) {
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; ++i) {
        out[i] = _mm256_inserti128_si256(_mm256_castsi128_si256(load16(rows.row[i] + offset)),
                                         load16(rows.row[i + 4] + offset),
                                         1);
    }
    transposeLanes(out);
}

// out[k] = dword k, 0…7, of the 32 bytes at `offset` of each row.
[[maybe_unused]] inline __attribute__((always_inline)) void
gather32(const PanelRows& rows, size_t offset, __m256i out[8]) {
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

// The operations of panels/unpacker.h; lanes are rows. What they do is said in avx512/gather.h.
struct VectorOps {
    using V = __m256i;
    using F = __m256;
    using Rows = PanelRows;
    template <QuantForm form>
    using Block = PanelBlock<form>;

    static inline __attribute__((always_inline)) V gatherWord(const Rows& rows, size_t offset) {
        V r[4];
        loadLanes(rows, offset, r);
        return _mm256_unpacklo_epi64(_mm256_unpacklo_epi32(r[0], r[1]),
                                     _mm256_unpacklo_epi32(r[2], r[3]));
    }

    static constexpr size_t kRows = kPanelRows;

    static V load(const unsigned char* words) {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(words));
    }

    static V loadHalves(const unsigned char* halves) {
        return _mm256_cvtepu16_epi32(load16(halves));
    }

    static F loadFloats(const unsigned char* halves) { return _mm256_cvtph_ps(load16(halves)); }

    static F gatherHalf(const Rows& rows, size_t offset) { return avx2::gatherHalf(rows, offset); }

    static inline __attribute__((always_inline)) void
    gatherPair(const Rows& rows, size_t offset, V out[2]) {
        V r[4];
        loadLanes(rows, offset, r);
        const V t0 = _mm256_unpacklo_epi32(r[0], r[1]);
        const V t1 = _mm256_unpacklo_epi32(r[2], r[3]);
        out[0] = _mm256_unpacklo_epi64(t0, t1);
        out[1] = _mm256_unpackhi_epi64(t0, t1);
    }

    static inline __attribute__((always_inline)) V gatherLast(const Rows& rows, size_t offset) {
        V r[4];
        loadLanes(rows, offset, r);
        return _mm256_unpackhi_epi64(_mm256_unpackhi_epi32(r[0], r[1]),
                                     _mm256_unpackhi_epi32(r[2], r[3]));
    }

    static inline __attribute__((always_inline)) void
    gather16(const Rows& rows, size_t offset, V out[4]) {
        avx2::gather16(rows, offset, out);
    }

    static inline __attribute__((always_inline)) void
    gather32(const Rows& rows, size_t offset, V out[8]) {
        avx2::gather32(rows, offset, out);
    }

    static F lowHalf(V words) { return lowHalfs(words); }

    static V lowNibbles(V bytes) { return avx2::lowNibbles(bytes); }

    static V highNibbles(V bytes) { return avx2::highNibbles(bytes); }

    static V byteOf(V words, unsigned i) { return avx2::byteOf(words, i); }

    static V signedByteOf(V words, unsigned i) { return avx2::signedByteOf(words, i); }

    static V set8(int value) { return _mm256_set1_epi8(char(value)); }

    static V set32(int value) { return _mm256_set1_epi32(value); }

    static V bitAnd(V a, V b) { return _mm256_and_si256(a, b); }

    static V bitOr(V a, V b) { return _mm256_or_si256(a, b); }

    static V bitXor(V a, V b) { return _mm256_xor_si256(a, b); }

    static V select(V mask, V a, V b) {
        return _mm256_or_si256(_mm256_and_si256(mask, a), _mm256_andnot_si256(mask, b));
    }

    static V right16(V a, unsigned n) { return _mm256_srli_epi16(a, int(n)); }

    static V left16(V a, unsigned n) { return _mm256_slli_epi16(a, int(n)); }

    static V right32(V a, unsigned n) { return _mm256_srli_epi32(a, int(n)); }

    static V left32(V a, unsigned n) { return _mm256_slli_epi32(a, int(n)); }

    static V add8(V a, V b) { return _mm256_add_epi8(a, b); }

    static V subtract8(V a, V b) { return _mm256_sub_epi8(a, b); }

    static V subtract32(V a, V b) { return _mm256_sub_epi32(a, b); }

    static F toFloat(V a) { return _mm256_cvtepi32_ps(a); }

    static F multiply(F a, F b) { return _mm256_mul_ps(a, b); }

    static F negate(F a) { return _mm256_xor_ps(a, _mm256_set1_ps(-0.0F)); }

    static F one() { return _mm256_set1_ps(1.0F); }

    static V repeat16(const signed char* table) {
        return _mm256_broadcastsi128_si256(load16(reinterpret_cast<const unsigned char*>(table)));
    }

    static V lookUp(V table, V indices) { return _mm256_shuffle_epi8(table, indices); }

    static V spreadByte(V words, unsigned i) {
        const V first = _mm256_broadcastsi128_si256(
            _mm_setr_epi8(0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12));
        return _mm256_shuffle_epi8(words, _mm256_add_epi8(first, set8(int(i))));
    }

    static V spreadBits(V words, unsigned k, int value) {
        const V bits = set32(k % 2 == 0 ? 0x08040201 : int(0x80402010U));
        const V isSet = _mm256_cmpeq_epi8(bitAnd(spreadByte(words, k / 2), bits), bits);
        return value == -1 ? isSet : bitAnd(isSet, set8(value));
    }

    static V thirds(V bytes) {
        const V one = _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, set8(86)), bytes);
        const V two = _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, set8(171)), bytes);
        return subtract8(_mm256_setzero_si256(), add8(one, two));
    }

    static F floatOf(V bits) { return _mm256_castsi256_ps(bits); }

    static F halfPowerOfTwo(V exponents) {
        const V normal = left32(subtract32(exponents, set32(1)), 23);
        const V small = _mm256_sllv_epi32(set32(0x00200000), exponents);
        const V isSmall = _mm256_cmpgt_epi32(set32(2), exponents);
        return _mm256_castsi256_ps(select(isSmall, small, normal));
    }

    static V gridEntry(V indices) {
        return _mm256_i32gather_epi32(reinterpret_cast<const int*>(kIq3sGrid.entries), indices, 4);
    }

private:
    static inline __attribute__((always_inline)) void
    loadLanes(const Rows& rows, size_t offset, V out[4]) {
#pragma GCC unroll 4
        for (size_t i = 0; i < 4; ++i) {
            out[i] = _mm256_inserti128_si256(_mm256_castsi128_si256(load16(rows.row[i] + offset)),
                                             load16(rows.row[i + 4] + offset),
                                             1);
        }
    }
};

} // namespace

} // namespace attest::engine::avx2
