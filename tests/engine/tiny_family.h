// A small model with random weights of every architecture the engine runs.
#pragma once

#include "engine/tiny_model.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace attest::test {

class TinyFamily {
public:
    static constexpr std::uint32_t kLayers = 4;
    static constexpr std::uint32_t kWindow = 8;

    static TinyModel make(std::string_view architecture, engine::TensorType type) {
        TinyFamily family(architecture, type);
        return std::move(family.model_);
    }

private:
    TinyFamily(std::string_view architecture, engine::TensorType type)
        : architecture_(architecture), model_(type) {
        renameKeys();
        addLayers();
        // What llama has no keys for is left at its defaults.
        if (isOneOf({"bitnet", "bitnet-25", "bitnet-b1.58"})) {
            makeBitnet();
        } else if (isOneOf({"gemma", "gemma2", "gemma3"})) {
            makeGemma();
        } else if (isOneOf({"mistral3"})) {
            makeMistral3();
        } else if (isOneOf({"phi3"})) {
            makePhi3(type);
        } else if (isOneOf({"qwen2"})) {
            forEachLayer([this](const std::string& block) {
                model_.vector(block + "attn_q.bias", kQueryRows);
                model_.vector(block + "attn_k.bias", kKvRows);
                model_.vector(block + "attn_v.bias", kKvRows);
            });
        } else if (isOneOf({"qwen3"})) {
            addHeadNorms();
        }
    }

    static constexpr std::uint64_t kQueryRows = TinyModel::kHeads * TinyModel::kHeadSize;
    static constexpr std::uint64_t kKvRows = TinyModel::kKvHeads * TinyModel::kHeadSize;

    bool isOneOf(std::initializer_list<std::string_view> names) const {
        return std::find(names.begin(), names.end(), architecture_) != names.end();
    }

    std::string key(const std::string& name) const { return architecture_ + "." + name; }

    template <typename Change>
    void forEachLayer(const Change& change) {
        for (std::uint32_t i = 0; i < kLayers; ++i) {
            change("blk." + std::to_string(i) + ".");
        }
    }

    void renameKeys() {
        const std::string prefix = "llama.";
        std::map<std::string, std::function<void(GgufWriter&, const std::string&)>> renamed;
        for (const auto& [name, write] : model_.keys) {
            renamed[name.rfind(prefix, 0) == 0 ? key(name.substr(prefix.size())) : name] = write;
        }
        model_.keys = std::move(renamed);
        model_.string("general.architecture", architecture_);
        model_.u32(key("block_count"), kLayers);
    }

    void addLayers() {
        const auto given = model_.tensors;
        for (const auto& [name, tensor] : given) {
            if (name.rfind("blk.", 0) == 0) {
                const int layer = name[4] - '0';
                const std::string copy = std::to_string(layer + int(TinyModel::kLayers));
                model_.tensors["blk." + copy + name.substr(5)] = tensor;
            }
        }
    }

    void makeBitnet() {
        forEachLayer([this](const std::string& block) {
            model_.vector(block + "attn_sub_norm.weight", kQueryRows);
            model_.vector(block + "ffn_sub_norm.weight", TinyModel::kHidden);
            model_.vector(block + "attn_q.scale", 1);
            model_.vector(block + "ffn_down.scale", 1);
        });
    }

    void makeGemma() {
        model_.tensors.erase("output.weight");
        if (isOneOf({"gemma"})) {
            return;
        }
        model_.u32(key("attention.sliding_window"), kWindow);
        forEachLayer([this](const std::string& block) {
            model_.vector(block + "post_attention_norm.weight", TinyModel::kWidth);
            model_.vector(block + "post_ffw_norm.weight", TinyModel::kWidth);
        });
        if (isOneOf({"gemma3"})) {
            model_.u32(key("attention.sliding_window_pattern"), 3);
            addHeadNorms();
        }
    }

    void makeMistral3() {
        model_.string(key("rope.scaling.type"), "yarn");
        model_.f32(key("rope.scaling.factor"), 4);
        model_.f32(key("rope.scaling.yarn_log_multiplier"), 1);
        model_.u32(key("rope.scaling.original_context_length"), 16);
        model_.f32(key("attention.temperature_scale"), 0.1F);
    }

    void makePhi3(engine::TensorType type) {
        constexpr std::uint32_t kRotated = 32;
        model_.u32(key("rope.dimension_count"), kRotated);
        model_.u32(key("rope.scaling.original_context_length"), 16);
        model_.vector("rope_factors_short.weight", kRotated / 2);
        model_.vector("rope_factors_long.weight", kRotated / 2);
        forEachLayer([this, type](const std::string& block) {
            for (const char* name : {"attn_q", "attn_k", "attn_v", "ffn_gate"}) {
                model_.tensors.erase(block + name + ".weight");
            }
            model_.matrix(
                block + "attn_qkv.weight", type, TinyModel::kWidth, kQueryRows + 2 * kKvRows);
            model_.matrix(block + "ffn_up.weight", type, TinyModel::kWidth, 2 * TinyModel::kHidden);
        });
    }

    void addHeadNorms() {
        forEachLayer([this](const std::string& block) {
            model_.vector(block + "attn_q_norm.weight", TinyModel::kHeadSize);
            model_.vector(block + "attn_k_norm.weight", TinyModel::kHeadSize);
        });
    }

    std::string architecture_;
    TinyModel model_;
};

} // namespace attest::test
