// Blocks of 256 elements. A `group` is one of the eight runs of 32 elements in a block.
#include "engine/kernels/unpack/block_types.h"

#include <cstring>

namespace attest::engine {

namespace {

struct ScaleAndMinimum {
    unsigned scale;
    unsigned minimum;
};

// Twelve bytes with eight 6-bit scales and eight 6-bit minima: the first four of each in the low
// bits of bytes 0…3 and 4…7; the others as nibbles in bytes 8…11, their upper two bits in the upper
// two of the first eight bytes.
ScaleAndMinimum sixBits(const unsigned char* packed, std::size_t group) {
    if (group < 4) {
        return {packed[group] & 63U, packed[group + 4] & 63U};
    }
    return {(packed[group + 4] & 15U) | ((packed[group - 4] >> 6U) << 4U),
            (unsigned(packed[group + 4]) >> 4U) | ((packed[group] >> 6U) << 4U)};
}

// Two bits of each of 32 bytes: elements of group g of a half are at bit 2 (g mod 4).
unsigned twoBits(const unsigned char* bytes, std::size_t group, std::size_t i) {
    return (unsigned(bytes[i]) >> (2 * (group % 4))) & 3U;
}

} // namespace

// 84 bytes: 16 bytes with a scale (low nibble) and a minimum (high) for 16 elements each; two times
// 32 bytes with 2 bits of four groups; d, dmin.
WeightBlock unpackQ2_K(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 8 * 84;
    const std::size_t group = index % 8;
    const float d = loadF16(block + 80);
    const float dMin = loadF16(block + 82);
    const unsigned char* bits = block + 16 + group / 4 * 32;
    WeightBlock out;
    for (std::size_t i = 0; i < 2; ++i) {
        const unsigned char packed = block[group * 2 + i];
        out.scales[i] = d * float(packed & 15);
        out.minima[i] = dMin * float(packed >> 4);
    }
    for (std::size_t i = 0; i < 32; ++i) {
        out.q[i] = std::int8_t(twoBits(bits, group, i));
    }
    return out;
}

// 110 bytes: 32 bytes whose bit g is the upper bit of group g; two times 32 bytes with 2 bits of
// four groups; twelve bytes of scales; d. 4 is the zero of the elements, 32 that of the scales.
// Scale j of 16: its low four bits are a nibble of bytes 0…7 (low nibbles first), its upper two are
// at bit 2 (j / 4) of byte 8 + j mod 4.
WeightBlock unpackQ3_K(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 8 * 110;
    const std::size_t group = index % 8;
    const float d = loadF16(block + 108);
    const unsigned char* bits = block + 32 + group / 4 * 32;
    const unsigned char* packed = block + 96;
    WeightBlock out;
    for (std::size_t i = 0; i < 2; ++i) {
        const std::size_t j = group * 2 + i;
        const unsigned low = j < 8 ? packed[j] & 15U : unsigned(packed[j - 8]) >> 4U;
        const unsigned upper = (unsigned(packed[8 + j % 4]) >> (2 * (j / 4))) & 3U;
        out.scales[i] = d * float(int(low | (upper << 4U)) - 32);
    }
    for (std::size_t i = 0; i < 32; ++i) {
        const unsigned upper = (unsigned(block[i]) >> group) & 1U;
        out.q[i] = std::int8_t(int(twoBits(bits, group, i) | (upper << 2U)) - 4);
    }
    return out;
}

// 144 bytes: d, dmin, twelve bytes of scales and minima, then four times 32 bytes whose low nibbles
// are group 2i and whose high nibbles are group 2i + 1.
WeightBlock unpackQ4_K(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 8 * 144;
    const std::size_t group = index % 8;
    const ScaleAndMinimum packed = sixBits(block + 4, group);
    const unsigned char* nibbles = block + 16 + group / 2 * 32;
    WeightBlock out;
    out.scales.fill(loadF16(block) * float(packed.scale));
    out.minima.fill(loadF16(block + 2) * float(packed.minimum));
    for (std::size_t i = 0; i < 32; ++i) {
        out.q[i] = std::int8_t(group % 2 == 0 ? nibbles[i] & 15 : nibbles[i] >> 4);
    }
    return out;
}

// 176 bytes: as Q4_K, with 32 bytes before the nibbles whose bit g is the fifth bit of group g.
WeightBlock unpackQ5_K(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 8 * 176;
    const std::size_t group = index % 8;
    const ScaleAndMinimum packed = sixBits(block + 4, group);
    const unsigned char* fifth = block + 16;
    const unsigned char* nibbles = block + 48 + group / 2 * 32;
    WeightBlock out;
    out.scales.fill(loadF16(block) * float(packed.scale));
    out.minima.fill(loadF16(block + 2) * float(packed.minimum));
    for (std::size_t i = 0; i < 32; ++i) {
        const unsigned nibble = group % 2 == 0 ? nibbles[i] & 15U : unsigned(nibbles[i]) >> 4U;
        const unsigned upper = (unsigned(fifth[i]) >> group) & 1U;
        out.q[i] = std::int8_t(nibble | (upper << 4U));
    }
    return out;
}

// 210 bytes: 128 bytes of low nibbles, 64 bytes with the upper two bits, 16 signed scales (one per
// 16 elements), d; 32 is zero. Each half of 128 elements is four runs of 32: runs 0 and 1 are the
// low nibbles of 64 bytes, runs 2 and 3 their high nibbles; run r has its upper bits at 2r of 32
// shared bytes.
WeightBlock unpackQ6_K(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 8 * 210;
    const std::size_t half = index % 8 / 4;
    const std::size_t run = index % 4;
    const unsigned char* low = block + half * 64 + run % 2 * 32;
    const unsigned char* high = block + 128 + half * 32;
    const float d = loadF16(block + 208);
    WeightBlock out;
    for (std::size_t i = 0; i < 2; ++i) {
        std::int8_t scale = 0;
        std::memcpy(&scale, block + 192 + half * 8 + run * 2 + i, 1);
        out.scales[i] = d * float(scale);
    }
    for (std::size_t i = 0; i < 32; ++i) {
        const unsigned nibble = run < 2 ? low[i] & 15U : unsigned(low[i]) >> 4U;
        out.q[i] = std::int8_t(int(nibble | (twoBits(high, run, i) << 4U)) - 32);
    }
    return out;
}

} // namespace attest::engine
