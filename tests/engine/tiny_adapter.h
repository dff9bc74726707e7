// A LoRA adapter with random factors for a TinyModel, as a GGUF file that tests can damage.
#pragma once

#include "engine/tiny_model.h"
#include "support/gguf_writer.h"

#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace attest::test {

struct TinyAdapter {
    std::map<std::string, std::function<void(GgufWriter&, const std::string&)>> keys;
    std::map<std::string, TinyModel::Tensor> tensors;

    explicit TinyAdapter(std::uint64_t seed = 1) : random_(seed) {
        string("general.type", "adapter");
        string("general.architecture", "llama");
        string("adapter.type", "lora");
        f32("adapter.lora.alpha", 8);
    }

    void string(const std::string& key, const std::string& value) {
        keys[key] = [value](GgufWriter& w, const std::string& k) {
            w.string(k, value);
        };
    }

    void f32(const std::string& key, float value) {
        keys[key] = [value](GgufWriter& w, const std::string& k) {
            w.f32(k, value);
        };
    }

    // Factors for a matrix of the model, (in, rank) and (rank, out) in the order of the file.
    void pair(const std::string& target, std::uint64_t in, std::uint64_t rank, std::uint64_t out) {
        matrix(target + ".lora_a", in, rank);
        matrix(target + ".lora_b", rank, out);
    }

    // For every matrix of `model`; the embedding's factors have other roles.
    void cover(const TinyModel& model, std::uint64_t rank) {
        for (const auto& [name, tensor] : model.tensors) {
            if (name == "token_embd.weight") {
                matrix(name + ".lora_a", rank, tensor.shape[1]);
                matrix(name + ".lora_b", rank, tensor.shape[0]);
            } else if (tensor.shape.size() == 2) {
                pair(name, tensor.shape[0], rank, tensor.shape[1]);
            }
        }
    }

    void matrix(const std::string& name, std::uint64_t in, std::uint64_t out) {
        std::normal_distribution<float> normal(0, 0.05F);
        std::string data;
        for (std::uint64_t i = 0; i < in * out; ++i) {
            data += rawNumber(normal(random_));
        }
        tensors[name] = {{in, out}, 0, data};
    }

    std::vector<float> values(const std::string& name) const {
        const std::string& data = tensors.at(name).data;
        std::vector<float> numbers(data.size() / sizeof(float));
        std::memcpy(numbers.data(), data.data(), data.size());
        return numbers;
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

private:
    std::mt19937_64 random_;
};

} // namespace attest::test
