// Characters of a text with their classes, and runs of them: what the pre-tokenizers' rules are
// written with. Malformed UTF-8 counts as a character of class Other.
#pragma once

#include "base/utf8.h"
#include "engine/tokenizer/unicode_classes.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace attest::engine {

struct Character {
    char32_t codePoint = 0;
    CharClass kind = CharClass::Other;
    std::size_t end = 0; // position behind it
};

// REQUIRES: at < text.size().
inline Character characterAt(std::string_view text, std::size_t at) {
    const auto first = std::uint8_t(text[at]);
    if (first < 0x80) {
        return {first, classOf(first), at + 1};
    }
    Character character;
    character.end = at;
    character.codePoint = decodeUtf8(text, character.end);
    character.kind = classOf(character.codePoint);
    return character;
}

inline bool isLineBreak(char32_t c) {
    return c == '\r' || c == '\n';
}

// [^\s\p{L}\p{N}]
inline bool isSymbol(const Character& character) {
    return character.kind == CharClass::Other || character.kind == CharClass::Punctuation ||
           character.kind == CharClass::Mark;
}

inline auto hasClass(CharClass kind) {
    return [kind](const Character& character) {
        return character.kind == kind;
    };
}

// End of the longest run of characters for which `belongs` holds, `most` at most.
template <typename Belongs>
std::size_t
runEnd(std::string_view text, std::size_t at, Belongs belongs, std::size_t most = SIZE_MAX) {
    for (; most > 0 && at < text.size(); --most) {
        const Character character = characterAt(text, at);
        if (!belongs(character)) {
            break;
        }
        at = character.end;
    }
    return at;
}

} // namespace attest::engine
