// The dimensions of published models.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace attest::test {

// All have a tied head.
struct ModelShape {
    std::string_view name;
    std::string_view architecture; // "llama", "qwen2"
    std::uint32_t layers;
    std::uint32_t width;
    std::uint32_t heads;
    std::uint32_t kvHeads;
    std::uint32_t headSize;
    std::uint32_t hidden;
    std::uint32_t context;
    float ropeBase;
    bool hasRopeFactors;           // Llama 3.2: rope_freqs.weight
    bool hasBias;                  // on q, k and v
    std::string_view preTokenizer; // tokenizer.ggml.pre
    std::uint32_t vocabulary;
    std::uint32_t merges; // at most; a tiny vocabulary has fewer
};

// smollm2-135m smollm2-360m qwen2.5-0.5b llama3.2-1b qwen2.5-1.5b llama3.2-3b, and tiny for tests.
std::span<const ModelShape> modelShapes();

// nullptr: no shape of this name.
const ModelShape* findShape(std::string_view name);

} // namespace attest::test
