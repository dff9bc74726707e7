// Ranges of stored text and the steps a reader takes in it: characters, words, matches.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace attest::gui {

// A half-open range of UTF-8 bytes of one page's stored text, at borders of characters.
struct TextRange {
    std::size_t begin = 0;
    std::size_t end = 0;

    bool isEmpty() const { return begin >= end; }

    bool operator==(const TextRange&) const = default;
};

// The range cut to the text and widened to whole characters.
TextRange soundRange(std::string_view text, TextRange range);

// Without white space at both ends. Empty: there is nothing else in it.
TextRange trimmedRange(std::string_view text, TextRange range);

// The next border of characters as a reader sees them: combining marks stay with their letter.
// At the end of the text its end, at the begin its begin. REQUIRES: offset <= text.size().
std::size_t nextBorder(std::string_view text, std::size_t offset);
std::size_t previousBorder(std::string_view text, std::size_t offset);

// The begin of the next word, the begin of this word or the one before.
std::size_t nextWordBorder(std::string_view text, std::size_t offset);
std::size_t previousWordBorder(std::string_view text, std::size_t offset);

// The word at `offset`, with what binds figures and letters inside it: "5.6", "mg/dL",
// "12/03/1951". A sign that belongs to no word stands alone; empty on white space.
TextRange wordAround(std::string_view text, std::size_t offset);

// The line of text that holds `offset`, without its line break.
TextRange lineAround(std::string_view text, std::size_t offset);

// Where `needle` stands: upper and lower case are the same, and so are all runs of white space.
// At most `most` matches, none of which overlap.
std::vector<TextRange> findAll(std::string_view text, std::string_view needle, std::size_t most);

} // namespace attest::gui
