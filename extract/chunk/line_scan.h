// The lines of a document with what the chunker needs to know about them: their size, what they are
// and how much is lost when the text is cut before them.
#pragma once

#include "extract/chunk.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace attest::extract {

inline constexpr std::size_t kNoLine = std::numeric_limits<std::size_t>::max();

// A line, or a piece of a line that is too long for a chunk.
struct ScannedLine {
    std::string_view text;      // without the line break; borrowed from the page or chunk
    std::int32_t pageIndex = 0; // 0-based
    std::size_t begin = 0;      // in the page text
    std::size_t block = 0;      // lines of one block stand in one buffer, one behind the other
    std::size_t tokens = 0;     // with its line break
    int cutCost = 0;            // of a cut before this line; 0 is best
    bool isHeading = false;
    bool isListOrRow = false; // a list item's or table row's line: its heading is worth repeating
    std::size_t headerLine = kNoLine;  // of the table this row belongs to
    std::size_t headingLine = kNoLine; // of the section this line belongs to

    std::size_t end() const { return begin + text.size(); }
};

// A stretch of text to scan. `begin` is where it stands in the text of page `pageIndex`.
struct ScanBlock {
    std::string_view text;
    std::int32_t pageIndex = 0;
    std::size_t begin = 0;
};

// All lines that are not empty, in order. Lines of more than `maxTokens` are cut into pieces at
// sentence ends, else word ends, else (a word of thousands of bytes) between code points.
std::vector<ScannedLine> scanLines(const std::vector<ScanBlock>& blocks,
                                   const CountTokensFn& countTokens,
                                   std::size_t maxTokens);

} // namespace attest::extract
