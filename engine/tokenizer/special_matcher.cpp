#include "engine/tokenizer/special_matcher.h"

#include "base/check.h"

#include <algorithm>

namespace attest::engine {

void SpecialMatcher::add(std::string_view text, TokenId token) {
    ATTEST_CHECK(!text.empty());
    std::uint32_t at = 0;
    for (const char c : text) {
        const auto byte = std::uint8_t(c);
        std::uint32_t next = child(nodes_[at], byte);
        if (next == 0) {
            next = std::uint32_t(nodes_.size());
            auto& children = nodes_[at].children;
            const auto place = std::lower_bound(
                children.begin(), children.end(), std::pair(byte, std::uint32_t{0}));
            children.insert(place, std::pair(byte, next));
            nodes_.emplace_back();
        }
        at = next;
    }
    nodes_[at].token = token;
}

std::optional<SpecialMatcher::Match> SpecialMatcher::next(std::string_view text,
                                                          std::size_t from) const {
    if (nodes_.front().children.empty()) {
        return std::nullopt;
    }
    for (std::size_t begin = from; begin < text.size(); ++begin) {
        std::optional<Match> longest;
        std::uint32_t at = child(nodes_.front(), std::uint8_t(text[begin]));
        for (std::size_t end = begin + 1; at != 0; ++end) {
            if (nodes_[at].token) {
                longest = Match{begin, end, *nodes_[at].token};
            }
            if (end == text.size()) {
                break;
            }
            at = child(nodes_[at], std::uint8_t(text[end]));
        }
        if (longest) {
            return longest;
        }
    }
    return std::nullopt;
}

std::uint32_t SpecialMatcher::child(const Node& node, std::uint8_t byte) const {
    const auto place = std::lower_bound(
        node.children.begin(), node.children.end(), std::pair(byte, std::uint32_t{0}));
    return place != node.children.end() && place->first == byte ? place->second : 0;
}

} // namespace attest::engine
