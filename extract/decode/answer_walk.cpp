#include "extract/decode/answer_walk.h"

#include "base/check.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace attest::extract {

namespace {

constexpr std::size_t kMaxMaskBytes = std::size_t(64) << 20;

} // namespace

TokenChoice
chooseToken(std::span<const float> logits, const engine::TokenMask& mask, TokenBias bias) {
    const auto logit = [&](engine::TokenId token) {
        const float value = logits[std::size_t(token)] + (token == bias.token ? bias.bias : 0);
        return std::isnan(value) ? -std::numeric_limits<float>::infinity() : value;
    };
    TokenChoice choice;
    mask.forEach([&](engine::TokenId token) {
        const bool isBetter = choice.token < 0 || logit(token) > logit(choice.token) ||
                              (logit(token) == logit(choice.token) && token < choice.token);
        choice.token = isBetter ? token : choice.token;
    });
    float highest = logit(choice.token);
    for (std::size_t id = 0; id < logits.size(); ++id) {
        highest = std::max(highest, logit(engine::TokenId(id)));
    }
    if (!std::isfinite(highest)) {
        return choice;
    }
    double all = 0;
    for (std::size_t id = 0; id < logits.size(); ++id) {
        all += std::exp(double(logit(engine::TokenId(id))) - double(highest));
    }
    // Relative to the chosen token, so that a mask far below the model's favourite still adds up.
    // Ascending ids: the sum must not depend on how the mask is held.
    std::vector<engine::TokenId> allowed;
    mask.forEach([&](engine::TokenId token) { allowed.push_back(token); });
    std::sort(allowed.begin(), allowed.end());
    const double chosen = double(logit(choice.token));
    if (!std::isfinite(chosen)) {
        choice.feasibleMass = 0;
        choice.logProbability = -std::log(double(allowed.size()));
        return choice;
    }
    double feasible = 0;
    for (const engine::TokenId token : allowed) {
        feasible += std::exp(double(logit(token)) - chosen);
    }
    choice.logProbability = -std::log(feasible);
    choice.feasibleMass = std::min(1.0, feasible * std::exp(chosen - double(highest)) / all);
    return choice;
}

std::size_t AnswerWalk::StateHash::operator()(const ProgramState& state) const {
    const auto bytes = std::bit_cast<std::array<std::uint8_t, sizeof(ProgramState)>>(state);
    std::uint64_t hash = 0xcbf29ce484222325U; // FNV-1a
    for (const std::uint8_t byte : bytes) {
        hash = (hash ^ byte) * 0x100000001b3U;
    }
    return std::size_t(hash);
}

AnswerWalk::AnswerWalk(const ByteProgram& program,
                       const VocabularyIndex& index,
                       bool isAligned,
                       const ReaderHints& hints)
    : program_(program)
    , index_(index)
    , isAligned_(isAligned)
    , hints_(hints)
    , state_(program.start())
    , safeState_(state_) {}

engine::TokenMask AnswerWalk::buildMask() const {
    engine::TokenMask mask(index_.trie().vocabularySize());
    const auto add = [&mask](engine::TokenId token) {
        mask.add(token);
    };
    ProgramState after;
    if (!isAligned_) {
        index_.trie().walk(
            state_,
            [this](const ProgramState& from, std::uint8_t byte, ProgramState& to) {
                return program_.step(from, byte, to);
            },
            add);
        return mask;
    }
    if (program_.isInString(state_)) {
        index_.trie().walk(
            state_,
            [this](const ProgramState& from, std::uint8_t byte, ProgramState& to) {
                return program_.step(from, byte, to) && to.op == from.op;
            },
            add);
        const engine::TokenId quote = index_.byteToken('"');
        if (quote >= 0 && state_.isEscaped == 0 && program_.step(state_, '"', after)) {
            mask.add(quote);
        }
        return mask;
    }
    for (int byte = 0; byte < 256; ++byte) {
        const engine::TokenId token = index_.byteToken(std::uint8_t(byte));
        if (token >= 0 && program_.step(state_, std::uint8_t(byte), after)) {
            mask.add(token);
        }
    }
    return mask;
}

