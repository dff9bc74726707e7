// The text of one page as it is stored, shown to the model and pointed into by spans, with the
// place of every character. docs/prompt_format.md says how the text is folded.
#pragma once

#include "base/source_span.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

// A page box in 1/65535 of the page's width and height. (0,0,0,0): no place (a line break, a note).
struct CharBox {
    std::uint16_t left = 0;
    std::uint16_t top = 0;
    std::uint16_t right = 0;
    std::uint16_t bottom = 0;

    bool operator==(const CharBox&) const = default;
};

struct PageText {
    std::string text;           // folded UTF-8
    std::vector<CharBox> boxes; // one per code point of `text`; empty for notes
    float widthPoints = 0;      // as displayed; 0 for notes
    float heightPoints = 0;
};

// The boxes of a byte range, joined to one rectangle per line of text. Empty for notes.
std::vector<PageBox> boxesOf(const PageText& page, std::size_t begin, std::size_t end);

// The value a span of page text stands for: every run of blanks and line breaks becomes one space.
std::string spanValue(std::string_view pageText);

// Word borders as docs/prompt_format.md defines them. REQUIRES: offset ≤ text.size().
bool isWordStart(std::string_view text, std::size_t offset);
bool isWordEnd(std::string_view text, std::size_t offset);

} // namespace attest::extract
