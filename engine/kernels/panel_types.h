// Unpackers of weight types into panels, written once for vectors of any width: each 32-bit lane is
// a row of weights. `Ops` is the vector type of a kernel set with its operations, a class of the
// set's own file (see VectorOps in avx2_gather.h and avx512_gather.h), so nothing here is shared
// between sets. For files compiled for an instruction set only.
//
// An unpacker writes kBlocks blocks of 32 elements: the `index`-th block of the file, of every row.
// Integers are written with kBias added, which makes them 0…kLargest, or as they are (isSigned).
// The layouts are those of unpack/*.cpp, function by function; what is said there is not repeated.
// Reading goes 16 or 32 bytes at a time and never leaves the block.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/panel_page.h"

namespace attest::engine {

template <typename Ops, QuantIndex type, bool isSigned>
struct PanelUnpacker;

template <typename Ops, QuantIndex type>
using PanelOf = typename Ops::template Block<kQuantForms[type]>;

template <typename Ops, bool isSigned, int bias>
ATTEST_INLINE typename Ops::V placeCodes(typename Ops::V codes) {
    if constexpr (isSigned && bias != 0) {
        return Ops::subtract8(codes, Ops::set8(bias));
    }
    return codes;
}

// Bit `from` of every byte at bit `to`, the other bits zero.
template <typename Ops>
ATTEST_INLINE typename Ops::V moveBit(typename Ops::V bytes, unsigned from, unsigned to) {
    const typename Ops::V moved =
        from > to ? Ops::right16(bytes, from - to) : Ops::left16(bytes, to - from);
    return Ops::bitAnd(moved, Ops::set8(1 << to));
}

// Bits 2·i and 2·i + 1 of every byte.
template <typename Ops>
ATTEST_INLINE typename Ops::V twoBitCodes(typename Ops::V bytes, unsigned i) {
    return Ops::bitAnd(Ops::right16(bytes, 2 * i), Ops::set8(3));
}

// ---- simple_types.cpp

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ8_0, isSigned> {
    static constexpr size_t kBlocks = 1;
    static constexpr int kBias = 128;
    static constexpr int kLargest = 255;

    static ATTEST_INLINE typename Ops::V place(typename Ops::V codes) {
        return isSigned ? codes : Ops::bitXor(codes, Ops::set8(-128)); // + 128
    }

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ8_0>* out) {
        const size_t offset = index * 34;
        out->factors[0] = Ops::gatherHalf(rows, offset);
        Ops::gather32(rows, offset + 2, out->q);
#pragma GCC unroll 8
        for (typename Ops::V& q : out->q) {
            q = place(q);
        }
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ4_0, isSigned> {
    static constexpr size_t kBlocks = 1;
    static constexpr int kBias = 8;
    static constexpr int kLargest = 15;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ4_0>* out) {
        const size_t offset = index * 18;
        out->factors[0] = Ops::gatherHalf(rows, offset);
        typename Ops::V nibbles[4];
        Ops::gather16(rows, offset + 2, nibbles);
#pragma GCC unroll 4
        for (unsigned k = 0; k < 4; ++k) {
            out->q[k] = placeCodes<Ops, isSigned, kBias>(Ops::lowNibbles(nibbles[k]));
            out->q[4 + k] = placeCodes<Ops, isSigned, kBias>(Ops::highNibbles(nibbles[k]));
        }
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ4_1, isSigned> {
    static constexpr size_t kBlocks = 1;
    static constexpr int kBias = 0;
    static constexpr int kLargest = 15;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ4_1>* out) {
        const size_t offset = index * 20;
        const typename Ops::V head = Ops::gatherWord(rows, offset);
        out->factors[0] = Ops::lowHalf(head);
        out->factors[1] = Ops::negate(Ops::lowHalf(Ops::right32(head, 16)));
        typename Ops::V nibbles[4];
        Ops::gather16(rows, offset + 4, nibbles);
#pragma GCC unroll 4
        for (unsigned k = 0; k < 4; ++k) {
            out->q[k] = Ops::lowNibbles(nibbles[k]);
            out->q[4 + k] = Ops::highNibbles(nibbles[k]);
        }
    }
};

// Nibbles with a fifth bit each.
template <typename Ops, bool isSigned, int bias>
ATTEST_INLINE void
fiveBitCodes(typename Ops::V nibbles[4], typename Ops::V fifth, typename Ops::V* q) {
#pragma GCC unroll 4
    for (unsigned k = 0; k < 4; ++k) {
        q[k] = placeCodes<Ops, isSigned, bias>(
            Ops::bitOr(Ops::lowNibbles(nibbles[k]), Ops::spreadBits(fifth, k, 16)));
        q[4 + k] = placeCodes<Ops, isSigned, bias>(
            Ops::bitOr(Ops::highNibbles(nibbles[k]), Ops::spreadBits(fifth, 4 + k, 16)));
    }
}

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ5_0, isSigned> {
    static constexpr size_t kBlocks = 1;
    static constexpr int kBias = 16;
    static constexpr int kLargest = 31;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ5_0>* out) {
        const size_t offset = index * 22;
        typename Ops::V head[2];
        Ops::gatherPair(rows, offset, head);
        out->factors[0] = Ops::lowHalf(head[0]);
        const typename Ops::V fifth =
            Ops::bitOr(Ops::right32(head[0], 16), Ops::left32(head[1], 16));
        typename Ops::V nibbles[4];
        Ops::gather16(rows, offset + 6, nibbles);
        fiveBitCodes<Ops, isSigned, kBias>(nibbles, fifth, out->q);
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ5_1, isSigned> {
    static constexpr size_t kBlocks = 1;
    static constexpr int kBias = 0;
    static constexpr int kLargest = 31;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ5_1>* out) {
        const size_t offset = index * 24;
        typename Ops::V head[2];
        Ops::gatherPair(rows, offset, head);
        out->factors[0] = Ops::lowHalf(head[0]);
        out->factors[1] = Ops::negate(Ops::lowHalf(Ops::right32(head[0], 16)));
        typename Ops::V nibbles[4];
        Ops::gather16(rows, offset + 8, nibbles);
        fiveBitCodes<Ops, isSigned, 0>(nibbles, head[1], out->q);
    }
};

// ---- k_types.cpp

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

// ---- table_types.cpp

// The tables with the types' bias added, and as they are.
struct PanelTables {
    alignas(16) signed char iq4[2][16];
    alignas(16) signed char fp4[2][16];
    alignas(16) signed char odd[2][16];
};

constexpr PanelTables kPanelTables = {
    {{1, 24, 45, 63, 79, 93, 106, 118, -127, -115, -103, -90, -75, -59, -39, -15}, // as unsigned
     {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113}},
    {{12, 13, 14, 15, 16, 18, 20, 24, 12, 11, 10, 9, 8, 6, 4, 0},
     {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12}},
    {{0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30},
     {-15, -13, -11, -9, -7, -5, -3, -1, 1, 3, 5, 7, 9, 11, 13, 15}}};

template <typename Ops>
ATTEST_INLINE void
lookUpNibbles(const typename Ops::V* nibbles, const signed char* table, typename Ops::V* q) {
    const typename Ops::V entries = Ops::repeat16(table);
#pragma GCC unroll 4
    for (unsigned k = 0; k < 4; ++k) {
        q[k] = Ops::lookUp(entries, Ops::lowNibbles(nibbles[k]));
        q[4 + k] = Ops::lookUp(entries, Ops::highNibbles(nibbles[k]));
    }
}

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantIQ4_NL, isSigned> {
    static constexpr size_t kBlocks = 1;
    static constexpr int kBias = 128;
    static constexpr int kLargest = 255;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantIQ4_NL>* out) {
        const size_t offset = index * 18;
        out->factors[0] = Ops::gatherHalf(rows, offset);
        typename Ops::V nibbles[4];
        Ops::gather16(rows, offset + 2, nibbles);
        lookUpNibbles<Ops>(nibbles, kPanelTables.iq4[isSigned], out->q);
    }
};

// What the eight groups of a block of IQ4_XS share, and of what is laid out like it.
template <typename Ops>
struct HeadIQ4_XS {
    typename Ops::V words[2];
    typename Ops::F d;

