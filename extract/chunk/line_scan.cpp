#include "extract/chunk/line_scan.h"

#include "extract/chunk/line_kind.h"
#include "extract/text/unicode.h"

#include <algorithm>

namespace attest::extract {

namespace {

// What a cut before a line costs. Only the order matters, and that the fill of a chunk is worth
// about as much as the step from an empty line to a line inside a paragraph (see chunk.cpp).
constexpr int kCutAtPage = 0;
constexpr int kCutAtHeading = 1;
constexpr int kCutAtEmptyLine = 2;
constexpr int kCutAtListItem = 4;
constexpr int kCutAtRow = 5;
constexpr int kCutAtSentence = 6;
constexpr int kCutInParagraph = 10;
constexpr int kCutPieceAtSentence = 12;
constexpr int kCutPieceAtWord = 16;
constexpr int kCutInListItem = 24;
constexpr int kCutBehindHeading = 40;
constexpr int kCutInWord = 80;

constexpr std::size_t kMaxItemLines = 8; // a longer "item" is a paragraph behind a bullet
constexpr std::size_t kMaxLinesBetweenRows = 3;
constexpr std::size_t kProseBytes = 60; // a line without column gaps as long as this ends a table
constexpr std::size_t kAtomBytes = 64;  // words longer than this are counted in parts

// Assigns kinds and costs line by line; remembers the item, table and section it is in.
class LineScanner {
public:
    LineScanner(const CountTokensFn& countTokens, std::size_t maxTokens)
        : countTokens_(countTokens), maxTokens_(maxTokens) {}

    void scan(const ScanBlock& block, std::size_t blockIndex) {
        bool followsGap = true;
        bool beginsPage = block.begin == 0;
        for (std::size_t at = 0; at < block.text.size();) {
            const std::size_t end = std::min(block.text.find('\n', at), block.text.size());
            const std::string_view text = block.text.substr(at, end - at);
            if (text.empty()) {
                followsGap = true;
            } else {
                ScannedLine line;
                line.text = text;
                line.pageIndex = block.pageIndex;
                line.begin = block.begin + at;
                line.block = blockIndex;
                classify(line, followsGap, beginsPage);
                add(line);
                followsGap = false;
                beginsPage = false;
            }
            at = end + 1;
        }
    }

    std::vector<ScannedLine> take() && { return std::move(lines_); }

private:
    void classify(ScannedLine& line, bool followsGap, bool beginsPage) {
        const bool isRow = cellCount(line.text) >= 2;
        const bool isItem = beginsListItem(line.text);
        line.isHeading = looksLikeHeading(line.text, followsGap);
        const bool isInItem = itemLines_ > 0 && itemLines_ < kMaxItemLines && !followsGap &&
                              !isItem && !line.isHeading && !isRow;
        itemLines_ = isItem ? 1 : (isInItem ? itemLines_ + 1 : 0);

        if (beginsPage) {
            line.cutCost = kCutAtPage;
        } else if (line.isHeading) {
            line.cutCost = kCutAtHeading;
        } else if (followsGap) {
            line.cutCost = kCutAtEmptyLine;
        } else if (isItem) {
            line.cutCost = kCutAtListItem;
        } else if (isInItem) {
            line.cutCost = kCutInListItem;
        } else if (isRow) {
            line.cutCost = kCutAtRow;
        } else if (!lines_.empty() && endsSentence(lines_.back().text) &&
                   !continuesSentence(line.text)) {
            line.cutCost = kCutAtSentence;
        } else {
            line.cutCost = kCutInParagraph;
        }
        if (previousHolds_ && !beginsPage) {
            line.cutCost = kCutBehindHeading;
        }
        classifyTable(line, isRow);
        line.isListOrRow = isRow || isItem || isInItem;
        line.headingLine = headingLine_;
        if (line.isHeading) {
            headingLine_ = lines_.size();
        }
        previousHolds_ = line.isHeading || headerLine_ == lines_.size();
    }

