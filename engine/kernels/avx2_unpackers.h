// How each weight type becomes blocks of a panel. Only for files compiled for AVX2.
#pragma once

#include "engine/kernels/avx2_gather.h"
#include "engine/kernels/avx2_panel.h"
#include "engine/kernels/panel_types.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

template <QuantIndex type>
using Block = PanelBlock<kQuantForms[type]>;

// Types whose integers do not fit 0…63 stay signed.
template <QuantIndex type>
constexpr bool kIsSigned = PanelUnpacker<VectorOps, type, false>::kLargest > 63;

// Unpackers: one block of the file's (32 … 256 elements) of each row, the `index`-th, of PanelRows
// or of a PanelPage. Types without one here are in panel_types.h.
template <QuantIndex type>
struct Unpacker {
    using Base = PanelUnpacker<VectorOps, type, kIsSigned<type>>;
    static constexpr size_t kBlocks = Base::kBlocks;
    static constexpr PanelRange kRange = kIsSigned<type>        ? kSigned
                                         : Base::kLargest <= 15 ? kNibbles
                                                                : kSmall;
    static constexpr int kBias = kIsSigned<type> ? 0 : Base::kBias;

    static void unpack(const PanelRows& rows, size_t index, Block<type>* out) {
        Base::unpack(rows, index, out);
    }

    static ATTEST_INLINE void unpack(const PanelPage<type>& page, size_t index, Block<type>* out) {
        PanelUnpacker<PageOps<type>, type, kIsSigned<type>>::unpack(page, index, out);
    }
};

template <>
struct Unpacker<kQuantQ8_0> {
    static constexpr size_t kBlocks = 1;
    static constexpr PanelRange kRange = kSigned;
    static constexpr int kBias = 0;

    template <typename Rows>
    static ATTEST_INLINE void unpack(const Rows& rows, size_t index, Block<kQuantQ8_0>* out) {
        const size_t offset = index * 34;
        out->factors[0] = gatherHalf(rows, offset);
        gather32(rows, offset + 2, out->q);
    }
};

template <>
struct Unpacker<kQuantQ4_0> {
    static constexpr size_t kBlocks = 1;
    static constexpr PanelRange kRange = kNibbles;
    static constexpr int kBias = 8;

    template <typename Rows>
    static ATTEST_INLINE void unpack(const Rows& rows, size_t index, Block<kQuantQ4_0>* out) {
        const size_t offset = index * 18;
        out->factors[0] = gatherHalf(rows, offset);
        __m256i nibbles[4];
        gather16(rows, offset + 2, nibbles);
        for (size_t k = 0; k < 4; ++k) {
            out->q[k] = lowNibbles(nibbles[k]);
            out->q[4 + k] = highNibbles(nibbles[k]);
        }
    }
};

// What the blocks of Q4_K share.
struct HeadQ4_K {
    __m256 d;
    __m256 dMin;
    __m256i scales[2]; // four bytes each, as the minima
    __m256i minima[2];

    template <typename Rows>
    static ATTEST_INLINE HeadQ4_K read(const Rows& rows, size_t offset) {
        __m256i words[4]; // d and dmin; then the twelve bytes of scales and minima
        gather16(rows, offset, words);
        // Four bytes at a time, as the reference does one by one.
        const __m256i six = _mm256_set1_epi32(0x3F3F3F3F);
        const __m256i two = _mm256_set1_epi32(0x03030303);
        const auto upper = [&](__m256i word) {
            return _mm256_slli_epi32(_mm256_and_si256(_mm256_srli_epi32(word, 6), two), 4);
        };
        return {lowHalfs(words[0]),
                lowHalfs(_mm256_srli_epi32(words[0], 16)),
                {_mm256_and_si256(words[1], six),
                 _mm256_or_si256(lowNibbles(words[3]), upper(words[1]))},
                {_mm256_and_si256(words[2], six),
                 _mm256_or_si256(highNibbles(words[3]), upper(words[2]))}};
    }

