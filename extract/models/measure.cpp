#include "base/check.h"
#include "engine/model.h"
#include "engine/thread_pool.h"
#include "extract/model_card.h"
#include "extract/model_speed.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

namespace attest::extract {

namespace {

using Clock = std::chrono::steady_clock;

// Not zero, however coarse the clock is.
double secondsSince(Clock::time_point begin) {
    return std::max(std::chrono::duration<double>(Clock::now() - begin).count(), 1e-9);
}

} // namespace

Result<TokenRates>
measureRates(engine::Session& session, const SpeedPlan& plan, const std::stop_token& stop) {
    ATTEST_CHECK(plan.promptTokens > 0 && plan.answerTokens > 0 && plan.vocabularySize > 0);
    // The tokens are of no meaning: the time does not depend on them.
    std::vector<engine::TokenId> prompt;
    for (std::uint32_t i = 0; i < plan.promptTokens; ++i) {
        const std::uint64_t token = (i * std::uint64_t{7919} + 13) % plan.vocabularySize;
        prompt.push_back(static_cast<engine::TokenId>(token));
    }
    TokenRates rates;
    session.truncate(0);
    auto begin = Clock::now();
    ATTEST_TRY(session.append(prompt, stop));
    rates.promptTokensPerSecond = double(plan.promptTokens) / secondsSince(begin);
    begin = Clock::now();
    for (std::uint32_t i = 0; i < plan.answerTokens; ++i) {
        const std::array token = {prompt[i % prompt.size()]};
        ATTEST_TRY(session.append(token, stop));
    }
    rates.answerTokensPerSecond = double(plan.answerTokens) / secondsSince(begin);
    return rates;
}

Result<ModelSpeed>
measureModel(const std::filesystem::path& path, std::size_t threads, std::stop_token stop) {
    if (stop.stop_requested()) {
        return Error{ErrorCode::Cancelled, "measuring was cancelled"};
    }
    ATTEST_TRY_ASSIGN(const auto model, engine::Model::load(path));
    engine::ThreadPool pool(threads);
    // Models with a small context are measured on what fits.
    SpeedPlan plan;
    plan.vocabularySize = model->info().vocabularySize;
    const std::uint32_t context =
        std::min(model->info().contextLength, plan.promptTokens + plan.answerTokens);
    if (context < 2) {
        return Error{ErrorCode::Unsupported,
                     "'" + path.string() + "': a context of one token has no speed"};
    }
    plan.answerTokens = std::min(plan.answerTokens, context / 2);
    plan.promptTokens = context - plan.answerTokens;
    ATTEST_TRY_ASSIGN(engine::Session session,
                      engine::Session::create(model, pool, {.contextLength = context}));
    // The first token brings the weights from the disk, which is not what is asked.
    const std::array<engine::TokenId, 1> first = {0};
    ATTEST_TRY(session.append(first, stop));
    ATTEST_TRY_ASSIGN(const TokenRates rates, measureRates(session, plan, stop));
    return ModelSpeed{rates.promptTokensPerSecond, rates.answerTokensPerSecond};
}

} // namespace attest::extract
