// Qwen3: queries and keys are normalised before the rotation of halves.
#include "engine/families/families.h"

namespace attest::engine {

Result<void> readQwen3(const KeyReader& /*keys*/, TransformerParameters& parameters) {
    parameters.ropeForm = RopeForm::Halves;
    parameters.tensors.queryKeyNorms = true;
    return {};
}

} // namespace attest::engine
