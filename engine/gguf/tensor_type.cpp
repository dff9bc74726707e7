// Names and block layouts of tensor types.
// Source: the ggml project's type list; ids 4, 5, 31…33 and 36…38 are retired there. 36 is what
// Microsoft's BitNet files and ik_llama.cpp mean by it.
#include "engine/gguf.h"

#include <array>
#include <string_view>

namespace attest::engine {

namespace {

constexpr std::array<std::string_view, 43> kNames = {
    "F32",     "F16",   "Q4_0",   "Q4_1",  "",      "",       "Q5_0", "Q5_1",    "Q8_0",
    "Q8_1",    "Q2_K",  "Q3_K",   "Q4_K",  "Q5_K",  "Q6_K",   "Q8_K", "IQ2_XXS", "IQ2_XS",
    "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS", "I8",   "I16",     "I32",
    "I64",     "F64",   "IQ1_M",  "BF16",  "",      "",       "",     "TQ1_0",   "TQ2_0",
    "I2_S",    "",      "",       "MXFP4", "NVFP4", "Q1_0",   "Q2_0"};

} // namespace

std::string toString(TensorType type) {
    const auto id = std::uint32_t(type);
    if (id < kNames.size() && !kNames[id].empty()) {
        return std::string(kNames[id]);
    }
    return "type " + std::to_string(id);
}

std::optional<BlockLayout> blockLayout(TensorType type) {
    switch (type) {
    case TensorType::F32:
        return BlockLayout{1, 4};
    case TensorType::F16:
    case TensorType::BF16:
        return BlockLayout{1, 2};
    case TensorType::Q4_0:
    case TensorType::IQ4_NL:
        return BlockLayout{32, 18};
    case TensorType::Q4_1:
        return BlockLayout{32, 20};
    case TensorType::Q5_0:
        return BlockLayout{32, 22};
    case TensorType::Q5_1:
        return BlockLayout{32, 24};
    case TensorType::Q8_0:
        return BlockLayout{32, 34};
    case TensorType::MXFP4:
        return BlockLayout{32, 17};
    case TensorType::Q2_K:
        return BlockLayout{256, 84};
    case TensorType::Q3_K:
    case TensorType::IQ3_S:
        return BlockLayout{256, 110};
    case TensorType::Q4_K:
        return BlockLayout{256, 144};
    case TensorType::Q5_K:
        return BlockLayout{256, 176};
    case TensorType::Q6_K:
        return BlockLayout{256, 210};
    case TensorType::IQ4_XS:
        return BlockLayout{256, 136};
    case TensorType::TQ1_0:
        return BlockLayout{256, 54};
    case TensorType::TQ2_0:
        return BlockLayout{256, 66};
    case TensorType::I2_S: // one f32 scale, eight times
        return BlockLayout{128, 32, 32};
    case TensorType::Q1_0:
        return BlockLayout{128, 18};
    case TensorType::Q2_0:
        return BlockLayout{64, 18};
    }
    return std::nullopt;
}

} // namespace attest::engine
