// SentencePiece-style BPE: characters are joined to the token with the highest score.
#pragma once

#include "engine/tokenizer/merge.h"
#include "engine/tokenizer/vocabulary.h"

#include <string>
#include <string_view>
#include <vector>

namespace attest::engine {

// Immutable. The vocabulary is handed to each call, so that both can be moved together.
class SpmEncoder {
public:
    explicit SpmEncoder(const Vocabulary& vocabulary);

    // Appends the tokens of `text`, in which nothing is special.
    // Source: Kudo & Richardson 2018, "SentencePiece", section 3 (BPE segmentation, byte fallback).
    void encode(const Vocabulary& vocabulary,
                std::string_view text,
                bool spaceInFront,
                std::vector<TokenId>& tokens) const;

private:
    void encodeSegment(const Vocabulary& vocabulary,
                       std::string_view segment,
                       Merger& merger,
                       std::vector<TokenId>& tokens) const;

    std::size_t longestToken_ = 0; // in bytes
    // Characters that stand before a space mark inside some token, sorted. Everywhere else a space
    // mark begins a new token.
    std::vector<char32_t> joinsSpace_;
};

} // namespace attest::engine
