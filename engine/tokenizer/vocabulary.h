// The tokens of a model file and what it says about them, checked.
#pragma once

#include "base/result.h"
#include "engine/tokenizer.h"
#include "engine/tokenizer/keyed_hash.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::engine {

inline constexpr TokenId kNoToken = -1;

enum class TokenizerFamily : std::uint8_t {
    Spm, // "llama": SentencePiece-style, merges by score
    Bpe, // "gpt2": byte-level, merges by rank
};

struct VocabularyLimits {
    static constexpr std::size_t kTokens = 1U << 20U; // published models have up to 262 144
    static constexpr std::size_t kTokenBytes = 2048;  // the longest seen is a few hundred
    static constexpr std::size_t kSpecialBytes = 256; // control and user-defined tokens
};

// Immutable after load(); owns its texts.
class Vocabulary {
public:
    // Errors: InvalidInput, Unsupported (tokenizer.ggml.model), OutOfResources (a limit).
    static Result<Vocabulary> load(const GgufFile& file);

    TokenizerFamily family() const { return family_; }

    std::size_t size() const { return kinds_.size(); }

    // REQUIRES for all that take a token: it is inside the vocabulary.
    std::string_view text(TokenId token) const { return texts_.at(token); }

    std::string_view bytes(TokenId token) const { return bytes_.at(token); }

    TokenKind kind(TokenId token) const { return kinds_[std::size_t(token)]; }

    float score(TokenId token) const { return scores_.empty() ? 0 : scores_[std::size_t(token)]; }

    bool isEndOfGeneration(TokenId token) const { return endOfGeneration_[std::size_t(token)]; }

    // The token with exactly this text; null: none.
    const TokenId* find(std::string_view tokenText) const { return tokens_.find(tokenText); }

    // Merging may make it out of text: it is normal, or user-defined and not of a chat frame.
    bool isMergeable(TokenId token) const { return isMergeable_[std::size_t(token)]; }

    // As find(), mergeable tokens only.
    const TokenId* findMergeable(std::string_view tokenText) const {
        const TokenId* token = find(tokenText);
        return token != nullptr && isMergeable_[std::size_t(*token)] ? token : nullptr;
    }

    // The token of a single byte; kNoToken where there is none.
    TokenId byteToken(std::uint8_t byte) const { return byteTokens_[byte]; }

    std::optional<TokenId> bos() const { return bos_; }

    std::optional<TokenId> eos() const { return eos_; }

    std::optional<TokenId> unknown() const { return unknown_; }

private:
    // Many strings in one block of memory.
    class TextPool {
    public:
        void add(std::string_view text) {
            characters_.insert(characters_.end(), text.begin(), text.end());
            ends_.push_back(std::uint32_t(characters_.size()));
        }

        std::string_view at(TokenId index) const {
            const auto i = std::size_t(index);
            const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
            return {characters_.data() + begin, ends_[i] - begin};
        }

    private:
        std::vector<char> characters_; // not a string: moving must keep the addresses
        std::vector<std::uint32_t> ends_;
    };

    Vocabulary() = default;

    Result<void> readFamily(const GgufFile& file);
    Result<void> readTexts(const GgufFile& file);
    Result<void> readKinds(const GgufFile& file);
    Result<void> readScores(const GgufFile& file);
    Result<void> readSpecialIds(const GgufFile& file);
    Result<void> checkUnknown() const;
    Result<void> indexTokens();
    Result<void> fillBytes();

    TokenId count() const { return TokenId(size()); }

    TokenizerFamily family_ = TokenizerFamily::Spm;
    TextPool texts_; // the tables below point into it
    TextPool bytes_;
    std::vector<TokenKind> kinds_;
    std::vector<float> scores_;
    std::vector<bool> endOfGeneration_;
    std::array<TokenId, 256> byteTokens_ = {};
    std::vector<bool> isMergeable_;
    KeyedTable<std::string_view, TokenId> tokens_;
    std::optional<TokenId> bos_;
    std::optional<TokenId> eos_;
    std::optional<TokenId> unknown_;
};

} // namespace attest::engine
