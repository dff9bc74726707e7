// BitNet b1.58: two more norms, in front of the second product of each half layer; weights are
// ternary with a scale per matrix or block. `bitnet` is the 3B reproduction with SiLU;
// `bitnet-b1.58` (also written `bitnet-25`) is the 2B4T model with squared ReLU. Source: Ma et al.
// 2024, "The Era of 1-bit LLMs"; Ma et al. 2025, "BitNet b1.58 2B4T Technical Report", section 2.
#include "engine/families/families.h"

namespace attest::engine {

Result<void> readBitnet(const KeyReader& /*keys*/, TransformerParameters& parameters) {
    parameters.ropeForm = RopeForm::Halves;
    parameters.tensors.subNorms = true;
    return {};
}

Result<void> readBitnet158(const KeyReader& keys, TransformerParameters& parameters) {
    ATTEST_TRY(readBitnet(keys, parameters));
    parameters.activation = Activation::ReluSquared;
    return {};
}

} // namespace attest::engine
