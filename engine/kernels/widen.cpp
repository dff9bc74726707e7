#include "engine/kernels/widen.h"

#include "engine/kernels/panels/layout.h"
#include "engine/kernels/unpack.h"
#include "engine/kernels/unpack/iq3s_grid.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace attest::engine {

namespace {

constexpr std::size_t kGroups = 8; // of 32 elements in a block of 256

// Elements 4 k…4 k + 3 of a group of IQ3_S (see unpackIQ3_S()), each a byte: the integers are odd,
// and q stands as (q + 15) / 2, whose four bits are those of −q the other way round.
std::uint32_t oddCodes(const unsigned char* block, std::size_t group, std::size_t k) {
    const std::size_t upper = (unsigned(block[66 + group]) >> k) & 1U;
    const std::uint32_t magnitudes =
        std::uint32_t(kIq3sGrid.entries[block[2 + group * 8 + k] | upper << 8U]);
    const std::uint32_t signs = (unsigned(block[74 + group * 4 + k / 2]) >> (4 * (k % 2))) & 15U;
    const std::uint32_t isNegative = signs * 0x00204081U & 0x01010101U; // a bit in each byte
    return ((magnitudes >> 1U & 0x07070707U) | 0x08080808U) ^ isNegative * 15U;
}

// See unpackIQ3_SWide().
void widenIQ3_S(const unsigned char* block, unsigned char* out) {
    std::fill_n(out, kPanelLayouts[kQuantIQ3_SWide].blockBytes, static_cast<unsigned char>(0));
    std::copy_n(block, 2, out);
    const unsigned char* scales = block + 106;
    for (std::size_t group = 0; group < kGroups; ++group) {
        const unsigned code = (unsigned(scales[group / 2]) >> (4 * (group % 2))) & 15U;
        const unsigned scale = 32 + 2 * code + 1;
        unsigned char& upper = out[2 + group / 4];
        upper = static_cast<unsigned char>(upper | (scale >> 4U) << (2 * (group % 4)));
        unsigned char& low = out[4 + group / 2];
        low = static_cast<unsigned char>(low | (scale & 15U) << (4 * (group % 2)));
        for (std::size_t k = 0; k < 4; ++k) {
            const std::uint32_t codes = oddCodes(block, group, k) | oddCodes(block, group, 4 + k)
                                                                        << 4U;
            std::memcpy(out + 8 + group * 16 + 4 * k, &codes, sizeof codes);
        }
    }
}

// To TQ2_0.
void widenTQ1_0(const unsigned char* block, unsigned char* out) {
    std::fill_n(out, kPanelLayouts[kQuantTQ2_0].blockBytes, static_cast<unsigned char>(0));
    for (std::size_t group = 0; group < kGroups; ++group) {
        const WeightBlock weights = unpackBlock(kQuantTQ1_0, block, group);
        for (std::size_t i = 0; i < weights.q.size(); ++i) {
            unsigned char& bits = out[group / 4 * 32 + i];
            bits = static_cast<unsigned char>(bits | (weights.q[i] + 1) << (2 * (group % 4)));
        }
    }
    std::copy_n(block + 52, 2, out + 64);
}

// See unpackMXFP4Wide(): a power of two is exact as a bfloat16.
void widenMXFP4(const unsigned char* block, unsigned char* out) {
    const auto scale =
        std::bit_cast<std::uint32_t>(unpackBlock(kQuantMXFP4, block, 0).scales[0]) >> 16U;
    out[0] = static_cast<unsigned char>(scale & 255U);
    out[1] = static_cast<unsigned char>(scale >> 8U);
    std::copy_n(block + 1, 16, out + 2);
}

constexpr Widening kIQ3_S = {110, widenIQ3_S};
constexpr Widening kTQ1_0 = {54, widenTQ1_0};
constexpr Widening kMXFP4 = {17, widenMXFP4};

} // namespace

const Widening* wideningOf(QuantIndex type) {
    switch (type) {
    case kQuantIQ3_S:
        return &kIQ3_S;
    case kQuantTQ1_0:
        return &kTQ1_0;
    case kQuantMXFP4:
        return &kMXFP4;
    default:
        return nullptr;
    }
}

} // namespace attest::engine
