// What a single line of page text looks like.
#pragma once

#include <cstddef>
#include <string_view>

namespace attest::extract {

// Cells of a table row or form line: parts between column gaps. 1: no gap.
std::size_t cellCount(std::string_view line);

// "- Aspirin", "3. Aspirin", "(b) Aspirin": the line begins a list item.
bool beginsListItem(std::string_view line);

// Names of columns: at least three cells, none with a digit.
bool looksLikeTableHeader(std::string_view line);

// A short line that names what follows: "MEDICATIONS", "# Plan", "Allergies:".
// `followsGap`: an empty line or the begin of a page is before it, so that "Plan" is enough.
bool looksLikeHeading(std::string_view line, bool followsGap);

// Bytes of the heading that the text follows on the same line, with its colon: "ALLERGIES: none".
// 0: there is none.
std::size_t runInHeadingBytes(std::string_view line);

bool endsSentence(std::string_view line);      // . ! ? ; or : at its end
bool continuesSentence(std::string_view line); // begins with a small letter

} // namespace attest::extract
