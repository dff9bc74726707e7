// Merging is local: what happens on one side of a border that no token spans cannot change the
// other side. Hardly any token has a space mark inside, so the text is cut in front of space marks
// and each segment is merged on its own, with the same result and heaps of a few entries.
#include "engine/tokenizer/spm.h"

#include "base/utf8.h"
#include "engine/tokenizer/piece_cache.h"

#include <algorithm>
#include <bit>
#include <span>

namespace attest::engine {

namespace {

constexpr char32_t kSpaceMark = 0x2581;

// A segment without any space, for instance a megabyte of base64, is cut at this length; the tokens
// at the cut may differ from those of the whole.
constexpr std::size_t kSegmentBytes = 1U << 14U;

constexpr std::string_view kSpaceText = "\xE2\x96\x81";

// Position of the next space or space mark.
std::size_t nextSpace(std::string_view text, std::size_t at) {
    for (;; ++at) {
        at = text.find_first_of(" \xE2", at);
        if (at == std::string_view::npos) {
            return text.size();
        }
        if (text[at] == ' ' || text.substr(at).starts_with(kSpaceText)) {
            return at;
        }
    }
}

// The last character of a text that is not empty; U+FFFD where its bytes are none.
char32_t lastCharacter(std::string_view text) {
    std::size_t begin = text.size() - 1;
    for (int steps = 0; steps < 3 && begin > 0 && (std::uint8_t(text[begin]) & 0xC0U) == 0x80U;
         ++steps) {
        --begin;
    }
    char32_t last = 0;
    while (begin < text.size()) {
        last = decodeUtf8(text, begin);
    }
    return last;
}

// Higher scores come first: a number that falls as the score rises.
std::uint32_t priorityOf(float score) {
    const auto bits = std::bit_cast<std::uint32_t>(score + 0.0F); // -0 becomes 0
    const bool isNegative = (bits >> 31U) != 0;
    const std::uint32_t rising = isNegative ? ~bits : bits | 0x80000000U;
    return ~rising;
}

} // namespace

SpmEncoder::SpmEncoder(const Vocabulary& vocabulary) {
    for (TokenId token = 0; token < TokenId(vocabulary.size()); ++token) {
        const std::string_view text = vocabulary.text(token);
        const TokenId* mergeable = vocabulary.findMergeable(text);
        if (mergeable == nullptr) {
            continue;
        }
        longestToken_ = std::max(longestToken_, text.size());
        char32_t previous = 0;
        for (std::size_t offset = 0; offset < text.size();) {
            const bool isFirst = offset == 0;
            const char32_t current = decodeUtf8(text, offset);
            if (!isFirst && current == kSpaceMark) {
                joinsSpace_.push_back(previous);
            }
            previous = current;
        }
    }
    std::sort(joinsSpace_.begin(), joinsSpace_.end());
    joinsSpace_.erase(std::unique(joinsSpace_.begin(), joinsSpace_.end()), joinsSpace_.end());
}

void SpmEncoder::encode(const Vocabulary& vocabulary,
                        std::string_view text,
                        bool spaceInFront,
                        std::vector<TokenId>& tokens) const {
    Merger merger;
    PieceCache cache(text.size());
    std::string segment;
    const auto flush = [&] {
        if (!cache.append(segment, tokens)) {
            const std::size_t before = tokens.size();
            encodeSegment(vocabulary, segment, merger, tokens);
            cache.remember(segment, std::span<const TokenId>(tokens).subspan(before));
        }
        segment.clear();
    };
    const auto addSpace = [&] {
        if (!segment.empty() &&
            (segment.size() >= kSegmentBytes ||
             !std::binary_search(joinsSpace_.begin(), joinsSpace_.end(), lastCharacter(segment)))) {
            flush();
        }
        segment += kSpaceText;
    };
    if (spaceInFront) {
        addSpace();
    }
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t space = nextSpace(text, at);
        while (at < space) {
            if (segment.size() >= kSegmentBytes) {
                flush();
            }
            const std::string_view fitting =
                truncateUtf8(text.substr(at, space - at), kSegmentBytes - segment.size());
            if (fitting.empty()) {
                flush(); // a character would stand across the limit
            }
            segment += fitting;
            at += fitting.size();
        }
        if (at < text.size()) {
            addSpace();
            at += text[at] == ' ' ? 1 : kSpaceText.size();
        }
    }
    flush();
}

void SpmEncoder::encodeSegment(const Vocabulary& vocabulary,
                               std::string_view segment,
                               Merger& merger,
                               std::vector<TokenId>& tokens) const {
    merger.clear();
    for (std::size_t offset = 0; offset < segment.size();) {
        const std::size_t begin = offset;
        decodeUtf8(segment, offset);
        const TokenId* token = vocabulary.findMergeable(segment.substr(begin, offset - begin));
        merger.add(std::uint32_t(begin),
                   std::uint32_t(offset - begin),
                   token == nullptr ? kNoToken : *token);
    }
    merger.run([&](const MergeSymbol& left, const MergeSymbol& right) -> std::optional<Merge> {
        const std::size_t length = std::size_t{left.length} + right.length;
        if (length > longestToken_) {
            return std::nullopt;
        }
        const TokenId* token = vocabulary.findMergeable(segment.substr(left.begin, length));
        if (token == nullptr) {
            return std::nullopt;
        }
        return Merge{priorityOf(vocabulary.score(*token)), *token};
    });
    for (const MergeSymbol& symbol : merger.symbols()) {
        if (symbol.length == 0) {
            continue;
        }
        if (symbol.token != kNoToken) {
            tokens.push_back(symbol.token);
            continue;
        }
        for (const char byte : segment.substr(symbol.begin, symbol.length)) {
            const TokenId token = vocabulary.byteToken(std::uint8_t(byte));
            // Vocabulary::load() makes sure that there is one of the two.
            tokens.push_back(token != kNoToken ? token : *vocabulary.unknown());
        }
    }
}

} // namespace attest::engine
