// The classes of characters that pre-tokenizers tell apart: \p{L}, \p{M}, \p{N}, \p{P} and
// \s.
#pragma once

#include <cstdint>
#include <span>

namespace attest::engine {

enum class CharClass : std::uint8_t { Other, Letter, Mark, Number, Punctuation, Space };

// Space is the Unicode property White_Space; the others are general categories. No code point is in
// two of them.
CharClass classOf(char32_t codePoint);

namespace detail {

struct ClassRange {
    char32_t first;
    char32_t last;
    CharClass value;
};

// Letters, marks, numbers and punctuation, sorted, without gaps inside a range.
std::span<const ClassRange> classRanges();

} // namespace detail

} // namespace attest::engine
