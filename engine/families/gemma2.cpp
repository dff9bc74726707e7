// Gemma 2: Gemma with norms behind each half layer, softcaps, and a window on every other layer.
// Source: Gemma Team 2024, "Gemma 2: Improving Open Language Models at a Practical Size".
#include "engine/families/common.h"
#include "engine/families/families.h"

#include <cmath>

namespace attest::engine {

namespace {

// The 27B model alone scales scores by its width per head, and nothing in the file says so.
constexpr std::uint32_t kLayersOf27B = 46;

} // namespace

Result<void> readGemma2(const KeyReader& keys, TransformerParameters& parameters) {
    ATTEST_TRY(readGemma(keys, parameters));
    parameters.tensors.postNorms = true;
    ATTEST_TRY_ASSIGN(const double attentionCap,
                      keys.numberOrOff("attn_logit_softcapping", kSoftcaps, 50));
    ATTEST_TRY_ASSIGN(const double logitCap,
                      keys.numberOrOff("final_logit_softcapping", kSoftcaps, 30));
    parameters.attentionSoftcap = float(attentionCap);
    parameters.logitSoftcap = float(logitCap);
    if (parameters.layerCount == kLayersOf27B) {
        parameters.attentionScale =
            1.0F / std::sqrt(float(parameters.embeddingLength) / float(parameters.headCount));
    }
    ATTEST_TRY_ASSIGN(const std::uint32_t window,
                      keys.sizeOr("attention.sliding_window", ParameterLimits::kContext, 4096));
    for (std::size_t i = 0; i < parameters.layers.size(); i += 2) {
        parameters.layers[i].window = window;
    }
    return {};
}

} // namespace attest::engine
