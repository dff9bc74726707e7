// Phi-3, Phi-3.5, Phi-4 and Phi-4-mini: fused projections, part of a head rotated in some,
// longrope. The key attention.sliding_window is not used: the reference program reads it and
// attends to all positions, and the published models are run that way.
#include "engine/families/families.h"

namespace attest::engine {

Result<void> readPhi3(const KeyReader& /*keys*/, TransformerParameters& parameters) {
    parameters.ropeForm = RopeForm::Halves;
    parameters.tensors.gateInUp = true;
    return {};
}

} // namespace attest::engine
