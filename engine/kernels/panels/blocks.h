// The blocks of a page of weights, for products that unpack them into registers and forget them.
// For files compiled for an instruction set only.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/panels/page.h"
#include "engine/kernels/panels/types.h"

namespace attest::engine {

// Returns work.operator()<type>() for types whose blocks forBlocks() knows: those that files
// consist of most, and those so small that storing what is unpacked would take longer than reading
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

// The same for all types that forBlocks() knows, for sets where storing what is unpacked takes
// longer than reading it for the other types, too.
template <typename Work>
bool withFurtherBlockType(QuantIndex type, const Work& work) {
    switch (type) {
    case kQuantQ4_1:
        return work.template operator()<kQuantQ4_1>();
    case kQuantQ5_0:
        return work.template operator()<kQuantQ5_0>();
    case kQuantQ5_1:
        return work.template operator()<kQuantQ5_1>();
    case kQuantQ3_K:
        return work.template operator()<kQuantQ3_K>();
    case kQuantQ5_K:
        return work.template operator()<kQuantQ5_K>();
    case kQuantIQ4_NL:
        return work.template operator()<kQuantIQ4_NL>();
    case kQuantIQ4_XS:
        return work.template operator()<kQuantIQ4_XS>();
    case kQuantIQ3_SWide:
        return work.template operator()<kQuantIQ3_SWide>();
    case kQuantMXFP4Wide:
        return work.template operator()<kQuantMXFP4Wide>();
    default:
        return withBlockType(type, work);
    }
}

// Types with code for every small number of tokens. Such code is long; others have it for few
// numbers.
template <QuantIndex type>
constexpr bool kIsCommon =
    type == kQuantQ8_0 || type == kQuantQ4_0 || type == kQuantQ4_K || type == kQuantQ6_K;

// Nibbles 4k…4k+3 of a block that has its first half in the lower ones of sixteen bytes from
// `offset` on.
template <typename Ops, QuantIndex type>
ATTEST_INLINE typename Ops::V nibblesAt(const PanelPage<Ops, type>& page, size_t offset, size_t k) {
    const typename Ops::V bytes = page.bytesAt(offset + 4 * (k % 4));
    return k < 4 ? Ops::lowNibbles(bytes) : Ops::highNibbles(bytes);
}

// Such nibbles looked up in a table.
template <typename Ops, QuantIndex type>
struct LookedUpNibbles {
    const PanelPage<Ops, type>& page;
    typename Ops::V table;
    size_t offset;

    ATTEST_INLINE typename Ops::V operator()(size_t k) const {
        return Ops::lookUp(table, nibblesAt<Ops, type>(page, offset, k));
    }
};

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
            return placeCodes<Ops, isSigned, 8>(nibblesAt<Ops, type>(page, 2, k));
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
    } else if constexpr (type == kQuantQ4_1 || type == kQuantQ5_0 || type == kQuantQ5_1) {
        constexpr bool hasFifth = type != kQuantQ4_1;
        constexpr bool hasMinimum = type != kQuantQ5_0;
        constexpr int kBias = hasMinimum ? 0 : 16;
        constexpr size_t kFifth = hasMinimum ? 4 : 2; // where the fifth bits are, if any
        constexpr size_t kNibbles = kFifth + (hasFifth ? 4 : 0);
        F factors[2] = {OfPage::gatherHalf(page, 0)};
        if constexpr (hasMinimum) {
            factors[1] = Ops::negate(Ops::lowHalf(Ops::right32(page.bytesAt(0), 16)));
        }
        const V fifth = hasFifth ? page.bytesAt(kFifth) : Ops::set32(0);
        const auto codes = [&](size_t k) __attribute__((always_inline)) {
            V q = nibblesAt<Ops, type>(page, kNibbles, k);
            if constexpr (hasFifth) {
                q = Ops::bitOr(q, Ops::spreadBits(fifth, unsigned(k), 16));
            }
            return placeCodes<Ops, isSigned, kBias>(q);
        };
        use(codes, factors, 0);
    } else if constexpr (type == kQuantQ3_K) {
        using Head = HeadQ3_K<OfPage, isSigned>;
        const Head head = Head::read(page, 0);
#pragma GCC unroll 8
        for (unsigned group = 0; group < 8; ++group) {
            F factors[2];
            head.factors(group, factors);
            const auto codes = [&](size_t k) __attribute__((always_inline)) {
                return Head::codes(
                    group, page.bytesAt(32 + group / 4 * 32 + 4 * k), page.bytesAt(4 * k));
            };
            use(codes, factors, group);
        }
    } else if constexpr (type == kQuantQ5_K) {
        const auto head = HeadWithMinima<OfPage>::read(page, 0);
#pragma GCC unroll 8
        for (unsigned group = 0; group < 8; ++group) {
            F factors[2];
            head.factors(group, factors);
            const auto codes = [&](size_t k) __attribute__((always_inline)) {
                return codesQ5_K<Ops>(
                    group, page.bytesAt(48 + group / 2 * 32 + 4 * k), page.bytesAt(16 + 4 * k));
            };
            use(codes, factors, group);
        }
    } else if constexpr (type == kQuantIQ4_NL) {
        const V table = Ops::repeat16(kPanelTables.iq4[isSigned]);
        const F factor = OfPage::gatherHalf(page, 0);
        use(LookedUpNibbles<Ops, type>{page, table, 2}, &factor, 0);
    } else if constexpr (type == kQuantMXFP4Wide) {
        const V table = Ops::repeat16(kPanelTables.fp4[isSigned]);
        const F factor = PanelUnpacker<OfPage, type, isSigned>::factor(page);
        use(LookedUpNibbles<Ops, type>{page, table, 2}, &factor, 0);
    } else if constexpr (type == kQuantIQ4_XS || type == kQuantIQ3_SWide) {
        constexpr bool isOdd = type == kQuantIQ3_SWide;
        const V table =
            Ops::repeat16(isOdd ? kPanelTables.odd[isSigned] : kPanelTables.iq4[isSigned]);
        const auto head = HeadIQ4_XS<OfPage>::read(page, 0);
        for (unsigned group = 0; group < 8; ++group) {
            const F factor = head.factor(group);
            use(LookedUpNibbles<Ops, type>{page, table, 8 + 16 * group}, &factor, group);
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
