// Unpackers of weight types with 256 elements a block, whose integers lie in several fields. The
// layouts are those of unpack/k_types.cpp. For files compiled for an instruction set only.
#pragma once

#include "engine/kernels/panels/unpacker.h"

namespace attest::engine {

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ2_K, isSigned> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 0;
    static constexpr int kLargest = 3;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ2_K>* out) {
        const size_t offset = index * 84;
        const typename Ops::V tail = Ops::gatherLast(rows, offset + 68);
        const typename Ops::F d = Ops::lowHalf(tail);
        const typename Ops::F dMin = Ops::lowHalf(Ops::right32(tail, 16));
        typename Ops::V packed[4];
        Ops::gather16(rows, offset, packed);
        for (unsigned half = 0; half < 2; ++half) {
            typename Ops::V bits[8];
            Ops::gather32(rows, offset + 16 + half * 32, bits);
#pragma GCC unroll 4
            for (unsigned i = 0; i < 4; ++i) {
                const unsigned group = half * 4 + i;
                PanelOf<Ops, kQuantQ2_K>& block = out[group];
#pragma GCC unroll 2
                for (unsigned j = 0; j < 2; ++j) {
                    const typename Ops::V byte = Ops::byteOf(packed[group / 2], group % 2 * 2 + j);
                    block.factors[j] = Ops::multiply(d, Ops::toFloat(Ops::lowNibbles(byte)));
                    block.factors[2 + j] = Ops::multiply(dMin, Ops::toFloat(Ops::right32(byte, 4)));
                }
#pragma GCC unroll 8
                for (unsigned k = 0; k < 8; ++k) {
                    block.q[k] = twoBitCodes<Ops>(bits[k], i);
                }
            }
        }
    }
};

// The scales of the sixteen half groups of a block of Q3_K and Q6_K.
template <typename Ops>
struct HalfGroupScales {
    typename Ops::F d;
    typename Ops::V scales[4]; // four bytes each

    ATTEST_INLINE void factors(unsigned group, typename Ops::F* out) const {
#pragma GCC unroll 2
        for (unsigned j = 0; j < 2; ++j) {
            const typename Ops::V scale = Ops::signedByteOf(scales[group / 2], group % 2 * 2 + j);
            out[j] = Ops::multiply(d, Ops::toFloat(scale));
        }
    }
};

// What the sixteen half groups of a block of Q3_K share, and its codes.
template <typename Ops, bool isSigned>
struct HeadQ3_K : HalfGroupScales<Ops> {
    static ATTEST_INLINE HeadQ3_K read(const typename Ops::Rows& rows, size_t offset) {
        HeadQ3_K head;
        typename Ops::V tail[4]; // from two bytes before the scales
        Ops::gather16(rows, offset + 94, tail);
        head.d = Ops::lowHalf(Ops::right32(tail[3], 16));
        typename Ops::V packed[3]; // the twelve bytes
#pragma GCC unroll 3
        for (unsigned i = 0; i < 3; ++i) {
            packed[i] = Ops::bitOr(Ops::right32(tail[i], 16), Ops::left32(tail[i + 1], 16));
        }
#pragma GCC unroll 4
        for (unsigned i = 0; i < 4; ++i) {
            const typename Ops::V low =
                i < 2 ? Ops::lowNibbles(packed[i]) : Ops::highNibbles(packed[i - 2]);
            const typename Ops::V upper = Ops::left16(twoBitCodes<Ops>(packed[2], i), 4);
            head.scales[i] = Ops::subtract8(Ops::bitOr(low, upper), Ops::set8(32));
        }
        return head;
    }

    // Of a group, from its two lower bits in each byte of `low` and the third of all groups.
    static ATTEST_INLINE typename Ops::V
    codes(unsigned group, typename Ops::V low, typename Ops::V upper) {
        return placeCodes<Ops, isSigned, 4>(
            Ops::bitOr(twoBitCodes<Ops>(low, group % 4), moveBit<Ops>(upper, group, 2)));
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ3_K, isSigned> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 4;
    static constexpr int kLargest = 7;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ3_K>* out) {
        const size_t offset = index * 110;
        const auto head = HeadQ3_K<Ops, isSigned>::read(rows, offset);
        typename Ops::V upper[8];
        Ops::gather32(rows, offset, upper);
        for (unsigned half = 0; half < 2; ++half) {
            typename Ops::V bits[8];
            Ops::gather32(rows, offset + 32 + half * 32, bits);
#pragma GCC unroll 4
            for (unsigned i = 0; i < 4; ++i) {
                const unsigned group = half * 4 + i;
                PanelOf<Ops, kQuantQ3_K>& block = out[group];
                head.factors(group, block.factors);
#pragma GCC unroll 8
                for (unsigned k = 0; k < 8; ++k) {
                    block.q[k] = HeadQ3_K<Ops, isSigned>::codes(group, bits[k], upper[k]);
                }
            }
        }
    }
};

// What the eight groups of a block of Q4_K and Q5_K share.
template <typename Ops>
struct HeadWithMinima {
    typename Ops::F d;
    typename Ops::F dMin;
    typename Ops::V scales[2]; // four bytes each, as the minima
    typename Ops::V minima[2];

