// The weight types of amx/batch.cpp: a group of blocks of sixteen rows as tiles want them, and
// their scales. Internal to the AMX set.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/avx512/gather.h"
#include "engine/kernels/avx512/panel.h"

#include <immintrin.h>

namespace attest::engine::amx {

namespace {

using avx512::kPanelRows;

constexpr size_t kGroup = 4; // blocks at a time, and products on their way

// Sixteen rows: where the first begins, and how far apart they are.
struct Weights {
    const unsigned char* w;
    size_t rowBytes;

    const unsigned char* row(size_t i) const { return w + i * rowBytes; }
};

// A group of blocks of sixteen rows.
template <size_t kParts, bool hasMinima>
struct alignas(64) Factors {
    float scale[kGroup * kParts][kPanelRows];
    float minimum[hasMinima ? kGroup : 1][kPanelRows];
};

struct alignas(64) Codes {
    int8_t q[2][kPanelRows][64];
};

// A type has
//   kParts, kHasMinima   of a block
//   kBlockBytes          in a row, of types that are blocks of 32
//   kStep                groups whose factors come at once
//   scales()             writes the factors of kStep groups
//   unpack()             writes the integers of a group; or kIsDirect, when they are bytes already
//   place()              where in Codes, or in a row, the integers of a block of the group begin
template <QuantIndex type>
struct Type;

// The scales of blocks that begin with them.
template <size_t blockBytes>
ATTEST_INLINE void
simpleScales(const Weights& rows, size_t first, size_t count, Factors<1, false>* out) {
    alignas(64) uint16_t halves[kGroup][kPanelRows];
#pragma GCC unroll 16
    for (size_t r = 0; r < kPanelRows; ++r) {
        const unsigned char* w = rows.row(r) + first * blockBytes;
        for (size_t b = 0; b < count; ++b) {
            __builtin_memcpy(&halves[b][r], w + b * blockBytes, 2);
        }
    }
    for (size_t b = 0; b < count; ++b) {
        const __m256i h = _mm256_load_si256(reinterpret_cast<const __m256i*>(halves[b]));
        _mm512_store_ps(out->scale[b], _mm512_cvtph_ps(h));
    }
}

template <>
struct Type<kQuantQ8_0> {
    static constexpr size_t kParts = 1;
    static constexpr bool kHasMinima = false;
    static constexpr bool kIsDirect = true;
    static constexpr size_t kBlockBytes = 34;
    static constexpr size_t kStep = 1;

    static ATTEST_INLINE void
    scales(const Weights& rows, size_t group, size_t count, Factors<1, false>* out) {
        simpleScales<34>(rows, group * kGroup, count, out);
    }

    static ATTEST_INLINE void unpack(const Weights&, size_t, size_t, Codes&) {}

    static constexpr size_t place(size_t b) { return 34 * b + 2; }
};

// The nibbles of two blocks: the lower ones of the first, its upper ones, and the same of the
// second.
ATTEST_INLINE __m512i nibbles(const unsigned char* first, const unsigned char* second) {
    const __m256i four = _mm256_setr_epi64x(0, 0, 0x0004000400040004, 0x0004000400040004);
    const __m512i once = _mm512_broadcast_i32x4(avx512::load16(first));
    const __m512i both = _mm512_mask_broadcast_i32x4(once, 0xFF00, avx512::load16(second));
    return avx512::lowNibbles(_mm512_srlv_epi16(both, _mm512_broadcast_i64x4(four)));
}

// Types of nibbles; Code has kBlockBytes and decode(first, second), the integers of two blocks.
template <typename Code>
struct NibbleType {
    static constexpr size_t kParts = 1;
    static constexpr bool kHasMinima = false;
    static constexpr bool kIsDirect = false;
    static constexpr size_t kBlockBytes = Code::kBlockBytes;
    static constexpr size_t kStep = 1;

    static ATTEST_INLINE void
    scales(const Weights& rows, size_t group, size_t count, Factors<1, false>* out) {
        simpleScales<kBlockBytes>(rows, group * kGroup, count, out);
    }

    static ATTEST_INLINE void unpack(const Weights& rows, size_t group, size_t count, Codes& out) {
#pragma GCC unroll 2
        for (size_t j = 0; j < 2; ++j) {
            const size_t first = 2 * j < count ? 2 * j : count - 1;
            const size_t second = 2 * j + 1 < count ? 2 * j + 1 : count - 1;
#pragma GCC unroll 16
            for (size_t r = 0; r < kPanelRows; ++r) {
                const unsigned char* w = rows.row(r) + group * kGroup * kBlockBytes;
                _mm512_store_si512(out.q[j][r],
                                   Code::decode(w + kBlockBytes * first, w + kBlockBytes * second));
            }
        }
    }

    static constexpr size_t place(size_t b) {
        return b / 2 * 1024 + b % 2 * 32;
    }
};

struct CodeQ4_0 {
    static constexpr size_t kBlockBytes = 18;

    static ATTEST_INLINE __m512i decode(const unsigned char* first, const unsigned char* second) {
        return _mm512_sub_epi8(nibbles(first + 2, second + 2), _mm512_set1_epi8(8));
    }
};

struct CodeQ5_0 {
    static constexpr size_t kBlockBytes = 22;

