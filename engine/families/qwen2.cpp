// Qwen2 and Qwen2.5: biases on the projections, halves rotated.
#include "engine/families/families.h"

namespace attest::engine {

Result<void> readQwen2(const KeyReader& /*keys*/, TransformerParameters& parameters) {
    parameters.ropeForm = RopeForm::Halves;
    parameters.tensors.projectionBiases = true;
    return {};
}

} // namespace attest::engine
