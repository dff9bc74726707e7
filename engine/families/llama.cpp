// Llama 2, 3, 3.1 and 3.2, TinyLlama, Mistral 7B, Nemo and Ministral 8B, SmolLM and SmolLM2: the
// plain block. Source: Touvron et al. 2023, section 2.2; Jiang et al. 2023 (Mistral).
#include "engine/families/families.h"

namespace attest::engine {

Result<void> readLlama(const KeyReader& keys, TransformerParameters& parameters) {
    if (parameters.ropeSize != parameters.headSize) {
        return keys.invalid("rope.dimension_count",
                            "is " + std::to_string(parameters.ropeSize) +
                                "; llama rotates whole heads of " +
                                std::to_string(parameters.headSize));
    }
    return {};
}

} // namespace attest::engine
