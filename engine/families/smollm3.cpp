// SmolLM3: the plain block, but every fourth layer is not rotated (Yang et al. 2025, "RoPE to
// NoRoPE"). The period is not in the file.
#include "engine/families/families.h"

namespace attest::engine {

Result<void> readSmolLm3(const KeyReader& /*keys*/, TransformerParameters& parameters) {
    constexpr std::size_t kPeriod = 4;
    for (std::size_t i = kPeriod - 1; i < parameters.layers.size(); i += kPeriod) {
        parameters.layers[i].rope = LayerRope::None;
    }
    return {};
}

} // namespace attest::engine
