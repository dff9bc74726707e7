// Cuts a document into chunks that fit the model's context without cutting a table row, a list item
// or a line; prefers empty lines, headings and page ends.
#pragma once

#include "base/source_span.h"
#include "extract/page_text.h"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

struct ChunkSegment {
    SourceSpan source;          // in the page text
    std::size_t chunkBegin = 0; // where it begins in Chunk::text
    bool isContext =
        false; // repeated table header or heading: shown, but never the source of a value

    bool operator==(const ChunkSegment&) const = default;
};

// Segments stand in the order of the document; Chunk::text is their texts joined by "\n" within a
// page and by "\n\n" across pages. No span crosses the border of a segment.
struct Chunk {
    std::string text;
    std::vector<ChunkSegment> segments;

    bool operator==(const Chunk&) const = default;
};

struct ChunkOptions {
    std::size_t maxTokens = 300;  // of Chunk::text
    std::size_t overlapLines = 0; // lines of the previous chunk repeated as context
};

using CountTokensFn = std::function<std::size_t(std::string_view)>;

// A single line longer than maxTokens is cut at a sentence end, else at a word end.
std::vector<Chunk> makeChunks(std::span<const PageText> pages,
                              const CountTokensFn& countTokens,
                              const ChunkOptions& options);

// Two halves of a chunk, cut as makeChunks() would; one chunk when it cannot be cut.
std::vector<Chunk> splitChunk(const Chunk& chunk);

} // namespace attest::extract
