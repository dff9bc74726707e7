// Sentences of folded page text: for summaries and for values that are whole sentences.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace attest::extract {

// A half-open byte range of the text; begins and ends with something other than a blank.
struct SentenceRange {
    std::size_t begin = 0;
    std::size_t end = 0;

    bool operator==(const SentenceRange&) const = default;
};

// A sentence ends at . ! or ? (with closing quotes or brackets) before a blank and something that
// can begin a sentence, unless the stop belongs to an abbreviation, an initial or a list number; at
// an empty line; and at the end of a line that stands by itself: a heading or label ending in a
// colon, a table row (it has a column gap), a short line, or one before a list item. Every
// non-blank byte of the text is in exactly one sentence.
std::vector<SentenceRange> splitSentences(std::string_view text);

} // namespace attest::extract
