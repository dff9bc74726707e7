// The hyper-parameters of the `llama` architecture.
#pragma once

#include "base/result.h"
#include "engine/gguf.h"

#include <cstdint>

namespace attest::engine {

enum class RopeScaling { None, Linear, Yarn, LongRope };

struct TransformerParameters {
    std::uint32_t contextLength = 0; // trained
    std::uint32_t embeddingLength = 0;
    std::uint32_t layerCount = 0;
    std::uint32_t headCount = 0;
    std::uint32_t kvHeadCount = 0; // divides headCount
    std::uint32_t headSize = 0;    // even
    std::uint32_t feedForwardLength = 0;
    float normEpsilon = 0;
    float attentionScale = 0;
    double ropeBase = 0;
    RopeScaling ropeScaling = RopeScaling::None;
    double ropeFrequencyScale = 1;           // 1 / factor
    double ropeAttentionFactor = 1;          // multiplies cosines and sines
    std::uint32_t originalContextLength = 0; // before scaling
};

// Reads and checks the keys. Everything is bounded, so sizes computed from the result do not
// overflow. Errors: NotFound is never returned; InvalidInput (a key is missing, has the wrong type
// or an impossible value; the message names it), Unsupported (the architecture, or a value this
// build cannot compute).
Result<TransformerParameters> readParameters(const GgufFile& file);

} // namespace attest::engine
