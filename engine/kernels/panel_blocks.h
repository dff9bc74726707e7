// The blocks of a page of weights, for products that unpack them into registers and forget them.
// For files compiled for an instruction set only.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/panel_page.h"
#include "engine/kernels/panel_types.h"

namespace attest::engine {

// Returns work.operator()<type>() for the types whose blocks forBlocks() knows: those of the files
// that people use, and those so small that storing what is unpacked would take longer than reading
// them. False for others.
template <typename Work>
bool withBlockType(QuantIndex type, const Work& work) {
    switch (type) {
    case kQuantQ8_0:
        return work.template operator()<kQuantQ8_0>();
    case kQuantQ4_0:
        return work.template operator()<kQuantQ4_0>();
    case kQuantQ4_K:
        return work.template operator()<kQuantQ4_K>();
    case kQuantQ6_K:
        return work.template operator()<kQuantQ6_K>();
    case kQuantQ2_K:
        return work.template operator()<kQuantQ2_K>();
    case kQuantTQ2_0:
        return work.template operator()<kQuantTQ2_0>();
    case kQuantI2_S:
        return work.template operator()<kQuantI2_S>();
    default:
        return false;
    }
}

// Types of which there is code for few numbers of tokens, as it is long and they are rare.
template <QuantIndex type>
constexpr bool kIsOfTwoBits = type == kQuantQ2_K || type == kQuantTQ2_0 || type == kQuantI2_S;

// Calls use(codes, factors, number) for each block of 32 of a page, in order: codes(k) are the
// elements 4k…4k+3 of each row as an unpacker places them, read when they are asked for, so that
// none has to be stored; factors as in the blocks of `Ops`.
template <typename Ops, QuantIndex type, bool isSigned, typename Use>
ATTEST_INLINE void forBlocks(const PanelPage<Ops, type>& page, const Use& use) {
    using V = typename Ops::V;
    using F = typename Ops::F;
    using OfPage = PageOps<Ops, type>;
    if constexpr (type == kQuantQ8_0) {
        const F factor = OfPage::gatherHalf(page, 0);
        const auto codes = [&](size_t k) __attribute__((always_inline)) {
            return PanelUnpacker<Ops, type, isSigned>::place(page.bytesAt(2 + 4 * k));
        };
        use(codes, &factor, 0);
    } else if constexpr (type == kQuantQ4_0) {
        const F factor = OfPage::gatherHalf(page, 0);
        const auto codes = [&](size_t k) __attribute__((always_inline)) {
            const V bytes = page.bytesAt(2 + 4 * (k % 4));
            return placeCodes<Ops, isSigned, 8>(k < 4 ? Ops::lowNibbles(bytes)
                                                      : Ops::highNibbles(bytes));
        };
        use(codes, &factor, 0);
    } else if constexpr (type == kQuantQ4_K) {
        const auto head = HeadWithMinima<OfPage>::read(page, 0);
        for (unsigned pair = 0; pair < 4; ++pair) {
#pragma GCC unroll 2
            for (unsigned i = 0; i < 2; ++i) {
                F factors[2];
                head.factors(2 * pair + i, factors);
                const auto codes = [&](size_t k) __attribute__((always_inline)) {
                    const V bytes = page.bytesAt(16 + pair * 32 + 4 * k);
                    return i == 0 ? Ops::lowNibbles(bytes) : Ops::highNibbles(bytes);
                };
                use(codes, factors, 2 * pair + i);
            }
        }
    } else if constexpr (type == kQuantTQ2_0 || type == kQuantI2_S) {
        constexpr bool hasScale = type == kQuantTQ2_0;
        F factor;
        if constexpr (hasScale) {
            factor = OfPage::gatherHalf(page, 64);
        } else {
            factor = Ops::one();
        }
        for (unsigned half = 0; half < (hasScale ? 2 : 1); ++half) {
#pragma GCC unroll 4
            for (unsigned i = 0; i < 4; ++i) {
                const auto codes = [&](size_t k) __attribute__((always_inline)) {
                    const V bytes = page.bytesAt(half * 32 + 4 * k);
                    return placeCodes<Ops, isSigned, 1>(
                        twoBitCodes<Ops>(bytes, hasScale ? i : 3 - i));
                };
                use(codes, &factor, half * 4 + i);
            }
        }
    } else if constexpr (type == kQuantQ2_K) {
        const V tail = page.bytesAt(80);
        const F d = Ops::lowHalf(tail);
        const F dMin = Ops::lowHalf(Ops::right32(tail, 16));
        for (unsigned half = 0; half < 2; ++half) {
#pragma GCC unroll 4
            for (unsigned i = 0; i < 4; ++i) {
                const V packed = page.bytesAt(8 * half + 4 * (i / 2));
                F factors[4];
#pragma GCC unroll 2
                for (unsigned j = 0; j < 2; ++j) {
                    const V byte = Ops::byteOf(packed, i % 2 * 2 + j);
                    factors[j] = Ops::multiply(d, Ops::toFloat(Ops::lowNibbles(byte)));
                    factors[2 + j] = Ops::multiply(dMin, Ops::toFloat(Ops::right32(byte, 4)));
                }
                const auto codes = [&](size_t k) __attribute__((always_inline)) {
                    return twoBitCodes<Ops>(page.bytesAt(16 + half * 32 + 4 * k), i);
                };
                use(codes, factors, half * 4 + i);
            }
        }
    } else {
        static_assert(type == kQuantQ6_K);
        using Head = HeadQ6_K<OfPage, isSigned>;
        const Head head = Head::read(page, 0);
        for (unsigned half = 0; half < 2; ++half) {
#pragma GCC unroll 4
            for (unsigned run = 0; run < 4; ++run) {
                F factors[2];
                head.factors(half * 4 + run, factors);
                const auto codes = [&](size_t k) __attribute__((always_inline)) {
                    return Head::codes(run,
                                       page.bytesAt(half * 64 + run % 2 * 32 + 4 * k),
                                       page.bytesAt(128 + half * 32 + 4 * k));
                };
                use(codes, factors, half * 4 + run);
            }
        }
    }
}

} // namespace attest::engine
