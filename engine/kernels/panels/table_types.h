// Unpackers of weight types whose integers are looked up in a table. The layouts are those of
// unpack/table_types.cpp. For files compiled for an instruction set only.
#pragma once

#include "engine/kernels/panels/unpacker.h"

namespace attest::engine {

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

} // namespace attest::engine
