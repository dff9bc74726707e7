// One block of the file of each row of a panel that lies in memory as panels/layout.h says, for
// vectors of any width: see panels/unpacker.h for `Ops`. What the unpackers gather from rows is
// read from a page as it stands. For files compiled for an instruction set only.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/panels/layout.h"

namespace attest::engine {

template <typename Ops, QuantIndex type>
struct PanelPage {
    using V = typename Ops::V;

    static constexpr PanelLayout kLayout = kPanelLayouts[type];
    static constexpr bool kHasHalf = kLayout.blockBytes % 4 == 2;
    static constexpr size_t kHalfOffset = kLayout.halfIsFirst ? 0 : kLayout.blockBytes - 2;
    static constexpr size_t kFirstWord = kHasHalf && kLayout.halfIsFirst ? 2 : 0; // its offset
    static constexpr size_t kWords = kLayout.blockBytes / 4;
    static constexpr size_t kBytes = kLayout.blockBytes * Ops::kRows;

    const unsigned char* data;

    ATTEST_INLINE V word(size_t i) const {
        if (kHasHalf && i == kWords) {
            return Ops::loadHalves(data);
        }
        return Ops::load(data + (kHasHalf ? 2 * Ops::kRows : 0) + i * 4 * Ops::kRows);
    }

    // The four bytes at `offset` of each row's block, or the two at its end.
    ATTEST_INLINE V bytesAt(size_t offset) const {
        if (kFirstWord != 0 && offset == 0) {
            return Ops::bitOr(Ops::loadHalves(data), Ops::left32(word(0), 16));
        }
        const size_t place = offset - kFirstWord;
        if (place % 4 == 0) {
            return word(place / 4);
        }
        return Ops::bitOr(Ops::right32(word(place / 4), 16), Ops::left32(word(place / 4 + 1), 16));
    }
};

// `Ops` for the unpackers of a page.
template <typename Ops, QuantIndex type>
struct PageOps : Ops {
    using typename Ops::F;
    using typename Ops::V;
    using Rows = PanelPage<Ops, type>;

    static ATTEST_INLINE V gatherWord(const Rows& page, size_t offset) {
        return page.bytesAt(offset);
    }

    static ATTEST_INLINE F gatherHalf(const Rows& page, size_t offset) {
        if (Rows::kHasHalf && offset == Rows::kHalfOffset) {
            return Ops::loadFloats(page.data);
        }
        return Ops::lowHalf(page.bytesAt(offset));
    }

    // The two odd bytes of each row, which are its first.
    static ATTEST_INLINE V firstHalf(const Rows& page) {
        static_assert(Rows::kHasHalf && Rows::kHalfOffset == 0);
        return Ops::loadHalves(page.data);
    }

    static ATTEST_INLINE void gatherPair(const Rows& page, size_t offset, V out[2]) {
        out[0] = page.bytesAt(offset);
        out[1] = page.bytesAt(offset + 4);
    }

    static ATTEST_INLINE V gatherLast(const Rows& page, size_t offset) {
        return page.bytesAt(offset + 12);
    }

    static ATTEST_INLINE void gather16(const Rows& page, size_t offset, V out[4]) {
#pragma GCC unroll 4
        for (size_t k = 0; k < 4; ++k) {
            out[k] = page.bytesAt(offset + 4 * k);
        }
    }

    static ATTEST_INLINE void gather32(const Rows& page, size_t offset, V out[8]) {
#pragma GCC unroll 8
        for (size_t k = 0; k < 8; ++k) {
            out[k] = page.bytesAt(offset + 4 * k);
        }
    }
};

} // namespace attest::engine
