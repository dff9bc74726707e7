// The tokens of words that came up before in the same text: most words of a text do.
#pragma once

#include "engine/tokenizer.h"
#include "engine/tokenizer/keyed_hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace attest::engine {

// Holds short pieces with few tokens, at each place the last one that fell there; so it never
// grows, whatever the text. Not thread-safe.
class PieceCache {
public:
    // For a text of so many bytes; short ones need no large table.
    explicit PieceCache(std::size_t textBytes)
        : entries_(std::bit_ceil(std::clamp<std::size_t>(textBytes / 16, 16, 8192))) {}

    // Appends the tokens of `piece`; false where they are not known.
    bool append(std::string_view piece, std::vector<TokenId>& tokens) {
        if (piece.empty() || piece.size() > kPieceBytes) {
            return false;
        }
        const Entry& entry = entries_[place(piece)];
        if (entry.length != piece.size() ||
            std::memcmp(entry.text.data(), piece.data(), piece.size()) != 0) {
            return false;
        }
        tokens.insert(tokens.end(), entry.tokens.begin(), entry.tokens.begin() + entry.count);
        return true;
    }

    // The tokens of `piece`, for next time.
    void remember(std::string_view piece, std::span<const TokenId> tokens) {
        if (piece.empty() || piece.size() > kPieceBytes || tokens.size() > kTokens) {
            return;
        }
        Entry& entry = entries_[place(piece)];
        entry.length = std::uint8_t(piece.size());
        entry.count = std::uint8_t(tokens.size());
        std::copy(piece.begin(), piece.end(), entry.text.begin());
        std::copy(tokens.begin(), tokens.end(), entry.tokens.begin());
    }

private:
    static constexpr std::size_t kPieceBytes = 26;
    static constexpr std::size_t kTokens = 6;

    struct Entry {
        std::uint8_t length = 0; // 0: free
        std::uint8_t count = 0;
        std::array<char, kPieceBytes> text = {};
        std::array<TokenId, kTokens> tokens = {};
    };

    std::size_t place(std::string_view piece) const {
        return std::size_t(keyedHash(piece)) & (entries_.size() - 1);
    }

    std::vector<Entry> entries_;
};

} // namespace attest::engine
