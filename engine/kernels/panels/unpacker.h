// Unpackers of weight types into panels, written once for vectors of any width: each 32-bit lane is
// a row of weights. `Ops` is the vector type of a kernel set with its operations, a class of the
// set's own file (see VectorOps in avx2/gather.h and avx512/gather.h), so nothing here is shared
// between sets. For files compiled for an instruction set only.
//
// An unpacker writes kBlocks blocks of 32 elements: the `index`-th block of the file, of every row.
// Integers are written with kBias added, which makes them 0…kLargest, or as they are (isSigned).
// The layouts are those of unpack/*.cpp, function by function; what is said there is not repeated.
// Reading goes 16 or 32 bytes at a time and never leaves the block.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/panels/page.h"

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

} // namespace attest::engine
