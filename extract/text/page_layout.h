// From the words of a PDF page and their places to page text: lines, columns, blocks.
#pragma once

#include "extract/page_text.h"

#include <string>
#include <vector>

namespace attest::extract {

// Points, origin top left of the page as displayed, y down.
struct WordBox {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
};

struct PlacedWord {
    std::u32string text;
    std::vector<WordBox> boxes; // one per code point
    int quarterTurns = 0;       // 1: reads downwards, 2: upside down, 3: reads upwards
    bool hasSpaceAfter = false;
};

struct PlacedPage {
    float width = 0; // points
    float height = 0;
    std::vector<PlacedWord> words;
};

// REQUIRES: width and height are finite and > 0; all boxes are finite; boxes.size() == text.size().
PageText layOutPage(const PlacedPage& page);

} // namespace attest::extract
