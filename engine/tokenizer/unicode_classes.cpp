#include "engine/tokenizer/unicode_classes.h"

#include <algorithm>
#include <array>

namespace attest::engine {

namespace {

// Source: Unicode's PropList.txt, White_Space.
bool isSpace(char32_t c) {
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

constexpr CharClass asciiClass(char32_t c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        return CharClass::Letter;
    }
    if (c >= '0' && c <= '9') {
        return CharClass::Number;
    }
    if (c == ' ' || (c >= 0x09 && c <= 0x0D)) {
        return CharClass::Space;
    }
    // Symbols (categories S and C) are not punctuation.
    const bool isSymbol = c == '$' || c == '+' || (c >= '<' && c <= '>') || c == '^' || c == '`' ||
                          c == '|' || c == '~';
    return c > 0x20 && c < 0x7F && !isSymbol ? CharClass::Punctuation : CharClass::Other;
}

constexpr std::array<CharClass, 0x80> kAscii = [] {
    std::array<CharClass, 0x80> classes = {};
    for (char32_t c = 0; c < 0x80; ++c) {
        classes[c] = asciiClass(c);
    }
    return classes;
}();

CharClass searched(char32_t codePoint) {
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

constexpr std::size_t kPlaneSize = 0x10000;

// The Basic Multilingual Plane written out: searching the ranges takes 40 times as long.
const std::array<CharClass, kPlaneSize>& basicPlane() {
    static const auto plane = [] {
        std::array<CharClass, kPlaneSize> classes = {};
        for (const detail::ClassRange& range : detail::classRanges()) {
            for (char32_t c = range.first; c <= range.last && c < kPlaneSize; ++c) {
                classes[c] = range.value;
            }
        }
        for (char32_t c = 0; c < kPlaneSize; ++c) {
            if (isSpace(c)) {
                classes[c] = CharClass::Space;
            }
        }
        return classes;
    }();
    return plane;
}

} // namespace

CharClass classOf(char32_t codePoint) {
    if (codePoint < kAscii.size()) {
        return kAscii[codePoint];
    }
    return codePoint < kPlaneSize ? basicPlane()[codePoint] : searched(codePoint);
}

} // namespace attest::engine
