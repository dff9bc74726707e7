#include "engine/quantize/plan.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace attest::engine {

namespace {

struct Named {
    std::string_view name;
    QuantizeTarget target;
    TensorType type;
    std::uint32_t fileType; // Source: llama.cpp's llama_ftype
};

constexpr std::array<Named, 5> kTargets = {{
    {"Q8_0", QuantizeTarget::Q8_0, TensorType::Q8_0, 7},
    {"Q4_0", QuantizeTarget::Q4_0, TensorType::Q4_0, 2},
    {"Q4_K", QuantizeTarget::Q4_K, TensorType::Q4_K, 14},
    {"Q6_K", QuantizeTarget::Q6_K, TensorType::Q6_K, 18},
    {"Q4_K_M", QuantizeTarget::Q4_K_M, TensorType::Q4_K, 15},
}};

const Named& named(QuantizeTarget target) {
    return *std::find_if(kTargets.begin(), kTargets.end(), [target](const Named& one) {
        return one.target == target;
    });
}

// N of "blk.N.".
std::optional<std::uint64_t> layerOf(std::string_view name) {
    constexpr std::string_view kPrefix = "blk.";
    if (!name.starts_with(kPrefix)) {
        return std::nullopt;
    }
    std::uint64_t layer = 0;
    const char* begin = name.data() + kPrefix.size();
    const auto [end, error] = std::from_chars(begin, name.data() + name.size(), layer);
    if (error != std::errc() || end == name.data() + name.size() || *end != '.') {
        return std::nullopt;
    }
    return layer;
}

bool getsMoreBits(std::uint64_t layer, std::uint64_t layers) {
    return layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
}

bool isMatrix(const TensorInfo& tensor) {
    return tensor.shape.size() >= 2 && tensor.shape[1] > 1 && tensor.name.ends_with(".weight");
}

// What rows of this length can have.
std::optional<TensorType> fitting(TensorType type, std::uint64_t rowLength) {
    if (rowLength % blockLayout(type)->elements != 0) {
        type = type == TensorType::Q4_K ? TensorType::Q5_0 : TensorType::Q8_0;
    }
    if (rowLength % blockLayout(type)->elements != 0) {
        return std::nullopt;
    }
    return type;
}

} // namespace

std::optional<QuantizeTarget> quantizeTarget(std::string_view name) {
    std::string upper(name);
    std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) {
        return char(std::toupper(c));
    });
    for (const Named& one : kTargets) {
        if (one.name == upper) {
            return one.target;
        }
    }
    return std::nullopt;
}

std::string_view toString(QuantizeTarget target) {
    return named(target).name;
}

std::uint32_t fileType(QuantizeTarget target) {
    return named(target).fileType;
}

Result<std::vector<TensorType>> planTypes(std::span<const TensorInfo> tensors,
                                          QuantizeTarget target) {
    std::uint64_t layers = 0;
    bool hasHead = false;
    for (const TensorInfo& tensor : tensors) {
        layers = std::max(layers, layerOf(tensor.name).value_or(0) + 1);
        hasHead = hasHead || tensor.name == "output.weight";
    }
    const std::string_view head = hasHead ? "output.weight" : "token_embd.weight";
    std::vector<TensorType> types;
    for (const TensorInfo& tensor : tensors) {
        if (!isMatrix(tensor)) {
            types.push_back(tensor.type);
            continue;
        }
        if (tensor.type != TensorType::F32 && tensor.type != TensorType::F16 &&
            tensor.type != TensorType::BF16 && tensor.type != TensorType::Q8_0) {
            return Error{ErrorCode::Unsupported,
                         "tensor '" + tensor.name + "' has type " + toString(tensor.type) +
                             "; only F32, F16, BF16 and Q8_0 are worth quantizing again"};
        }
        TensorType type = named(target).type;
        const std::string_view name = tensor.name;
        if (name == head && type != TensorType::Q8_0) {
            type = TensorType::Q6_K;
        } else if (target == QuantizeTarget::Q4_K_M &&
                   (name.ends_with(".attn_v.weight") || name.ends_with(".ffn_down.weight")) &&
                   getsMoreBits(layerOf(name).value_or(0), layers)) {
            type = TensorType::Q6_K;
        }
        types.push_back(fitting(type, tensor.shape[0]).value_or(tensor.type));
    }
    return types;
}

} // namespace attest::engine