    // The fifth bits lie in the order of the elements.
    static ATTEST_INLINE __m512i decode(const unsigned char* first, const unsigned char* second) {
        uint32_t bits[2];
        __builtin_memcpy(&bits[0], first + 2, 4);
        __builtin_memcpy(&bits[1], second + 2, 4);
        const __mmask64 isLow = ~(uint64_t(bits[0]) | uint64_t(bits[1]) << 32U);
        const __m512i q = nibbles(first + 6, second + 6);
        return _mm512_mask_sub_epi8(q, isLow, q, _mm512_set1_epi8(16));
    }
};

template <>
struct Type<kQuantQ4_0> : NibbleType<CodeQ4_0> {};

template <>
struct Type<kQuantQ5_0> : NibbleType<CodeQ5_0> {};

template <>
struct Type<kQuantQ4_K> {
    static constexpr size_t kParts = 1;
    static constexpr bool kHasMinima = true;
    static constexpr bool kIsDirect = false;
    static constexpr size_t kStep = 2;

    static ATTEST_INLINE void
    scales(const Weights& rows, size_t group, size_t, Factors<1, true>* out) {
        avx512::PanelRows from;
#pragma GCC unroll 16
        for (size_t r = 0; r < kPanelRows; ++r) {
            from.row[r] = rows.row(r);
        }
        __m512i head[4];
        avx512::gather16(from, group / 2 * 144, head);
        const __m512 d = _mm512_cvtph_ps(_mm512_cvtepi32_epi16(head[0]));
        const __m512 dMin = _mm512_cvtph_ps(_mm512_cvtepi32_epi16(_mm512_srli_epi32(head[0], 16)));
        const __m512i six = _mm512_set1_epi32(0x3F3F3F3F);
        const __m512i two = _mm512_set1_epi32(0x30303030);
        const __m512i scales[2] = {
            _mm512_and_si512(head[1], six),
            _mm512_or_si512(avx512::lowNibbles(head[3]),
                            _mm512_and_si512(_mm512_srli_epi32(head[1], 2), two))};
        const __m512i minima[2] = {
            _mm512_and_si512(head[2], six),
            _mm512_or_si512(avx512::highNibbles(head[3]),
                            _mm512_and_si512(_mm512_srli_epi32(head[2], 2), two))};
#pragma GCC unroll 8
        for (unsigned b = 0; b < 8; ++b) {
            const __m512i scale = avx512::byteOf(scales[b / 4], b % 4);
            const __m512i minimum = avx512::byteOf(minima[b / 4], b % 4);
            _mm512_store_ps(out[b / 4].scale[b % 4], _mm512_mul_ps(d, _mm512_cvtepi32_ps(scale)));
            _mm512_store_ps(out[b / 4].minimum[b % 4],
                            _mm512_mul_ps(dMin, _mm512_cvtepi32_ps(minimum)));
        }
    }

    static ATTEST_INLINE void unpack(const Weights& rows, size_t group, size_t, Codes& out) {
#pragma GCC unroll 16
        for (size_t r = 0; r < kPanelRows; ++r) {
            const __m512i q =
                _mm512_loadu_si512(rows.row(r) + group / 2 * 144 + 16 + group % 2 * 64);
            _mm512_store_si512(out.q[0][r], avx512::lowNibbles(q));
            _mm512_store_si512(out.q[1][r], avx512::highNibbles(q));
        }
    }

    static constexpr size_t place(size_t b) {
        return b % 2 * 1024 + b / 2 * 32;
    }
};

template <>
struct Type<kQuantQ6_K> {
    static constexpr size_t kParts = 2;
    static constexpr bool kHasMinima = false;
    static constexpr bool kIsDirect = false;
    static constexpr size_t kStep = 2;

    static ATTEST_INLINE void
    scales(const Weights& rows, size_t group, size_t, Factors<2, false>* out) {
        avx512::PanelRows from;
#pragma GCC unroll 16
        for (size_t r = 0; r < kPanelRows; ++r) {
            from.row[r] = rows.row(r) + group / 2 * 210;
        }
        const __m512 d = avx512::gatherHalf(from, 208);
        __m512i scales[4];
        avx512::gather16(from, 192, scales);
#pragma GCC unroll 16
        for (unsigned i = 0; i < 16; ++i) {
            const __m512i scale = avx512::signedByteOf(scales[i / 4], i % 4);
            _mm512_store_ps(out[i / 8].scale[i % 8], _mm512_mul_ps(d, _mm512_cvtepi32_ps(scale)));
        }
    }

    static ATTEST_INLINE void unpack(const Weights& rows, size_t group, size_t, Codes& out) {
        const __m512i upperBits = _mm512_set1_epi8(0x30);
        const __m512i left = _mm512_inserti64x4(_mm512_set1_epi16(4), _mm256_set1_epi16(2), 1);
        const __m512i right = _mm512_inserti64x4(_mm512_setzero_si512(), _mm256_set1_epi16(2), 1);
        const __m512i bias = _mm512_set1_epi8(32);
        const size_t half = group % 2;
#pragma GCC unroll 16
        for (size_t r = 0; r < kPanelRows; ++r) {
            const unsigned char* w = rows.row(r) + group / 2 * 210;
            const __m512i low = _mm512_loadu_si512(w + 64 * half);
            const __m512i high = _mm512_broadcast_i64x4(avx512::load32(w + 128 + 32 * half));
            // nibbles | (upper & upperBits)
            const __m512i first = _mm512_ternarylogic_epi32(
                avx512::lowNibbles(low), _mm512_sllv_epi16(high, left), upperBits, 0xF8);
            const __m512i second = _mm512_ternarylogic_epi32(
                avx512::highNibbles(low), _mm512_srlv_epi16(high, right), upperBits, 0xF8);
            _mm512_store_si512(out.q[0][r], _mm512_sub_epi8(first, bias));
            _mm512_store_si512(out.q[1][r], _mm512_sub_epi8(second, bias));
        }
    }

    static constexpr size_t place(size_t b) {
        return b / 2 * 1024 + b % 2 * 32;
    }
};

} // namespace

} // namespace attest::engine::amx
