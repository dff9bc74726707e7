// Gemma 3, its text part: Gemma with norms behind each half layer and of queries and keys. Of six
// layers five see a window and are rotated by a base of their own. Source: Gemma Team 2025, "Gemma
// 3 Technical Report", section 2.
#include "engine/families/common.h"
#include "engine/families/families.h"

#include <cmath>

namespace attest::engine {

namespace {

// The 27B model alone scales scores by its width per head, and nothing in the file says so.
constexpr std::uint32_t kLayersOf27B = 62;

} // namespace

Result<void> readGemma3(const KeyReader& keys, TransformerParameters& parameters) {
    ATTEST_TRY(readGemma(keys, parameters));
    parameters.tensors.postNorms = true;
    parameters.tensors.queryKeyNorms = true;
    ATTEST_TRY_ASSIGN(const double logitCap,
                      keys.numberOrOff("final_logit_softcapping", kSoftcaps, 0));
    parameters.logitSoftcap = float(logitCap);
    if (parameters.layerCount == kLayersOf27B) {
        parameters.attentionScale =
            1.0F / std::sqrt(float(parameters.embeddingLength) / float(parameters.headCount));
    }
    ATTEST_TRY_ASSIGN(const std::uint32_t window,
                      keys.sizeOr("attention.sliding_window", ParameterLimits::kContext, 0));
    ATTEST_TRY_ASSIGN(
        const std::uint32_t period,
        keys.countOr("attention.sliding_window_pattern", ParameterLimits::kLayers, 6));
    ATTEST_TRY_ASSIGN(parameters.localRope.base,
                      keys.numberOr("rope.freq_base_swa", kRopeBases, parameters.localRope.base));
    for (std::size_t i = 0; i < parameters.layers.size() && window > 0; ++i) {
        if (i % period < period - 1) {
            parameters.layers[i] = {.rope = LayerRope::Local, .window = window};
        }
    }
    return {};
}

} // namespace attest::engine
