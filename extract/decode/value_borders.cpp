#include "extract/decode/value_borders.h"

#include "extract/page_text.h"
#include "extract/text/sentences.h"

#include <algorithm>

namespace attest::extract {

namespace {

bool isBlank(char byte) {
    return byte == ' ' || byte == '\n';
}

// The first non-blank at or after `offset`, before `end`; `end` where there is none.
std::size_t skipBlanks(std::string_view text, std::size_t offset, std::size_t end) {
    while (offset < end && isBlank(text[offset])) {
        ++offset;
    }
    return offset;
}

struct Line {
    std::size_t begin;
    std::size_t end;
};

std::vector<Line> linesOf(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::size_t first = skipBlanks(text, begin, end);
        std::size_t last = end;
        while (last > first && isBlank(text[last - 1])) {
            --last;
        }
        if (first < last) {
            lines.push_back({first, last});
        }
        begin = end + 1;
    }
    return lines;
}

// Behind "- ", "2. ", "(b) ", "• " and the like: a first word without two letters in a row.
std::size_t afterBullet(std::string_view text, const Line& line) {
    std::size_t end = line.begin;
    std::size_t letters = 0;
    for (; end < line.end && text[end] != ' '; ++end) {
        const auto byte = std::uint8_t(text[end]);
        letters += (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ? 1 : 0;
    }
    return letters <= 1 ? skipBlanks(text, end, line.end) : line.begin;
}

} // namespace

ValueBorders valueBorders(std::string_view text, Boundary boundary) {
    ValueBorders borders;
    borders.begins.resize(text.size() + 1);
    borders.ends.resize(text.size() + 1);
    if (boundary == Boundary::Word) {
        for (std::size_t i = 0; i <= text.size(); ++i) {
            borders.begins[i] = isWordStart(text, i);
            borders.ends[i] = isWordEnd(text, i);
        }
        return borders;
    }
    for (const Line& line : linesOf(text)) {
        borders.begins[line.begin] = true;
        borders.ends[line.end] = true;
        if (boundary == Boundary::Sentence) {
            borders.begins[afterBullet(text, line)] = true;
            for (std::size_t i = line.begin; i + 1 < line.end; ++i) {
                const bool endsLabel = text[i] == ':' && text[i + 1] == ' ';
                const bool isDash = text[i] == ' ' && text.substr(i + 1, 2) == "- ";
                const bool isGap = text[i] == ' ' && text[i + 1] == ' ';
                if (isDash) {
                    borders.begins[skipBlanks(text, i + 2, line.end)] = true;
                } else if (endsLabel || isGap) {
                    borders.begins[skipBlanks(text, i + 1, line.end)] = true;
                }
            }
        }
    }
    if (boundary == Boundary::Sentence) {
        for (const SentenceRange& sentence : splitSentences(text)) {
            borders.begins[sentence.begin] = true;
            borders.ends[sentence.end] = true;
        }
    }
    for (std::size_t i = 0; i <= text.size(); ++i) {
        borders.begins[i] = borders.begins[i] && isWordStart(text, i);
        borders.ends[i] = borders.ends[i] && isWordEnd(text, i);
    }
    return borders;
}

} // namespace attest::extract
