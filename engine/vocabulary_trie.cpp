#include "engine/vocabulary_trie.h"

#include <algorithm>

namespace attest::engine {

namespace {

// A bound on the memory that a hostile vocabulary can ask for. The largest in use have 260,000
// tokens, 1.7 million bytes in all.
constexpr std::size_t kMaxTotalBytes = 16'000'000;

std::size_t commonPrefix(std::string_view a, std::string_view b) {
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t length = 0;
    while (length < shorter && a[length] == b[length]) {
        ++length;
    }
    return length;
}

// Tokens longer than this are left out so that all others fit.
std::size_t lengthLimit(std::span<const std::string_view> tokenBytes) {
    std::size_t limit = VocabularyTrie::kMaxTokenBytes;
    for (; limit > 1; limit /= 2) {
        std::size_t total = 0;
        for (const std::string_view bytes : tokenBytes) {
            total += bytes.size() <= limit ? bytes.size() : 0;
        }
        if (total <= kMaxTotalBytes) {
            break;
        }
    }
    return limit;
}

std::vector<std::string_view> textTokens(const Tokenizer& tokenizer) {
    std::vector<std::string_view> bytes(tokenizer.vocabularySize());
    std::array<bool, 256> isOrdinary{};
    for (std::size_t id = 0; id < bytes.size(); ++id) {
        if (tokenizer.kind(TokenId(id)) == TokenKind::Normal &&
            !tokenizer.isEndOfGeneration(TokenId(id))) {
            bytes[id] = tokenizer.tokenBytes(TokenId(id));
            if (bytes[id].size() == 1) {
                isOrdinary[std::uint8_t(bytes[id].front())] = true;
            }
        }
    }
    for (std::size_t id = 0; id < bytes.size(); ++id) {
        if (tokenizer.kind(TokenId(id)) == TokenKind::Byte) {
            const std::string_view byte = tokenizer.tokenBytes(TokenId(id));
            if (byte.size() == 1 && !isOrdinary[std::uint8_t(byte.front())]) {
                bytes[id] = byte;
            }
        }
    }
    return bytes;
}

} // namespace

VocabularyTrie::VocabularyTrie(const Tokenizer& tokenizer)
    : VocabularyTrie(textTokens(tokenizer)) {}

VocabularyTrie::VocabularyTrie(std::span<const std::string_view> tokenBytes)
    : vocabularySize_(tokenBytes.size()) {
    const std::size_t limit = lengthLimit(tokenBytes);
    for (std::size_t id = 0; id < tokenBytes.size(); ++id) {
        const std::size_t size = tokenBytes[id].size();
        if (size > 0 && size <= limit) {
            tokens_.push_back(TokenId(id));
            longestToken_ = std::max(longestToken_, size);
        }
    }
    const auto bytesOf = [&](TokenId id) {
        return tokenBytes[std::size_t(id)];
    };
    std::sort(tokens_.begin(), tokens_.end(), [&](TokenId a, TokenId b) {
        const int order = bytesOf(a).compare(bytesOf(b));
        return order != 0 ? order < 0 : a < b;
    });

    std::vector<std::uint32_t> open; // nodes on the path to the token before, by depth
    std::string_view before;
    for (std::size_t t = 0; t < tokens_.size(); ++t) {
        const std::string_view bytes = bytesOf(tokens_[t]);
        const std::size_t shared = commonPrefix(before, bytes);
        for (; open.size() > shared; open.pop_back()) {
            nodes_[open.back()].skip = std::uint32_t(nodes_.size());
        }
        for (std::size_t depth = shared; depth < bytes.size(); ++depth) {
            open.push_back(std::uint32_t(nodes_.size()));
            nodes_.push_back(
                {0, std::uint32_t(t), 0, std::uint8_t(bytes[depth]), std::uint8_t(depth + 1)});
        }
        ++nodes_[open.back()].tokenCount;
        before = bytes;
    }
    for (const std::uint32_t node : open) {
        nodes_[node].skip = std::uint32_t(nodes_.size());
    }
    nodes_.shrink_to_fit();
}

std::span<const TokenId> VocabularyTrie::longestPrefix(std::string_view text) const {
    std::span<const TokenId> best;
    std::size_t matched = 0; // nodes up to here lie on the path of `text`
    for (std::size_t i = 0; i < nodes_.size() && matched < text.size();) {
        const Node& node = nodes_[i];
        if (node.depth <= matched) {
            break; // left the subtree of the path
        }
        if (node.byte != std::uint8_t(text[matched])) {
            i = node.skip;
            continue;
        }
        ++matched;
        if (node.tokenCount > 0) {
            best = tokensAt(node);
        }
        ++i;
    }
    return best;
}

std::uint64_t VocabularyTrie::memoryBytes() const {
    return nodes_.capacity() * sizeof(Node) + tokens_.capacity() * sizeof(TokenId);
}

} // namespace attest::engine
