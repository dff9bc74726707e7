#include "engine/kernels/unpack/block_types.h"
#include "engine/kernels/unpack/iq3s_grid.h"

#include <array>
#include <bit>

namespace attest::engine {

namespace {

constexpr std::array<std::int8_t, 16> kIq4Values = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

// Twice the values of the 4-bit float e2m1 (Open Compute microscaling formats, 1.0, section 5.3.3).
constexpr std::array<std::int8_t, 16> kFp4Values = {
    0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

// The integers of IQ3_S.
constexpr std::array<std::int8_t, 16> kOddValues = {
    -15, -13, -11, -9, -7, -5, -3, -1, 1, 3, 5, 7, 9, 11, 13, 15};

// Sixteen bytes: low nibbles are elements 0…15, high nibbles 16…31.
void lookUpNibbles(WeightBlock& out,
                   const unsigned char* nibbles,
                   const std::array<std::int8_t, 16>& table) {
    for (std::size_t i = 0; i < 16; ++i) {
        out.q[i] = table[nibbles[i] & 15U];
        out.q[16 + i] = table[std::size_t(nibbles[i]) >> 4U];
    }
}

// Blocks of 256 elements, laid out as IQ4_XS.
WeightBlock unpackNibblesWithScales(const unsigned char* row,
                                    std::size_t index,
                                    const std::array<std::int8_t, 16>& table) {
    const unsigned char* block = row + index / 8 * 136;
    const std::size_t group = index % 8;
    const unsigned low = (unsigned(block[4 + group / 2]) >> (4 * (group % 2))) & 15U;
    const unsigned upper = (unsigned(block[2 + group / 4]) >> (2 * (group % 4))) & 3U;
    WeightBlock out;
    out.scales.fill(loadF16(block) * float(int(low | (upper << 4U)) - 32));
    lookUpNibbles(out, block + 8 + group * 16, table);
    return out;
}

// Half of the power of two that the byte stands for, as the table holds twice the values: 2^(e −
// 128), of which the first two are not normal numbers. 255 is NaN in the specification; ggml, whose
// bytes we give, continues the row.
float halfPowerOfTwo(unsigned char exponent) {
    return std::bit_cast<float>(exponent < 2 ? 0x00200000U << exponent
                                             : (std::uint32_t(exponent) - 1U) << 23U);
}

} // namespace

// 18 bytes: d, 16 bytes of nibbles.
WeightBlock unpackIQ4_NL(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index * 18;
    WeightBlock out;
    out.scales.fill(loadF16(block));
    lookUpNibbles(out, block + 2, kIq4Values);
    return out;
}

// 256 elements in 136 bytes: d, 16 bits with the upper two of eight scales, 4 bytes with their
// lower four, 128 bytes of nibbles; 32 is the zero of the scales.
WeightBlock unpackIQ4_XS(const unsigned char* row, std::size_t index) {
    return unpackNibblesWithScales(row, index, kIq4Values);
}

// As IQ4_XS, for the integers and the scales of IQ3_S.
WeightBlock unpackIQ3_SWide(const unsigned char* row, std::size_t index) {
    return unpackNibblesWithScales(row, index, kOddValues);
}

// 256 elements in 110 bytes: d; 64 bytes, 8 a group, and 8 bytes, one a group, with the low 8 and
// the upper bit of 64 indices into the grid (four elements each); 32 bytes with a sign bit per
// element; 4 bytes with eight 4-bit scales s, which stand for 2s + 1.
WeightBlock unpackIQ3_S(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 8 * 110;
    const std::size_t group = index % 8;
    const unsigned char* low = block + 2 + group * 8;
    const unsigned upper = block[66 + group];
    const unsigned char* signs = block + 74 + group * 4;
    const unsigned scale = (unsigned(block[106 + group / 2]) >> (4 * (group % 2))) & 15U;
    WeightBlock out;
    out.scales.fill(loadF16(block) * float(1 + 2 * scale));
    for (std::size_t i = 0; i < 32; ++i) {
        const std::size_t entry = low[i / 4] | ((upper >> (i / 4)) & 1U) << 8U;
        const auto magnitude = int((kIq3sGrid.entries[entry] >> (8 * (i % 4))) & 255U);
        const bool isNegative = ((unsigned(signs[i / 8]) >> (i % 8)) & 1U) != 0;
        out.q[i] = std::int8_t(isNegative ? -magnitude : magnitude);
    }
    return out;
}

// 17 bytes: an exponent, 16 bytes of nibbles.
WeightBlock unpackMXFP4(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index * 17;
    WeightBlock out;
    out.scales.fill(halfPowerOfTwo(block[0]));
    lookUpNibbles(out, block + 1, kFp4Values);
    return out;
}

// 18 bytes: the scale as a bfloat16, 16 bytes of nibbles.
WeightBlock unpackMXFP4Wide(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index * 18;
    WeightBlock out;
    out.scales.fill(
        std::bit_cast<float>((std::uint32_t(block[0]) | std::uint32_t(block[1]) << 8U) << 16U));
    lookUpNibbles(out, block + 2, kFp4Values);
    return out;
}

} // namespace attest::engine
