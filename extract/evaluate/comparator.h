// Values in the form in which equal ones have the same bytes.
#pragma once

#include "extract/evaluate.h"

#include <string>
#include <string_view>

namespace attest::extract {

// Equal for two values exactly when the comparator calls them equal. `text` is not empty and its
// white space is folded. The field says whether a number's unit counts: not with "normalise":
// "number".
std::string comparisonKey(Comparator comparator, const Field& field, std::string_view text);

// Case, width, ligatures and punctuation taken away: "Type-2  Diabetes." gives "type 2 diabetes".
// Kept: < > = + % and their kin, a minus before a digit, and . , : / between digits. Text of
// nothing but punctuation stays.
std::string normalisedText(std::string_view text);

// One contains the other as whole words, case and punctuation apart.
bool isLenientlyEqual(const std::string& a, const std::string& b);

} // namespace attest::extract
