// Gemma: scaled embeddings and GELU. Norm weights are stored with the 1 that the paper adds to
// them. Source: Gemma Team 2024, "Gemma: Open Models Based on Gemini Research and Technology".
#include "engine/families/families.h"

#include <cmath>

namespace attest::engine {

Result<void> readGemma(const KeyReader& /*keys*/, TransformerParameters& parameters) {
    parameters.ropeForm = RopeForm::Halves;
    parameters.activation = Activation::Gelu;
    parameters.embeddingScale = std::sqrt(float(parameters.embeddingLength));
    return {};
}

} // namespace attest::engine
