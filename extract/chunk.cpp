#include "extract/chunk.h"

#include "extract/chunk/line_scan.h"

#include <algorithm>
#include <set>

namespace attest::extract {

// How cuts are chosen. The document is scanned once into lines, each with the cost of a cut before
// it (line_scan.cpp). A chunk takes lines until its tokens are used up; then the cut goes where
// cost and emptiness together are least: a cut at an empty line of a chunk that is half full is as
// good as one inside a paragraph of a full chunk. Tokens are counted once a line, so the whole is
// linear.

namespace {

constexpr double kCostOfEmptiness = 16.0; // of a chunk with nothing in it, in units of cutCost
constexpr double kLeastFill = 0.3;        // cuts before that are taken only when there is no other
constexpr std::size_t kSmallestBudget = 8;
constexpr std::size_t kContextLookBack = 400; // lines; a heading farther away says little

struct LineRange {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// The context lines of a chunk that begins with line `first`: heading, table header, overlap.
std::vector<std::size_t> contextOf(const std::vector<ScannedLine>& lines,
                                   std::size_t first,
                                   std::size_t overlapLines,
                                   std::size_t budget) {
    std::set<std::size_t> context;
    const auto add = [&context, first](std::size_t line) {
        if (line < first && first - line <= kContextLookBack) {
            context.insert(line);
        }
    };
    if (lines[first].isListOrRow && !lines[first].isHeading) {
        add(lines[first].headingLine);
    }
    add(lines[first].headerLine);
    for (std::size_t back = 1; back <= std::min(overlapLines, first); ++back) {
        context.insert(first - back);
    }
    // Context must never crowd out what the chunk is about: the farthest line goes first.
    const auto tokens = [&lines, &context] {
        std::size_t sum = 0;
        for (const std::size_t line : context) {
            sum += lines[line].tokens;
        }
        return sum;
    };
    while (!context.empty() && tokens() > budget / 3) {
        context.erase(context.begin());
    }
    return {context.begin(), context.end()};
}

// Where the chunk that begins with line `first` ends, so that at most `budget` tokens are in it.
std::size_t
chooseEnd(const std::vector<ScannedLine>& lines, std::size_t first, std::size_t budget) {
    std::size_t tokens = 0;
    std::size_t end = first;
    while (end < lines.size() && (end == first || tokens + lines[end].tokens <= budget)) {
        tokens += lines[end].tokens;
        ++end;
    }
    if (end == lines.size()) {
        return end;
    }
    std::size_t best = end;
    double bestScore = 1e9;
    std::size_t used = 0;
    for (std::size_t cut = first + 1; cut <= end; ++cut) {
        used += lines[cut - 1].tokens;
        const double fill = double(used) / double(budget);
        const double penalty = fill < kLeastFill ? 100.0 : 0.0;
        const double score = lines[cut].cutCost + kCostOfEmptiness * (1.0 - fill) + penalty;
        if (score <= bestScore) {
            bestScore = score;
            best = cut;
        }
    }
    return best;
}

void appendSegment(Chunk& chunk,
                   const ScannedLine& first,
                   const ScannedLine& last,
                   bool isContext) {
    const char* end = last.text.data() + last.text.size();
    const std::string_view text(first.text.data(),
                                static_cast<std::size_t>(end - first.text.data()));
    if (!chunk.segments.empty()) {
        const bool isSamePage = chunk.segments.back().source.pageIndex == first.pageIndex;
        chunk.text += isSamePage ? "\n" : "\n\n";
    }
    chunk.segments.push_back(
        {{first.pageIndex, first.begin, last.end()}, chunk.text.size(), isContext});
    chunk.text += text;
}

// Lines that follow each other in one buffer become one segment.
void appendLines(Chunk& chunk,
                 const std::vector<ScannedLine>& lines,
                 const std::vector<std::size_t>& chosen,
                 bool isContext) {
    for (std::size_t begin = 0; begin < chosen.size();) {
        std::size_t end = begin + 1;
        while (end < chosen.size() && chosen[end] == chosen[end - 1] + 1 &&
               lines[chosen[end]].block == lines[chosen[begin]].block) {
            ++end;
        }
        appendSegment(chunk, lines[chosen[begin]], lines[chosen[end - 1]], isContext);
        begin = end;
    }
}

Chunk buildChunk(const std::vector<ScannedLine>& lines,
                 const std::vector<std::size_t>& context,
                 LineRange range) {
    Chunk chunk;
    appendLines(chunk, lines, context, true);
    std::vector<std::size_t> body;
    body.reserve(range.end - range.begin);
    for (std::size_t line = range.begin; line < range.end; ++line) {
        body.push_back(line);
    }
    appendLines(chunk, lines, body, false);
    return chunk;
}

bool hasSource(const Chunk& chunk) {
    return std::any_of(chunk.segments.begin(), chunk.segments.end(), [](const auto& segment) {
        return !segment.isContext;
    });
}

} // namespace

std::vector<Chunk> makeChunks(std::span<const PageText> pages,
                              const CountTokensFn& countTokens,
                              const ChunkOptions& options) {
    const std::size_t maxTokens = std::max(options.maxTokens, kSmallestBudget);
    std::vector<ScanBlock> blocks;
    blocks.reserve(pages.size());
    for (std::size_t index = 0; index < pages.size(); ++index) {
        blocks.push_back({pages[index].text, static_cast<std::int32_t>(index), 0});
    }
    const std::vector<ScannedLine> lines = scanLines(blocks, countTokens, maxTokens);

    std::vector<Chunk> chunks;
    for (std::size_t first = 0; first < lines.size();) {
        std::vector<std::size_t> context;
        if (first > 0) {
            context = contextOf(lines, first, options.overlapLines, maxTokens);
        }
        std::size_t budget = maxTokens;
        for (const std::size_t line : context) {
            budget -= std::min(budget, lines[line].tokens);
        }
        if (lines[first].tokens > budget) {
            context.clear();
            budget = maxTokens;
        }
        std::size_t end = chooseEnd(lines, first, budget);
        Chunk chunk = buildChunk(lines, context, {first, end});
        // The tokens of a text are not always the sum over its lines.
        while (end > first + 1 && countTokens(chunk.text) > maxTokens) {
            --end;
            chunk = buildChunk(lines, context, {first, end});
        }
        chunks.push_back(std::move(chunk));
        first = end;
    }
    return chunks;
}

std::vector<Chunk> splitChunk(const Chunk& chunk) {
    // Context is scanned together with the rest, so that the second half finds its table header
    // there.
    std::vector<ScanBlock> blocks;
    std::vector<bool> isContextBlock;
    std::size_t bytes = 0;
    for (const ChunkSegment& segment : chunk.segments) {
        const std::size_t size = segment.source.end - segment.source.begin;
        const std::string_view text = std::string_view(chunk.text).substr(segment.chunkBegin, size);
        blocks.push_back({text, segment.source.pageIndex, segment.source.begin});
        isContextBlock.push_back(segment.isContext);
        bytes += segment.isContext ? 0 : size;
    }
    if (!hasSource(chunk)) {
        return {chunk};
    }
    // Bytes stand for tokens here: only where the middle is matters.
    const auto countBytes = [](std::string_view text) {
        return text.size();
    };
    const std::size_t half = std::max<std::size_t>(bytes / 2 + 1, 2);
    const std::vector<ScannedLine> lines = scanLines(blocks, countBytes, half);

    std::vector<std::size_t> context;
    std::size_t first = 0;
    while (first < lines.size() && isContextBlock[lines[first].block]) {
        context.push_back(first++);
    }
    if (lines.size() - first < 2) {
        return {chunk};
    }
    std::size_t best = first + 1;
    double bestScore = 1e9;
    std::size_t used = 0;
    for (std::size_t cut = first + 1; cut < lines.size(); ++cut) {
        used += lines[cut - 1].tokens;
        const double fromMiddle = double(used) / double(std::max<std::size_t>(bytes, 1)) - 0.5;
        const double score = lines[cut].cutCost +
                             4.0 * kCostOfEmptiness * (fromMiddle < 0 ? -fromMiddle : fromMiddle);
        if (score < bestScore) {
            bestScore = score;
            best = cut;
        }
    }
    std::vector<std::size_t> secondContext = contextOf(lines, best, 0, bytes);
    if (secondContext.empty()) {
        secondContext = context;
    }
    std::vector<Chunk> halves;
    halves.push_back(buildChunk(lines, context, {first, best}));
    halves.push_back(buildChunk(lines, secondContext, {best, lines.size()}));
    return halves;
}

} // namespace attest::extract
