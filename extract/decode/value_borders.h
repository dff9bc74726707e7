// Where values of each boundary kind may begin and end in a piece of page text.
#pragma once

#include "extract/template.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace attest::extract {

struct ValueBorders {
    std::vector<bool> begins; // by offset; size text.size() + 1
    std::vector<bool> ends;   // by the offset after the last byte; size text.size() + 1
};

// Word: docs/prompt_format.md. Line: whole lines. Sentence: as splitSentences() finds them; and,
// because it can err and because labels and bullets are not part of what is said, also from each
// line's begin, after a line's bullet, number or label ("Impression: ", "Impression - "), and up
// to each line's end. All are words' begins and ends.
ValueBorders valueBorders(std::string_view text, Boundary boundary);

} // namespace attest::extract
