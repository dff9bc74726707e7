// Numbers as people write them.
//
// Which of '.' and ',' is the decimal mark:
//   both occur              the last one; the other must group digits in threes ("1.234,5")
//   one occurs repeatedly   it groups ("1,234,567")
//   one occurs once         the decimal mark, except that a comma before exactly three digits
//                           groups ("1,234"). One to three digits before exactly three, other than
//                           "0": the text allows both readings and is marked ambiguous.
// Blanks and apostrophes group in threes. Digits are kept as written ("5.0" stays "5.0").
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace attest::extract {

struct ParsedNumber {
    std::string text;       // "-1234.5"
    std::string comparator; // "<", "<=", ">=", ">" or empty
    std::string rule;       // "integer", "decimal-point", "decimal-comma", "grouped"
    bool isAmbiguous = false;
    std::size_t size = 0; // bytes of the text that belong to the number
};

// The number at the begin of `text`, with an optional comparator and sign in front.
std::optional<ParsedNumber> parseNumber(std::string_view text);

} // namespace attest::extract
