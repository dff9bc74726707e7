// Random blocks of the quantized weight types.
#pragma once

#include "engine/gguf.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace attest::test {

constexpr engine::TensorType kQuantTypes[] = {engine::TensorType::Q8_0,
                                              engine::TensorType::Q4_0,
                                              engine::TensorType::Q4_1,
                                              engine::TensorType::Q5_0,
                                              engine::TensorType::Q5_1,
                                              engine::TensorType::Q2_K,
                                              engine::TensorType::Q3_K,
                                              engine::TensorType::Q4_K,
                                              engine::TensorType::Q5_K,
                                              engine::TensorType::Q6_K,
                                              engine::TensorType::IQ4_NL,
                                              engine::TensorType::IQ4_XS,
                                              engine::TensorType::IQ3_S,
                                              engine::TensorType::TQ1_0,
                                              engine::TensorType::TQ2_0,
                                              engine::TensorType::I2_S,
                                              engine::TensorType::MXFP4,
                                              engine::TensorType::Q1_0,
                                              engine::TensorType::Q2_0};

// An f16 of a block and the value that gives random blocks weights of about 0.06, the size that
// keeps the activations of a model near 1.
struct BlockScale {
    std::size_t offset;
    std::uint16_t f16;
};

inline std::vector<BlockScale> blockScales(engine::TensorType type) {
    switch (type) {
    case engine::TensorType::Q8_0:
        return {{0, 0x1000}}; // 2^-11
    case engine::TensorType::Q4_0:
        return {{0, 0x2000}}; // 2^-7
    case engine::TensorType::Q5_0:
        return {{0, 0x1C00}};
    case engine::TensorType::Q4_1:
        return {{0, 0x2000}, {2, 0xAC00}}; // 2^-7, −2^-4
    case engine::TensorType::Q5_1:
        return {{0, 0x1C00}, {2, 0xAC00}};
    case engine::TensorType::Q2_K:
        return {{80, 0x1400}, {82, 0x1400}}; // times scales and minima up to 15 and q up to 3
    case engine::TensorType::Q3_K:
        return {{108, 0x0C00}}; // times scales up to 32 and q up to 4
    case engine::TensorType::Q4_K:
        return {{0, 0x0C00}, {2, 0x1800}}; // times scales up to 63 and q up to 15, minima to 63
    case engine::TensorType::Q5_K:
        return {{0, 0x0800}, {2, 0x1800}};
    case engine::TensorType::Q6_K:
        return {{208, 0x0100}}; // 2^-16, times scales up to 127 and q up to 32
    case engine::TensorType::IQ4_NL:
        return {{0, 0x1000}};
    case engine::TensorType::IQ4_XS:
        return {{0, 0x0100}};
    case engine::TensorType::IQ3_S:
        return {{0, 0x0C00}}; // times scales up to 31 and q up to 15
    case engine::TensorType::TQ1_0:
        return {{52, 0x2C00}};
    case engine::TensorType::TQ2_0:
        return {{64, 0x2C00}};
    case engine::TensorType::Q1_0:
    case engine::TensorType::Q2_0:
        return {{0, 0x2C00}};
    case engine::TensorType::F32:
    case engine::TensorType::F16:
    case engine::TensorType::BF16:
    case engine::TensorType::I2_S:
    case engine::TensorType::MXFP4:
        break;
    }
    return {};
}

// Random bytes, which are valid in every quantized type, with scales that are finite.
class RandomBlocks {
public:
    explicit RandomBlocks(engine::TensorType type)
        : type_(type), layout_(*engine::blockLayout(type)), scales_(blockScales(type)) {}

    // The block's scales as in blockScales().
    template <typename Random>
    std::string even(Random& random) const {
        std::string block = bytes(random);
        for (const BlockScale& scale : scales_) {
            std::memcpy(block.data() + scale.offset, &scale.f16, sizeof scale.f16);
        }
        if (type_ == engine::TensorType::MXFP4) {
            block[0] = char(120 + random() % 4); // 2^-7 and around
        }
        return block;
    }

    // Scales of any size below 2, and of either sign.
    template <typename Random>
    std::string wild(Random& random) const {
        std::string block = bytes(random);
        for (const BlockScale& scale : scales_) {
            block[scale.offset + 1] = char(block[scale.offset + 1] & 0xBF);
        }
        if (type_ == engine::TensorType::MXFP4) {
            block[0] = char(random() % 128);
        }
        return block;
    }

    // What follows the last block: the tensor's scale.
    std::string tail(float scale) const {
        std::string bytes;
        while (bytes.size() < layout_.tailBytes) {
            bytes.append(reinterpret_cast<const char*>(&scale), sizeof scale);
        }
        return bytes;
    }

private:
    template <typename Random>
    std::string bytes(Random& random) const {
        std::string block(layout_.bytes, '\0');
        for (char& byte : block) {
            byte = char(random());
        }
        return block;
    }

    engine::TensorType type_;
    engine::BlockLayout layout_;
    std::vector<BlockScale> scales_;
};

} // namespace attest::test
