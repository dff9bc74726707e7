// What the tests of kernels share.
#pragma once

#include "engine/weight_blocks.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <random>
#include <string>
#include <vector>

namespace attest::test {

// Numbers whose first byte is as badly aligned as a float can be.
class Misaligned {
public:
    explicit Misaligned(std::size_t n) : values_(n + 1) {}

    Misaligned(std::size_t n, std::mt19937& random, float size = 1) : Misaligned(n) {
        std::normal_distribution<float> normal(0, size);
        std::generate(values_.begin(), values_.end(), [&] { return normal(random); });
    }

    float* data() { return values_.data() + 1; }

    const float* data() const { return values_.data() + 1; }

    std::size_t size() const { return values_.size() - 1; }

    float operator[](std::size_t i) const { return values_[i + 1]; }

    float before() const { return values_[0]; }

private:
    std::vector<float> values_;
};

inline bool sameBytes(const Misaligned& a, const Misaligned& b) {
    return a.size() == b.size() &&
           (a.size() == 0 || std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0);
}

inline std::vector<unsigned char> randomWeights(engine::TensorType type,
                                                std::size_t rows,
                                                std::size_t columns,
                                                std::mt19937& random) {
    const RandomBlocks blocks(type);
    std::vector<unsigned char> bytes;
    for (std::size_t i = 0; i < rows * columns / engine::blockLayout(type)->elements; ++i) {
        const std::string block = blocks.wild(random);
        bytes.insert(bytes.end(), block.begin(), block.end());
    }
    return bytes;
}

} // namespace attest::test
