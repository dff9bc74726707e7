#include "support/random_model/shape.h"

#include <algorithm>

namespace attest::test {

namespace {

// Source: the configuration files that the models are published with.
// name, architecture, layers, width, heads, kv heads, head size, hidden, context, rope base,
// factors, bias, pre-tokenizer, vocabulary, merges
constexpr ModelShape kShapes[] = {
    {"tiny", "llama", 2, 256, 4, 2, 64, 512, 2048, 1e4F, false, false, "smollm", 1024, 700},
    {"smollm2-135m",
     "llama",
     30,
     576,
     9,
     3,
     64,
     1536,
     8192,
     1e5F,
     false,
     false,
     "smollm",
     49152,
     48900},
    {"smollm2-360m",
     "llama",
     32,
     960,
     15,
     5,
     64,
     2560,
     8192,
     1e5F,
     false,
     false,
     "smollm",
     49152,
     48900},
    {"qwen2.5-0.5b",
     "qwen2",
     24,
     896,
     14,
     2,
     64,
     4864,
     32768,
     1e6F,
     false,
     true,
     "qwen2",
     151936,
     151387},
    {"llama3.2-1b",
     "llama",
     16,
     2048,
     32,
     8,
     64,
     8192,
     131072,
     5e5F,
     true,
     false,
     "llama-bpe",
     128256,
     280147},
    {"qwen2.5-1.5b",
     "qwen2",
     28,
     1536,
     12,
     2,
     128,
     8960,
     32768,
     1e6F,
     false,
     true,
     "qwen2",
     151936,
     151387},
    {"llama3.2-3b",
     "llama",
     28,
     3072,
     24,
     8,
     128,
     8192,
     131072,
     5e5F,
     true,
     false,
     "llama-bpe",
     128256,
     280147},
};

} // namespace

std::span<const ModelShape> modelShapes() {
    return kShapes;
}

const ModelShape* findShape(std::string_view name) {
    const auto* found = std::find_if(std::begin(kShapes),
                                     std::end(kShapes),
                                     [name](const ModelShape& s) { return s.name == name; });
    return found == std::end(kShapes) ? nullptr : found;
}

} // namespace attest::test
