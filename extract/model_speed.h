// How fast a model reads and writes here; for `attest bench` and model cards.
#pragma once

#include "base/result.h"
#include "engine/session.h"

#include <cstdint>
#include <stop_token>

namespace attest::extract {

struct SpeedPlan {
    std::uint32_t promptTokens = 256;
    std::uint32_t answerTokens = 32;
    std::uint32_t vocabularySize = 0; // of the session's model
};

struct TokenRates {
    double promptTokensPerSecond = 0;
    double answerTokensPerSecond = 0;
};

// One round: the session is emptied, reads the prompt at once and writes the answer token by token.
// Errors: as Session::append(). REQUIRES: no number of the plan is 0.
Result<TokenRates>
measureRates(engine::Session& session, const SpeedPlan& plan, const std::stop_token& stop);

} // namespace attest::extract