TokenBias AnswerWalk::biasHere() const {
    switch (program_.op(state_).kind) {
    case OpKind::ListBegin:
    case OpKind::ListNext: return {index_.byteToken(']'), hints_.listEndBias};
    case OpKind::NullOr: return {index_.byteToken('n'), hints_.nullBias};
    default: return {};
    }
}

Result<AnswerWalk::Step> AnswerWalk::next() {
    ATTEST_CHECK(!isComplete());
    const auto cannotSpell = [] {
        return Error{ErrorCode::Unsupported,
                     "the model's vocabulary cannot spell the answer that the template asks for"};
    };
    if (pending_.empty() && isAligned_ && !program_.isInString(state_)) {
        std::string run;
        ProgramState ahead = state_;
        while (!program_.isComplete(ahead) && !program_.isInString(ahead)) {
            const std::optional<std::uint8_t> byte = program_.forcedByte(ahead);
            if (!byte) {
                break;
            }
            ATTEST_CHECK(program_.step(ahead, *byte, ahead));
            run += char(*byte);
        }
        if (!run.empty()) {
            pending_ = index_.spell(run);
            if (pending_.empty()) {
                return cannotSpell();
            }
            std::reverse(pending_.begin(), pending_.end());
        }
    }
    if (!pending_.empty()) {
        return Step{pending_.back(), nullptr, {}};
    }
    const ProgramState key = program_.maskKey(state_, index_.trie().longestToken(), isAligned_);
    auto found = masks_.find(key);
    if (found == masks_.end()) {
        engine::TokenMask mask = buildMask();
        if (maskBytes_ > kMaxMaskBytes) {
            masks_.clear();
            maskBytes_ = 0;
        }
        maskBytes_ += mask.memoryBytes() + sizeof(ProgramState);
        found = masks_.emplace(key, std::move(mask)).first;
    }
    const engine::TokenMask& mask = found->second;
    if (mask.count() == 0) {
        return cannotSpell();
    }
    if (mask.count() == 1) {
        engine::TokenId only = -1;
        mask.forEach([&only](engine::TokenId token) { only = token; });
        return Step{only, nullptr, {}};
    }
    return Step{std::nullopt, &mask, biasHere()};
}

void AnswerWalk::advance(engine::TokenId token, TokenTrace trace) {
    trace.begin = bytes_.size();
    for (const char byte : index_.tokenBytes(token)) {
        ATTEST_CHECK(program_.step(state_, std::uint8_t(byte), state_));
        bytes_ += byte;
        const ByteProgram::Op& op = program_.op(state_);
        const bool isBetweenItems =
            (op.kind == OpKind::ListBegin || op.kind == OpKind::ListNext) && op.list == 0;
        const bool isBeforeField = op.kind == OpKind::NullOr && op.list == ByteProgram::kNoList;
        if (isBetweenItems || isBeforeField) {
            safeState_ = state_;
            safeBytes_ = bytes_.size();
        }
    }
    trace.end = bytes_.size();
    traces_.push_back(trace);
    if (!pending_.empty()) {
        pending_.pop_back();
    }
}

void AnswerWalk::take(engine::TokenId token) {
    advance(token, {});
}

void AnswerWalk::take(const TokenChoice& choice) {
    advance(choice.token, {0, 0, false, choice.logProbability, choice.feasibleMass});
}

void AnswerWalk::close() {
    bytes_.resize(safeBytes_);
    state_ = safeState_;
    pending_.clear();
    while (!traces_.empty() && traces_.back().begin >= safeBytes_) {
        traces_.pop_back();
    }
    const std::string rest = program_.shortestCompletion(state_);
    for (const char byte : rest) {
        ATTEST_CHECK(program_.step(state_, std::uint8_t(byte), state_));
    }
    bytes_ += rest;
}

} // namespace attest::extract
