// Unpackers of weight types with one or two bits an element, or three values. The layouts are those
// of unpack/few_bit_types.cpp. For files compiled for an instruction set only.
#pragma once

#include "engine/kernels/panels/unpacker.h"

namespace attest::engine {

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
