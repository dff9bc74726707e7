// The one step function of decoding: which token is forced, or which tokens may be chosen, after
// the tokens so far. Reference and fast decoding both ask it and nothing else.
#pragma once

#include "base/result.h"
#include "engine/token_mask.h"
#include "extract/decode/byte_program.h"
#include "extract/decode/reader_hints.h"
#include "extract/decode/vocabulary_index.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace attest::extract {

// What a choice said about the model; of a forced token nothing.
struct TokenTrace {
    std::size_t begin = 0; // bytes of the answer before the token
    std::size_t end = 0;
    bool isForced = true;
    double logProbability = 0; // renormalised under the mask
    double feasibleMass = 1;   // share of the model's own probability that the mask left
};

// A choice made on the logits of one position.
struct TokenChoice {
    engine::TokenId token = -1;
    double logProbability = 0;
    double feasibleMass = 1;
};

// A token that gets another logit than the model gave it.
struct TokenBias {
    engine::TokenId token = -1; // none
    float bias = 0;
};

// The allowed token with the highest logit, of equals the lowest id; NaN counts as lowest. The bias
// belongs to the logits in all that the choice says.
// REQUIRES: the mask is not empty, and all its ids are below logits.size().
TokenChoice
chooseToken(std::span<const float> logits, const engine::TokenMask& mask, TokenBias bias = {});

// Not thread-safe; borrows program and index.
class AnswerWalk {
public:
    // Aligned: tokens do not cross the borders that docs/prompt_format.md names.
    AnswerWalk(const ByteProgram& program,
               const VocabularyIndex& index,
               bool isAligned,
               const ReaderHints& hints = {});

    struct Step {
        std::optional<engine::TokenId> forced;
        const engine::TokenMask* mask = nullptr; // valid until the next call; null when forced
        TokenBias bias;                          // of the token that says there is nothing (more)
    };

    // Errors: Unsupported (the vocabulary has no token for a byte that must come).
    // REQUIRES: !isComplete().
    Result<Step> next();

    // REQUIRES: a token that next() allowed.
    void take(engine::TokenId token);
    void take(const TokenChoice& choice);

    bool isComplete() const { return pending_.empty() && program_.isComplete(state_); }

    // Ends the answer legally before its time: goes back to where the last whole record or single
    // field ended, and closes from there on the shortest way.
    void close();

    const std::string& bytes() const { return bytes_; }

    const std::vector<TokenTrace>& traces() const { return traces_; }

    const ProgramState& state() const { return state_; }

private:
    struct StateHash {
        std::size_t operator()(const ProgramState& state) const;
    };

    void advance(engine::TokenId token, TokenTrace trace);
    engine::TokenMask buildMask() const;
    TokenBias biasHere() const;

    const ByteProgram& program_;
    const VocabularyIndex& index_;
    bool isAligned_;
    ReaderHints hints_;
    ProgramState state_;
    std::string bytes_;
    std::vector<TokenTrace> traces_;
    std::vector<engine::TokenId> pending_; // rest of a forced run, last first
    ProgramState safeState_;
    std::size_t safeBytes_ = 0;
    std::unordered_map<ProgramState, engine::TokenMask, StateHash> masks_;
    std::size_t maskBytes_ = 0;
};

} // namespace attest::extract
