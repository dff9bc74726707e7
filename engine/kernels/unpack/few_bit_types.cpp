#include "engine/kernels/unpack/block_types.h"

namespace attest::engine {

namespace {

// A byte holds five digits to base 3 as a fraction of 256: times 3ⁿ, its part below 256 times 3 has
// digit n above it.
int ternaryDigit(unsigned char byte, std::size_t n) {
    constexpr unsigned kPowers[] = {1, 3, 9, 27, 81};
    return int((byte * kPowers[n] & 255U) * 3U >> 8U);
}

} // namespace

// 256 elements in 54 bytes: 32, 16 and 4 bytes of digits to base 3 and d. Digit n of byte m is
// element 32 n + m in the first part (n < 5), 160 + 16 n + m in the second (n < 5) and 240 + 4 n +
// m in the third (n < 4). 1 is zero.
WeightBlock unpackTQ1_0(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 8 * 54;
    WeightBlock out;
    out.scales.fill(loadF16(block + 52));
    for (std::size_t i = 0; i < 32; ++i) {
        const std::size_t element = index % 8 * 32 + i;
        int digit = 0;
        if (element < 160) {
            digit = ternaryDigit(block[element % 32], element / 32);
        } else if (element < 240) {
            digit = ternaryDigit(block[32 + element % 16], (element - 160) / 16);
        } else {
            digit = ternaryDigit(block[48 + element % 4], (element - 240) / 4);
        }
        out.q[i] = std::int8_t(digit - 1);
    }
    return out;
}

// 256 elements in 66 bytes: two times 32 bytes with 2 bits of four groups of 32, the first group's
// lowest; d. 1 is zero.
WeightBlock unpackTQ2_0(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 8 * 66;
    const std::size_t group = index % 8;
    const unsigned char* bits = block + group / 4 * 32;
    WeightBlock out;
    out.scales.fill(loadF16(block + 64));
    for (std::size_t i = 0; i < 32; ++i) {
        out.q[i] = std::int8_t(int((unsigned(bits[i]) >> (2 * (group % 4))) & 3U) - 1);
    }
    return out;
}

// 128 elements in 32 bytes with 2 bits of four groups of 32, the first group's uppermost. 1 is
// zero. The scale is the tensor's, see tensorScale().
WeightBlock unpackI2_S(const unsigned char* row, std::size_t index) {
    const unsigned char* bits = row + index / 4 * 32;
    WeightBlock out;
    out.scales.fill(1);
    for (std::size_t i = 0; i < 32; ++i) {
        out.q[i] = std::int8_t(int((unsigned(bits[i]) >> (6 - 2 * (index % 4))) & 3U) - 1);
    }
    return out;
}

// 128 elements in 18 bytes: d, a bit per element, the first in the lowest; 0 stands for −1.
WeightBlock unpackQ1_0(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 4 * 18;
    const unsigned char* bits = block + 2 + index % 4 * 4;
    WeightBlock out;
    out.scales.fill(loadF16(block));
    for (std::size_t i = 0; i < 32; ++i) {
        out.q[i] = std::int8_t(((unsigned(bits[i / 8]) >> (i % 8)) & 1U) != 0 ? 1 : -1);
    }
    return out;
}

// 64 elements in 18 bytes: d, 2 bits per element, the first in the lowest; 1 is zero.
WeightBlock unpackQ2_0(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 2 * 18;
    const unsigned char* bits = block + 2 + index % 2 * 8;
    WeightBlock out;
    out.scales.fill(loadF16(block));
    for (std::size_t i = 0; i < 32; ++i) {
        out.q[i] = std::int8_t(int((unsigned(bits[i / 4]) >> (2 * (i % 4))) & 3U) - 1);
    }
    return out;
}

} // namespace attest::engine
