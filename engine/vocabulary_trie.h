// The vocabulary as a byte trie, so that one walk finds every token whose bytes a constraint
// allows.
//
// Nodes stand in depth-first order; each knows where its subtree ends, so a walk that is refused at
// a byte skips all tokens that begin that way. Different tokens with the same bytes stay apart.
#pragma once

#include "engine/tokenizer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace attest::engine {

// Immutable after build(); any thread may use it.
class VocabularyTrie {
public:
    struct Node {
        std::uint32_t skip;       // index of the first node after this subtree
        std::uint32_t tokenBegin; // into tokens_
        std::uint32_t tokenCount; // tokens that end here
        std::uint8_t byte;
        std::uint8_t depth; // 1 for the first byte of a token
    };

    // Longer tokens are left out: no walk needs them, every text has shorter ones.
    static constexpr std::size_t kMaxTokenBytes = 255;

    // tokenBytes[id] are the bytes of token id; empty: not text (control, unused), never found.
    explicit VocabularyTrie(std::span<const std::string_view> tokenBytes);

    // Only tokens that stand for text: neither control nor user-defined nor end-of-generation. A
    // byte token is left out where an ordinary token has the same byte: no encoder would use it.
    explicit VocabularyTrie(const Tokenizer& tokenizer);

    std::span<const Node> nodes() const { return nodes_; }

    std::span<const TokenId> tokensAt(const Node& node) const {
        return std::span<const TokenId>(tokens_).subspan(node.tokenBegin, node.tokenCount);
    }

    std::size_t vocabularySize() const { return vocabularySize_; }

    // Bytes of the longest token in the trie.
    std::size_t longestToken() const { return longestToken_; }

    // The tokens of the longest bytes that `text` begins with, ascending; empty: there are none.
    std::span<const TokenId> longestPrefix(std::string_view text) const;

    std::uint64_t memoryBytes() const;

    // Calls found(token) for each token whose every byte `step` accepts. step(from, byte, to)
    // writes the state after the byte and returns whether the byte may stand there. State is
    // copied, not constructed: it must be trivially copyable and default-constructible.
    template <typename State, typename Step, typename Found>
    void walk(const State& root, Step&& step, Found&& found) const {
        std::array<State, kMaxTokenBytes + 1> path;
        path[0] = root;
        for (std::size_t i = 0; i < nodes_.size();) {
            const Node& node = nodes_[i];
            if (!step(path[node.depth - 1U], node.byte, path[node.depth])) {
                i = node.skip;
                continue;
            }
            for (std::uint32_t t = 0; t < node.tokenCount; ++t) {
                found(tokens_[node.tokenBegin + t]);
            }
            ++i;
        }
    }

private:
    std::vector<Node> nodes_;
    std::vector<TokenId> tokens_; // grouped by node, ascending within
    std::size_t vocabularySize_ = 0;
    std::size_t longestToken_ = 0;
};

} // namespace attest::engine
