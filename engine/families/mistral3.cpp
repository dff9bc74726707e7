// Ministral 3: the plain block with all of YaRN, and queries that grow with the position.
#include "engine/families/families.h"

namespace attest::engine {

Result<void> readMistral3(const KeyReader& keys, TransformerParameters& parameters) {
    RopeParameters& rope = parameters.globalRope;
    ATTEST_TRY_ASSIGN(rope.betaFast,
                      keys.numberOr("rope.scaling.yarn_beta_fast", {1e-3, 1e6}, rope.betaFast));
    ATTEST_TRY_ASSIGN(rope.betaSlow,
                      keys.numberOr("rope.scaling.yarn_beta_slow", {1e-3, 1e6}, rope.betaSlow));
    ATTEST_TRY_ASSIGN(rope.logMultiplier,
                      keys.numberOr("rope.scaling.yarn_log_multiplier", {0, 1e3}, 0));
    ATTEST_TRY_ASSIGN(const double temperature,
                      keys.numberOr("attention.temperature_scale", {0, 1e3}, 0));
    parameters.queryTemperature = float(temperature);
    return {};
}

} // namespace attest::engine
