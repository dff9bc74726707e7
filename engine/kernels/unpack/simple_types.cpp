#include "engine/kernels/unpack/block_types.h"

#include <cstring>

namespace attest::engine {

namespace {

std::uint32_t load32(const unsigned char* bytes) {
    return std::uint32_t(bytes[0]) | std::uint32_t(bytes[1]) << 8U |
           std::uint32_t(bytes[2]) << 16U | std::uint32_t(bytes[3]) << 24U;
}

// Sixteen bytes: low nibbles are elements 0…15, high nibbles 16…31. Bit i of `fifth` is bit 4 of
// element i. `offset` is added to each.
void unpackNibbles(WeightBlock& out,
                   const unsigned char* nibbles,
                   std::uint32_t fifth,
                   int offset) {
    for (std::size_t i = 0; i < 16; ++i) {
        const auto low = int((fifth >> i) & 1U) * 16 + (nibbles[i] & 15);
        const auto high = int((fifth >> (16 + i)) & 1U) * 16 + (nibbles[i] >> 4);
        out.q[i] = std::int8_t(low + offset);
        out.q[16 + i] = std::int8_t(high + offset);
    }
}

} // namespace

// 34 bytes: d, 32 signed bytes.
WeightBlock unpackQ8_0(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index * 34;
    WeightBlock out;
    out.scales.fill(loadF16(block));
    std::memcpy(out.q.data(), block + 2, 32);
    return out;
}

// 18 bytes: d, 16 bytes of nibbles; 8 is zero.
WeightBlock unpackQ4_0(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index * 18;
    WeightBlock out;
    out.scales.fill(loadF16(block));
    unpackNibbles(out, block + 2, 0, -8);
    return out;
}

// 20 bytes: d, the value of 0, 16 bytes of nibbles.
WeightBlock unpackQ4_1(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index * 20;
    WeightBlock out;
    out.scales.fill(loadF16(block));
    out.minima.fill(-loadF16(block + 2));
    unpackNibbles(out, block + 4, 0, 0);
    return out;
}

// 22 bytes: d, 32 fifth bits, 16 bytes of nibbles; 16 is zero.
WeightBlock unpackQ5_0(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index * 22;
    WeightBlock out;
    out.scales.fill(loadF16(block));
    unpackNibbles(out, block + 6, load32(block + 2), -16);
    return out;
}

// 24 bytes: d, the value of 0, 32 fifth bits, 16 bytes of nibbles.
WeightBlock unpackQ5_1(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index * 24;
    WeightBlock out;
    out.scales.fill(loadF16(block));
    out.minima.fill(-loadF16(block + 2));
    unpackNibbles(out, block + 8, load32(block + 4), 0);
    return out;
}

} // namespace attest::engine
