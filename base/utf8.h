// UTF-8: checking, walking and cutting text. Everything below the gui holds text as UTF-8 bytes.
// Well-formed means Unicode's table 3-7: shortest forms only, no surrogates, up to U+10FFFF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace attest {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

bool isValidUtf8(std::string_view text);

// The code point at `offset`; moves `offset` behind it. Malformed bytes give U+FFFD, once for each
// maximal part that could have begun a character (as browsers do), so at least one byte is
// consumed. REQUIRES: offset < text.size().
char32_t decodeUtf8(std::string_view text, std::size_t& offset);

// Surrogates and values above U+10FFFF are appended as U+FFFD.
void appendUtf8(std::string& text, char32_t codePoint);

// Malformed parts count as decodeUtf8() returns them.
std::size_t codePointCount(std::string_view text);

// The longest prefix of at most `maxBytes` bytes that does not cut a well-formed character.
std::string_view truncateUtf8(std::string_view text, std::size_t maxBytes);

// The text with every malformed part replaced by U+FFFD.
std::string toValidUtf8(std::string_view text);

} // namespace attest
