// Unpackers of weight types with 32 elements a block. The layouts are those of
// unpack/simple_types.cpp. For files compiled for an instruction set only.
#pragma once

#include "engine/kernels/panels/unpacker.h"

namespace attest::engine {

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

} // namespace attest::engine
