#include "extract/decode/vocabulary_index.h"

#include <span>

namespace attest::extract {

namespace {

std::vector<std::string> bytesOf(const engine::Tokenizer& tokenizer) {
    std::vector<std::string> bytes;
    bytes.reserve(tokenizer.vocabularySize());
    for (std::size_t id = 0; id < tokenizer.vocabularySize(); ++id) {
        bytes.emplace_back(tokenizer.tokenBytes(engine::TokenId(id)));
    }
    return bytes;
}

std::vector<std::string_view> viewsOf(const std::vector<std::string>& bytes) {
    return {bytes.begin(), bytes.end()};
}

} // namespace

VocabularyIndex::VocabularyIndex(const engine::Tokenizer& tokenizer)
    : tokenizer_(&tokenizer), bytes_(bytesOf(tokenizer)), trie_(tokenizer), byteTokens_{} {
    findByteTokens();
}

VocabularyIndex::VocabularyIndex(const std::vector<std::string>& tokenBytes)
    : bytes_(tokenBytes), trie_(viewsOf(tokenBytes)), byteTokens_{} {
    findByteTokens();
}

void VocabularyIndex::findByteTokens() {
    for (std::size_t byte = 0; byte < byteTokens_.size(); ++byte) {
        const std::vector<engine::TokenId> tokens = spell(std::string(1, char(byte)));
        byteTokens_[byte] = tokens.size() == 1 ? tokens.front() : -1;
    }
}

std::vector<engine::TokenId> VocabularyIndex::spell(std::string_view text) const {
    std::vector<engine::TokenId> tokens;
    if (tokenizer_ != nullptr) {
        tokens = tokenizer_->encode(text, engine::SpecialText::Plain);
        std::string spelt;
        for (const engine::TokenId token : tokens) {
            spelt += tokenBytes(token);
        }
        if (spelt == text) {
            return tokens;
        }
        tokens.clear();
    }
    while (!text.empty()) {
        const std::span<const engine::TokenId> longest = trie_.longestPrefix(text);
        if (longest.empty()) {
            return {};
        }
        tokens.push_back(longest.front());
        text.remove_prefix(tokenBytes(longest.front()).size());
    }
    return tokens;
}

} // namespace attest::extract