    void classifyTable(ScannedLine& line, bool isRow) {
        if (isRow && looksLikeTableHeader(line.text)) {
            headerLine_ = lines_.size();
            linesWithoutCells_ = 0;
        } else if (isRow) {
            line.headerLine = headerLine_;
            linesWithoutCells_ = 0;
        } else if (++linesWithoutCells_ > kMaxLinesBetweenRows || line.text.size() >= kProseBytes) {
            headerLine_ = kNoLine;
        } else {
            line.headerLine = headerLine_; // a group's name or a wrapped cell
        }
    }

    void add(const ScannedLine& line) {
        ScannedLine counted = line;
        counted.tokens = countTokens_(line.text) + 1;
        if (counted.tokens <= maxTokens_) {
            lines_.push_back(counted);
        } else {
            addPieces(line);
        }
    }

    // An atom is a word with the blanks before it, or a part of a very long word.
    std::size_t atomEnd(std::string_view text, std::size_t begin) const {
        std::size_t end = begin;
        while (end < text.size() && text[end] == ' ') {
            ++end;
        }
        const std::size_t wordBegin = end;
        end = std::min(text.find(' ', wordBegin), text.size());
        if (end - wordBegin > kAtomBytes) {
            end = wordBegin + kAtomBytes;
            while (!isCodePointBorder(text, end)) {
                --end;
            }
        }
        return end;
    }

    // A heading at the line's begin becomes a piece of its own, so that later pieces can show it.
    void addPieces(ScannedLine line) {
        const std::string_view text = line.text;
        std::size_t begin = 0;
        int cutCost = line.cutCost;
        std::size_t room = maxTokens_;
        if (const std::size_t bytes = runInHeadingBytes(text);
            bytes > 0 && countTokens_(text.substr(0, bytes)) + 1 <= maxTokens_ / 3) {
            ScannedLine heading = line;
            heading.text = text.substr(0, bytes);
            heading.tokens = countTokens_(heading.text) + 1;
            heading.isHeading = true;
            line.headingLine = lines_.size();
            line.isListOrRow = true;
            lines_.push_back(heading);
            room -= heading.tokens;
            begin = bytes + 1;
            cutCost = kCutBehindHeading;
        }
        while (begin < text.size()) {
            std::size_t tokens = 1;
            std::size_t end = begin;
            std::size_t sentenceEnd = begin; // the last one in the piece's second half
            std::size_t sentenceTokens = 0;
            while (end < text.size()) {
                const std::size_t next = atomEnd(text, end);
                const std::size_t more = countTokens_(text.substr(end, next - end));
                if (end > begin && tokens + more > room) {
                    break;
                }
                tokens += more;
                end = next;
                if (tokens > room / 2 && endsSentence(text.substr(begin, end - begin))) {
                    sentenceEnd = end;
                    sentenceTokens = tokens;
                }
            }
            const bool isCutAtSentence = end < text.size() && sentenceEnd > begin;
            if (isCutAtSentence) {
                end = sentenceEnd;
                tokens = sentenceTokens;
            }
            ScannedLine piece = line;
            piece.text = text.substr(begin, end - begin);
            piece.begin = line.begin + begin;
            piece.tokens = tokens;
            piece.cutCost = cutCost;
            lines_.push_back(piece);
            const bool isCutInWord = end < text.size() && text[end] != ' ';
            cutCost = isCutInWord ? kCutInWord
                                  : (isCutAtSentence ? kCutPieceAtSentence : kCutPieceAtWord);
            begin = std::min(text.find_first_not_of(' ', end), text.size());
        }
    }

    const CountTokensFn& countTokens_;
    std::size_t maxTokens_;
    std::vector<ScannedLine> lines_;
    std::size_t itemLines_ = 0; // of the list item we are in; 0: none
    std::size_t headerLine_ = kNoLine;
    std::size_t headingLine_ = kNoLine;
    std::size_t linesWithoutCells_ = 0;
    bool previousHolds_ = false; // the line before is a heading or table header
};

} // namespace

std::vector<ScannedLine> scanLines(const std::vector<ScanBlock>& blocks,
                                   const CountTokensFn& countTokens,
                                   std::size_t maxTokens) {
    LineScanner scanner(countTokens, maxTokens);
    for (std::size_t index = 0; index < blocks.size(); ++index) {
        scanner.scan(blocks[index], index);
    }
    return std::move(scanner).take();
}

} // namespace attest::extract