    static ATTEST_INLINE HeadWithMinima read(const typename Ops::Rows& rows, size_t offset) {
        typename Ops::V words[4]; // d and dmin; then the twelve bytes of scales and minima
        Ops::gather16(rows, offset, words);
        const typename Ops::V six = Ops::set8(63);
        return {
            Ops::lowHalf(words[0]),
            Ops::lowHalf(Ops::right32(words[0], 16)),
            {Ops::bitAnd(words[1], six),
             Ops::bitOr(Ops::lowNibbles(words[3]), Ops::left16(twoBitCodes<Ops>(words[1], 3), 4))},
            {Ops::bitAnd(words[2], six),
             Ops::bitOr(Ops::highNibbles(words[3]),
                        Ops::left16(twoBitCodes<Ops>(words[2], 3), 4))}};
    }

    ATTEST_INLINE void factors(unsigned group, typename Ops::F* out) const {
        out[0] = Ops::multiply(d, Ops::toFloat(Ops::byteOf(scales[group / 4], group % 4)));
        out[1] = Ops::multiply(dMin, Ops::toFloat(Ops::byteOf(minima[group / 4], group % 4)));
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ4_K, isSigned> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 0;
    static constexpr int kLargest = 15;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ4_K>* out) {
        const size_t offset = index * 144;
        const auto head = HeadWithMinima<Ops>::read(rows, offset);
        for (unsigned pair = 0; pair < 4; ++pair) {
            typename Ops::V nibbles[8];
            Ops::gather32(rows, offset + 16 + pair * 32, nibbles);
#pragma GCC unroll 2
            for (unsigned i = 0; i < 2; ++i) {
                PanelOf<Ops, kQuantQ4_K>& block = out[2 * pair + i];
                head.factors(2 * pair + i, block.factors);
#pragma GCC unroll 8
                for (unsigned k = 0; k < 8; ++k) {
                    block.q[k] =
                        i == 0 ? Ops::lowNibbles(nibbles[k]) : Ops::highNibbles(nibbles[k]);
                }
            }
        }
    }
};

// Of a group of Q5_K, from two groups' lower bits and the fifth of all.
template <typename Ops>
ATTEST_INLINE typename Ops::V
codesQ5_K(unsigned group, typename Ops::V nibbles, typename Ops::V fifth) {
    const typename Ops::V low =
        group % 2 == 0 ? Ops::lowNibbles(nibbles) : Ops::highNibbles(nibbles);
    return Ops::bitOr(low, moveBit<Ops>(fifth, group, 4));
}

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ5_K, isSigned> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 0;
    static constexpr int kLargest = 31;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ5_K>* out) {
        const size_t offset = index * 176;
        const auto head = HeadWithMinima<Ops>::read(rows, offset);
        typename Ops::V fifth[8];
        Ops::gather32(rows, offset + 16, fifth);
        for (unsigned pair = 0; pair < 4; ++pair) {
            typename Ops::V nibbles[8];
            Ops::gather32(rows, offset + 48 + pair * 32, nibbles);
#pragma GCC unroll 2
            for (unsigned i = 0; i < 2; ++i) {
                const unsigned group = 2 * pair + i;
                PanelOf<Ops, kQuantQ5_K>& block = out[group];
                head.factors(group, block.factors);
#pragma GCC unroll 8
                for (unsigned k = 0; k < 8; ++k) {
                    block.q[k] = codesQ5_K<Ops>(group, nibbles[k], fifth[k]);
                }
            }
        }
    }
};

// What the sixteen half groups of a block of Q6_K share, and its codes.
template <typename Ops, bool isSigned>
struct HeadQ6_K : HalfGroupScales<Ops> {
    static ATTEST_INLINE HeadQ6_K read(const typename Ops::Rows& rows, size_t offset) {
        HeadQ6_K head;
        head.d = Ops::gatherHalf(rows, offset + 208);
        Ops::gather16(rows, offset + 192, head.scales);
        return head;
    }

    // Of the run-th group of half a block, from their lower and upper bits.
    static ATTEST_INLINE typename Ops::V
    codes(unsigned run, typename Ops::V low, typename Ops::V high) {
        const typename Ops::V nibbles = run < 2 ? Ops::lowNibbles(low) : Ops::highNibbles(low);
        return placeCodes<Ops, isSigned, 32>(
            Ops::bitOr(nibbles, Ops::left16(twoBitCodes<Ops>(high, run), 4)));
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ6_K, isSigned> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 32;
    static constexpr int kLargest = 63;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ6_K>* out) {
        const size_t offset = index * 210;
        const auto head = HeadQ6_K<Ops, isSigned>::read(rows, offset);
        for (unsigned half = 0; half < 2; ++half) {
            typename Ops::V high[8];
            Ops::gather32(rows, offset + 128 + half * 32, high);
#pragma GCC unroll 2
            for (unsigned column = 0; column < 2; ++column) {
                typename Ops::V low[8];
                Ops::gather32(rows, offset + half * 64 + column * 32, low);
#pragma GCC unroll 2
                for (unsigned i = 0; i < 2; ++i) {
                    const unsigned run = column + 2 * i;
                    PanelOf<Ops, kQuantQ6_K>& block = out[half * 4 + run];
                    head.factors(half * 4 + run, block.factors);
#pragma GCC unroll 8
                    for (unsigned k = 0; k < 8; ++k) {
                        block.q[k] = HeadQ6_K<Ops, isSigned>::codes(run, low[k], high[k]);
                    }
                }
            }
        }
    }
};

} // namespace attest::engine
