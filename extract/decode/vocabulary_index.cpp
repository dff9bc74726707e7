#include "extract/decode/vocabulary_index.h"

#include <string>

namespace attest::extract {

VocabularyIndex::VocabularyIndex(const engine::Tokenizer& tokenizer)
    : tokenizer_(tokenizer), trie_(tokenizer), byteTokens_{} {
    for (std::size_t byte = 0; byte < byteTokens_.size(); ++byte) {
        const std::vector<engine::TokenId> tokens = spell(std::string(1, char(byte)));
        byteTokens_[byte] = tokens.size() == 1 ? tokens.front() : -1;
    }
}

std::vector<engine::TokenId> VocabularyIndex::spell(std::string_view text) const {
    std::vector<engine::TokenId> tokens = tokenizer_.encode(text, engine::SpecialText::Plain);
    std::string spelt;
    for (const engine::TokenId token : tokens) {
        spelt += tokenizer_.tokenBytes(token);
    }
    if (spelt == text) {
        return tokens;
    }
    tokens.clear();
    while (!text.empty()) {
        const std::span<const engine::TokenId> longest = trie_.longestPrefix(text);
        if (longest.empty()) {
            return {};
        }
        tokens.push_back(longest.front());
        text.remove_prefix(tokenizer_.tokenBytes(longest.front()).size());
    }
    return tokens;
}

} // namespace attest::extract
