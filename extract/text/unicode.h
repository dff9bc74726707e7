// The character classes that page text and word borders use; walking backwards through UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace attest::extract {

// The code point that ends at `offset`, which then moves to its begin; U+FFFD for a broken one.
// REQUIRES: 0 < offset ≤ text.size().
char32_t previousCodePoint(std::string_view text, std::size_t& offset);

// False inside a multi-byte sequence. REQUIRES: offset ≤ text.size().
bool isCodePointBorder(std::string_view text, std::size_t offset);

// A letter or digit in the sense of word borders: Unicode letters, numbers of every kind, and the
// combining marks that belong to the letter before.
bool isWordCharacter(char32_t codePoint);

bool isLetter(char32_t codePoint);
bool isLowerCase(char32_t codePoint);
bool isDigit(char32_t codePoint); // of any script

} // namespace attest::extract
