// Finds the texts of special tokens in running text.
#pragma once

#include "engine/tokenizer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace attest::engine {

// A trie of token texts. Filled once, then read by any thread.
class SpecialMatcher {
public:
    struct Match {
        std::size_t begin;
        std::size_t end;
        TokenId token;
    };

    SpecialMatcher() : nodes_(1) {}

    // REQUIRES: text is not empty.
    void add(std::string_view text, TokenId token);

    // The leftmost match at or after `from`, the longest of those that begin there.
    std::optional<Match> next(std::string_view text, std::size_t from) const;

private:
    struct Node {
        std::vector<std::pair<std::uint8_t, std::uint32_t>> children; // sorted by byte
        std::optional<TokenId> token;
    };

    // 0 (the root, nobody's child): none.
    std::uint32_t child(const Node& node, std::uint8_t byte) const;

    std::vector<Node> nodes_;
};

} // namespace attest::engine