    ATTEST_INLINE void factors(unsigned block, __m256* out) const {
        const __m256i scale = byteOf(scales[block / 4], block % 4);
        const __m256i minimum = byteOf(minima[block / 4], block % 4);
        out[0] = _mm256_mul_ps(d, _mm256_cvtepi32_ps(scale));
        out[1] = _mm256_mul_ps(dMin, _mm256_cvtepi32_ps(minimum));
    }
};

template <>
struct Unpacker<kQuantQ4_K> {
    static constexpr size_t kBlocks = 8;
    static constexpr PanelRange kRange = kNibbles;
    static constexpr int kBias = 0;

    template <typename Rows>
    static ATTEST_INLINE void unpack(const Rows& rows, size_t index, Block<kQuantQ4_K>* out) {
        const size_t offset = index * 144;
        const HeadQ4_K head = HeadQ4_K::read(rows, offset);
        for (unsigned pair = 0; pair < 4; ++pair) {
            __m256i nibbles[8];
            gather32(rows, offset + 16 + pair * 32, nibbles);
            for (unsigned i = 0; i < 2; ++i) {
                Block<kQuantQ4_K>& block = out[2 * pair + i];
                head.factors(2 * pair + i, block.factors);
                for (size_t k = 0; k < 8; ++k) {
                    block.q[k] = i == 0 ? lowNibbles(nibbles[k]) : highNibbles(nibbles[k]);
                }
            }
        }
    }
};

// What the blocks of Q6_K share.
struct HeadQ6_K {
    __m256 d;
    __m256i scales[4]; // four bytes each

    template <typename Rows>
    static ATTEST_INLINE HeadQ6_K read(const Rows& rows, size_t offset) {
        HeadQ6_K head;
        head.d = gatherHalf(rows, offset + 208);
        gather16(rows, offset + 192, head.scales);
        return head;
    }

    ATTEST_INLINE void factors(unsigned block, __m256* out) const {
#pragma GCC unroll 2
        for (unsigned j = 0; j < 2; ++j) {
            const __m256i scale = signedByteOf(scales[block / 2], block % 2 * 2 + j);
            out[j] = _mm256_mul_ps(d, _mm256_cvtepi32_ps(scale));
        }
    }

    // Codes of a block of half a page from their lower and upper bits.
    static ATTEST_INLINE __m256i codes(unsigned run, __m256i low, __m256i high) {
        const __m256i nibbles = run < 2 ? lowNibbles(low) : highNibbles(low);
        const __m256i upper =
            _mm256_and_si256(_mm256_srli_epi16(high, int(2 * run)), _mm256_set1_epi8(3));
        return _mm256_or_si256(nibbles, _mm256_slli_epi16(upper, 4));
    }
};

template <>
struct Unpacker<kQuantQ6_K> {
    static constexpr size_t kBlocks = 8;
    static constexpr PanelRange kRange = kSmall;
    static constexpr int kBias = 32;

    template <typename Rows>
    static ATTEST_INLINE void unpack(const Rows& rows, size_t index, Block<kQuantQ6_K>* out) {
        const size_t offset = index * 210;
        const HeadQ6_K head = HeadQ6_K::read(rows, offset);
        for (unsigned half = 0; half < 2; ++half) {
            __m256i high[8];
            gather32(rows, offset + 128 + half * 32, high);
            for (unsigned column = 0; column < 2; ++column) {
                __m256i low[8];
                gather32(rows, offset + half * 64 + column * 32, low);
                for (unsigned i = 0; i < 2; ++i) {
                    const unsigned run = column + 2 * i;
                    Block<kQuantQ6_K>& block = out[half * 4 + run];
                    head.factors(half * 4 + run, block.factors);
                    for (size_t k = 0; k < 8; ++k) {
                        block.q[k] = HeadQ6_K::codes(run, low[k], high[k]);
                    }
                }
            }
        }
    }
};

} // namespace

} // namespace attest::engine::avx2
