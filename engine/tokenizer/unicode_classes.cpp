#include "engine/tokenizer/unicode_classes.h"

#include <algorithm>

namespace attest::engine {

namespace {

// Source: Unicode's PropList.txt, White_Space.
bool isSpace(char32_t c) {
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

CharClass asciiClass(char32_t c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        return CharClass::Letter;
    }
    if (c >= '0' && c <= '9') {
        return CharClass::Number;
    }
    if (isSpace(c)) {
        return CharClass::Space;
    }
    // Symbols (categories S and C) are not punctuation.
    const bool isSymbol = c == '$' || c == '+' || (c >= '<' && c <= '>') || c == '^' || c == '`' ||
                          c == '|' || c == '~';
    return c > 0x20 && c < 0x7F && !isSymbol ? CharClass::Punctuation : CharClass::Other;
}

} // namespace

CharClass classOf(char32_t codePoint) {
    if (codePoint < 0x80) {
        return asciiClass(codePoint);
    }
    if (isSpace(codePoint)) {
        return CharClass::Space;
    }
    const auto ranges = detail::classRanges();
    const auto after = std::upper_bound(
        ranges.begin(), ranges.end(), codePoint, [](char32_t c, const detail::ClassRange& range) {
            return c < range.first;
        });
    if (after == ranges.begin()) {
        return CharClass::Other;
    }
    const detail::ClassRange& range = *(after - 1);
    return codePoint <= range.last ? range.value : CharClass::Other;
}

} // namespace attest::engine
