// A small llama model with random weights, as a GGUF file that tests can damage.
#pragma once

#include "engine/gguf.h"
#include "engine/tokenizer.h"
#include "engine/weight_blocks.h"
#include "support/gguf_writer.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace attest::test {

struct TinyModel {
    static constexpr std::uint32_t kWidth = 256;
    static constexpr std::uint32_t kHidden = 512;
    static constexpr std::uint32_t kHeads = 4;
    static constexpr std::uint32_t kKvHeads = 2;
    static constexpr std::uint32_t kHeadSize = 48; // not width / heads, not a power of two
    static constexpr std::uint32_t kVocabulary = 3 + 256 + 11;
    static constexpr std::uint32_t kLayers = 2;
    static constexpr std::uint32_t kContext = 96;

    struct Tensor {
        std::vector<std::uint64_t> shape;
        std::uint32_t type = 0;
        std::string data;
    };

    std::map<std::string, std::function<void(GgufWriter&, const std::string&)>> keys;
    std::map<std::string, Tensor> tensors;

    explicit TinyModel(engine::TensorType type, std::uint64_t seed = 1) : random_(seed) {
        addKeys();
        const std::uint64_t queryRows = kHeads * kHeadSize;
        const std::uint64_t kvRows = kKvHeads * kHeadSize;
        matrix("token_embd.weight", type, kWidth, kVocabulary);
        matrix("output.weight", type, kWidth, kVocabulary);
        vector("output_norm.weight", kWidth);
        for (std::uint32_t i = 0; i < kLayers; ++i) {
            const std::string block = "blk." + std::to_string(i) + ".";
            // Rows of attention's output are 192 long, not whole blocks of every type; mixed types
            // are common anyway.
            const bool isWhole = queryRows % engine::blockLayout(type)->elements == 0;
            const engine::TensorType narrow = isWhole ? type : engine::TensorType::Q8_0;
            vector(block + "attn_norm.weight", kWidth);
            matrix(block + "attn_q.weight", type, kWidth, queryRows);
            matrix(block + "attn_k.weight", type, kWidth, kvRows);
            matrix(block + "attn_v.weight", type, kWidth, kvRows);
            matrix(block + "attn_output.weight", narrow, queryRows, kWidth);
            vector(block + "ffn_norm.weight", kWidth);
            matrix(block + "ffn_gate.weight", type, kWidth, kHidden);
            matrix(block + "ffn_up.weight", type, kWidth, kHidden);
            matrix(block + "ffn_down.weight", type, kHidden, kWidth);
        }
    }

    void u32(const std::string& key, std::uint32_t value) {
        keys[key] = [value](GgufWriter& w, const std::string& k) {
            w.u32(k, value);
        };
    }

    void f32(const std::string& key, float value) {
        keys[key] = [value](GgufWriter& w, const std::string& k) {
            w.f32(k, value);
        };
    }

    void string(const std::string& key, const std::string& value) {
        keys[key] = [value](GgufWriter& w, const std::string& k) {
            w.string(k, value);
        };
    }

    std::string bytes() const {
        GgufWriter writer;
        for (const auto& [key, write] : keys) {
            write(writer, key);
        }
        for (const auto& [name, tensor] : tensors) {
            writer.tensor(name, tensor.shape, tensor.type, tensor.data);
        }
        return writer.bytes();
    }

    void vector(const std::string& name, std::uint64_t size) {
        std::uniform_real_distribution<float> uniform(0.5F, 1.5F);
        std::string data;
        for (std::uint64_t i = 0; i < size; ++i) {
            data += rawNumber(uniform(random_));
        }
        tensors[name] = {{size}, 0, data};
    }

    void
    matrix(const std::string& name, engine::TensorType type, std::uint64_t in, std::uint64_t out) {
        const std::uint32_t elements = engine::blockLayout(type)->elements;
        const RandomBlocks blocks(type);
        std::string data;
        for (std::uint64_t i = 0; i < in * out / elements; ++i) {
            data += elements == 1 ? number(type) : blocks.even(random_);
        }
        data += blocks.tail(0.06F);
        tensors[name] = {{in, out}, std::uint32_t(type), data};
    }

private:
    void addKeys() {
        string("general.architecture", "llama");
        string("general.name", "Tiny");
        string("general.license", "CC0-1.0");
        u32("llama.context_length", kContext);
        u32("llama.embedding_length", kWidth);
        u32("llama.block_count", kLayers);
        u32("llama.feed_forward_length", kHidden);
        u32("llama.attention.head_count", kHeads);
        u32("llama.attention.head_count_kv", kKvHeads);
        u32("llama.attention.key_length", kHeadSize);
        u32("llama.attention.value_length", kHeadSize);
        u32("llama.rope.dimension_count", kHeadSize);
        f32("llama.attention.layer_norm_rms_epsilon", 1e-5F);
        string("tokenizer.ggml.model", "llama");
        std::vector<std::string> tokens = {"<unk>", "<s>", "</s>"};
        std::vector<std::int32_t> types = {2, 3, 3};
        for (int i = 0; i < 256; ++i) {
            const char* digits = "0123456789ABCDEF";
            tokens.push_back(std::string("<0x") + digits[i / 16] + digits[i % 16] + ">");
            types.push_back(6);
        }
        while (tokens.size() < kVocabulary) {
            tokens.emplace_back(1, char('a' + int(tokens.size() - 259)));
            types.push_back(1);
        }
        keys["tokenizer.ggml.tokens"] = [tokens](GgufWriter& w, const std::string& k) {
            w.strings(k, tokens);
        };
        keys["tokenizer.ggml.token_type"] = [types](GgufWriter& w, const std::string& k) {
            w.ints(k, types);
        };
        keys["tokenizer.ggml.scores"] = [](GgufWriter& w, const std::string& k) {
            w.floats(k, std::vector<float>(kVocabulary, 0.0F));
        };
        u32("tokenizer.ggml.bos_token_id", 1);
        u32("tokenizer.ggml.eos_token_id", 2);
    }

    // Weights of about 0.06, the size that keeps activations near 1.
    std::string number(engine::TensorType type) {
        std::normal_distribution<float> normal(0, 0.06F);
        const float value = normal(random_);
        std::uint32_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        if (type == engine::TensorType::F32) {
            return rawNumber(value);
        }
        if (type == engine::TensorType::BF16) {
            return rawNumber(std::uint16_t(bits >> 16U));
        }
        // The values are normal in f16 too.
        const std::uint32_t exponent = (bits >> 23U) & 255U;
        const std::uint32_t sign = (bits >> 16U) & 0x8000U;
        return rawNumber(std::uint16_t(
            exponent <= 112 ? sign : sign | ((exponent - 112) << 10U) | ((bits >> 13U) & 0x3FFU)));
    }

    std::mt19937_64 random_;
};

// Tokens of its vocabulary, hardly one like the other.
inline std::vector<engine::TokenId> someTokens(std::size_t count) {
    std::vector<engine::TokenId> tokens;
    for (std::size_t i = 0; i < count; ++i) {
        tokens.push_back(engine::TokenId((i * 37 + 11) % TinyModel::kVocabulary));
    }
    return tokens;
}

} // namespace attest::test
