// What decoding needs of a model's vocabulary; built once per model.
#pragma once

#include "engine/tokenizer.h"
#include "engine/vocabulary_trie.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

// Immutable; any thread may use it. Borrows the tokenizer, which must outlive it.
class VocabularyIndex {
public:
    explicit VocabularyIndex(const engine::Tokenizer& tokenizer);

    // A vocabulary without a tokenizer (empty bytes: not text); spell() takes the longest token.
    explicit VocabularyIndex(const std::vector<std::string>& tokenBytes);

    const engine::VocabularyTrie& trie() const { return trie_; }

    // Tokens whose bytes are exactly `text`: as the tokenizer cuts it, and where that adds bytes of
    // its own (a leading space), or cannot, by the longest token first. Empty when no sequence of
    // tokens spells the text.
    std::vector<engine::TokenId> spell(std::string_view text) const;

    // As Tokenizer::tokenBytes(). REQUIRES: a token of the vocabulary.
    std::string_view tokenBytes(engine::TokenId token) const { return bytes_[std::size_t(token)]; }

    // The token that spell() gives for one byte; -1: none.
    engine::TokenId byteToken(std::uint8_t byte) const { return byteTokens_[byte]; }

private:
    void findByteTokens();

    const engine::Tokenizer* tokenizer_ = nullptr;
    std::vector<std::string> bytes_;
    engine::VocabularyTrie trie_;
    std::array<engine::TokenId, 256> byteTokens_;
};

} // namespace attest::extract