    static ATTEST_INLINE HeadIQ4_XS read(const typename Ops::Rows& rows, size_t offset) {
        HeadIQ4_XS head;
        Ops::gatherPair(rows, offset, head.words);
        head.d = Ops::lowHalf(head.words[0]);
        return head;
    }

    ATTEST_INLINE typename Ops::F factor(unsigned group) const {
        const typename Ops::V low = Ops::bitAnd(Ops::right32(words[1], 4 * group), Ops::set32(15));
        const typename Ops::V upper =
            Ops::bitAnd(Ops::right32(words[0], 16 + 2 * group), Ops::set32(3));
        const typename Ops::V scale =
            Ops::subtract32(Ops::bitOr(low, Ops::left32(upper, 4)), Ops::set32(32));
        return Ops::multiply(d, Ops::toFloat(scale));
    }
};

template <typename Ops, typename Block>
ATTEST_INLINE void unpackNibblesWithScales(const typename Ops::Rows& rows,
                                           size_t index,
                                           const signed char* table,
                                           Block* out) {
    const size_t offset = index * 136;
    const auto head = HeadIQ4_XS<Ops>::read(rows, offset);
    for (unsigned pair = 0; pair < 4; ++pair) {
        typename Ops::V nibbles[8];
        Ops::gather32(rows, offset + 8 + pair * 32, nibbles);
#pragma GCC unroll 2
        for (unsigned i = 0; i < 2; ++i) {
            const unsigned group = 2 * pair + i;
            out[group].factors[0] = head.factor(group);
            lookUpNibbles<Ops>(nibbles + 4 * i, table, out[group].q);
        }
    }
}

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantIQ4_XS, isSigned> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 128;
    static constexpr int kLargest = 255;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantIQ4_XS>* out) {
        unpackNibblesWithScales<Ops>(rows, index, kPanelTables.iq4[isSigned], out);
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantIQ3_SWide, isSigned> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 15;
    static constexpr int kLargest = 30;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantIQ3_SWide>* out) {
        unpackNibblesWithScales<Ops>(rows, index, kPanelTables.odd[isSigned], out);
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantMXFP4, isSigned> {
    static constexpr size_t kBlocks = 1;
    static constexpr int kBias = 12;
    static constexpr int kLargest = 24;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantMXFP4>* out) {
        const size_t offset = index * 17;
        out->factors[0] = Ops::halfPowerOfTwo(Ops::byteOf(Ops::gatherWord(rows, offset), 0));
        typename Ops::V nibbles[4];
        Ops::gather16(rows, offset + 1, nibbles);
        lookUpNibbles<Ops>(nibbles, kPanelTables.fp4[isSigned], out->q);
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantMXFP4Wide, isSigned> : PanelUnpacker<Ops, kQuantMXFP4, isSigned> {
    static ATTEST_INLINE typename Ops::F factor(const typename Ops::Rows& page) {
        return Ops::floatOf(Ops::left32(Ops::firstHalf(page), 16));
    }

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& page, size_t, PanelOf<Ops, kQuantMXFP4>* out) {
        out->factors[0] = factor(page);
        typename Ops::V nibbles[4];
        Ops::gather16(page, 2, nibbles);
        lookUpNibbles<Ops>(nibbles, kPanelTables.fp4[isSigned], out->q);
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantIQ3_S, isSigned> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 15;
    static constexpr int kLargest = 30;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantIQ3_S>* out) {
        const size_t offset = index * 110;
        typename Ops::V tail[4]; // the last dword holds the scales
        Ops::gather16(rows, offset + 94, tail);
        const typename Ops::F d = Ops::gatherHalf(rows, offset);
        typename Ops::V upper[2];
        Ops::gatherPair(rows, offset + 66, upper);
        typename Ops::V signs[8];
        Ops::gather32(rows, offset + 74, signs);
        for (unsigned half = 0; half < 2; ++half) {
            typename Ops::V low[8];
            Ops::gather32(rows, offset + 2 + half * 32, low);
#pragma GCC unroll 4
            for (unsigned i = 0; i < 4; ++i) {
                const unsigned group = half * 4 + i;
                PanelOf<Ops, kQuantIQ3_S>& block = out[group];
                // 2 s + 1
                const typename Ops::V scale = Ops::bitOr(
                    Ops::left32(Ops::bitAnd(Ops::right32(tail[3], 4 * group), Ops::set32(15)), 1),
                    Ops::set32(1));
                block.factors[0] = Ops::multiply(d, Ops::toFloat(scale));
                const typename Ops::V ninth = Ops::byteOf(upper[half], i);
#pragma GCC unroll 8
                for (unsigned k = 0; k < 8; ++k) {
                    const typename Ops::V entry =
                        Ops::bitOr(Ops::byteOf(low[2 * i + k / 4], k % 4),
                                   Ops::bitAnd(Ops::left32(ninth, 8 - k), Ops::set32(256)));
                    const typename Ops::V minus = Ops::spreadBits(signs[group], k, -1);
                    const typename Ops::V q =
                        Ops::subtract8(Ops::bitXor(Ops::gridEntry(entry), minus), minus);
                    block.q[k] = isSigned ? q : Ops::add8(q, Ops::set8(kBias));
                }
            }
        }
    }
};

// ---- few_bit_types.cpp

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantTQ1_0, isSigned> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 1;
    static constexpr int kLargest = 2;

    // The first digit of each byte, whose next digit is the first then.
    static ATTEST_INLINE typename Ops::V takeDigit(typename Ops::V& bytes) {
        const typename Ops::V first = placeCodes<Ops, isSigned, kBias>(Ops::thirds(bytes));
        bytes = Ops::add8(bytes, Ops::add8(bytes, bytes));
        return first;
    }

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantTQ1_0>* out) {
        const size_t offset = index * 54;
        typename Ops::V tail[4]; // from ten bytes before the last four bytes of digits
        Ops::gather16(rows, offset + 38, tail);
        const typename Ops::F d = Ops::lowHalf(Ops::right32(tail[3], 16));
#pragma GCC unroll 8
        for (unsigned b = 0; b < 8; ++b) {
            out[b].factors[0] = d;
        }
        typename Ops::V bytes[8];
        Ops::gather32(rows, offset, bytes);
#pragma GCC unroll 8
        for (unsigned k = 0; k < 8; ++k) {
#pragma GCC unroll 5
            for (unsigned n = 0; n < 5; ++n) {
                out[n].q[k] = takeDigit(bytes[k]);
            }
        }
        Ops::gather16(rows, offset + 32, bytes);
#pragma GCC unroll 4
        for (unsigned k = 0; k < 4; ++k) {
#pragma GCC unroll 5
            for (unsigned n = 0; n < 5; ++n) {
                out[5 + n / 2].q[n % 2 * 4 + k] = takeDigit(bytes[k]);
            }
        }
        typename Ops::V last = Ops::bitOr(Ops::right32(tail[2], 16), Ops::left32(tail[3], 16));
#pragma GCC unroll 4
        for (unsigned n = 0; n < 4; ++n) {
            out[7].q[4 + n] = takeDigit(last);
        }
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantTQ2_0, isSigned> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 1;
    static constexpr int kLargest = 3;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantTQ2_0>* out) {
        const size_t offset = index * 66;
        const typename Ops::F d =
            Ops::lowHalf(Ops::right32(Ops::gatherLast(rows, offset + 50), 16));
        for (unsigned half = 0; half < 2; ++half) {
            typename Ops::V bits[8];
            Ops::gather32(rows, offset + half * 32, bits);
#pragma GCC unroll 4
            for (unsigned i = 0; i < 4; ++i) {
                PanelOf<Ops, kQuantTQ2_0>& block = out[half * 4 + i];
                block.factors[0] = d;
#pragma GCC unroll 8
                for (unsigned k = 0; k < 8; ++k) {
                    block.q[k] = placeCodes<Ops, isSigned, kBias>(twoBitCodes<Ops>(bits[k], i));
                }
            }
        }
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantI2_S, isSigned> {
    static constexpr size_t kBlocks = 4;
    static constexpr int kBias = 1;
    static constexpr int kLargest = 3;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantI2_S>* out) {
        typename Ops::V bits[8];
        Ops::gather32(rows, index * 32, bits);
#pragma GCC unroll 4
        for (unsigned i = 0; i < 4; ++i) {
            out[i].factors[0] = Ops::one();
#pragma GCC unroll 8
            for (unsigned k = 0; k < 8; ++k) {
                out[i].q[k] = placeCodes<Ops, isSigned, kBias>(twoBitCodes<Ops>(bits[k], 3 - i));
            }
        }
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ1_0, isSigned> {
    static constexpr size_t kBlocks = 4;
    static constexpr int kBias = 1;
    static constexpr int kLargest = 2;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ1_0>* out) {
        const size_t offset = index * 18;
        const typename Ops::F d = Ops::gatherHalf(rows, offset);
        typename Ops::V bits[4];
        Ops::gather16(rows, offset + 2, bits);
#pragma GCC unroll 4
        for (unsigned i = 0; i < 4; ++i) {
            out[i].factors[0] = d;
#pragma GCC unroll 8
            for (unsigned k = 0; k < 8; ++k) {
                out[i].q[k] = placeCodes<Ops, isSigned, kBias>(Ops::spreadBits(bits[i], k, 2));
            }
        }
    }
};

template <typename Ops, bool isSigned>
struct PanelUnpacker<Ops, kQuantQ2_0, isSigned> {
    static constexpr size_t kBlocks = 2;
    static constexpr int kBias = 1;
    static constexpr int kLargest = 3;

    static ATTEST_INLINE void
    unpack(const typename Ops::Rows& rows, size_t index, PanelOf<Ops, kQuantQ2_0>* out) {
        const size_t offset = index * 18;
        const typename Ops::F d = Ops::gatherHalf(rows, offset);
        typename Ops::V bits[4];
        Ops::gather16(rows, offset + 2, bits);
        const typename Ops::V upperHalf = Ops::set32(int(0xFFFF0000U));
        const typename Ops::V oddBytes = Ops::set32(int(0xFF00FF00U));
#pragma GCC unroll 2
        for (unsigned i = 0; i < 2; ++i) {
            out[i].factors[0] = d;
#pragma GCC unroll 8
            for (unsigned k = 0; k < 8; ++k) {
                // One byte for four elements: bytes 2 and 3 of the lane shift by 4, then 1 and 3
                // by 2. What comes in from neighbouring bytes is above the two bits that count.
                const typename Ops::V byte = Ops::spreadByte(bits[2 * i + k / 4], k % 4);
                const typename Ops::V four = Ops::select(upperHalf, Ops::right16(byte, 4), byte);
                const typename Ops::V two = Ops::select(oddBytes, Ops::right16(four, 2), four);
                out[i].q[k] = placeCodes<Ops, isSigned, kBias>(Ops::bitAnd(two, Ops::set8(3)));
            }
        }
    }
};

} // namespace attest::engine
