#include "extract/text/sentences.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace attest::extract {

namespace {

// Lines of running text in letters and reports are longer than this.
constexpr std::size_t kShortLine = 50;

constexpr std::array<std::string_view, 34> kAbbreviations{
    "dr",  "mr",  "mrs",  "ms",  "prof", "st",  "no",   "nr",   "approx", "ca",  "cf", "e.g",
    "i.e", "etc", "vs",   "fig", "inc",  "ltd", "co",   "corp", "dept",   "tel", "st", "hr",
    "hrs", "min", "mins", "tab", "tabs", "cap", "caps", "inj",  "z.b",    "bzw",
};

bool isSpace(char c) {
    return c == ' ' || c == '\n';
}

bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}

bool isCloser(char c) {
    return c == '"' || c == '\'' || c == ')' || c == ']';
}

// "Dr", "e.g", a single initial, or a list number right before the stop at `stop`.
bool isAbbreviation(std::string_view text, std::size_t stop) {
    std::size_t begin = stop;
    while (begin > 0 && !isSpace(text[begin - 1]) && text[begin - 1] != '(') {
        --begin;
    }
    std::string word(text.substr(begin, stop - begin));
    std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    if (word.size() == 1 && isLetterByte(word[0])) {
        return true;
    }
    const bool opensLine = begin == 0 || text[begin - 1] == '\n';
    if (opensLine && word.size() <= 3 && std::all_of(word.begin(), word.end(), isAsciiDigit)) {
        return true;
    }
    return std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end();
}

// A bullet, or a number with a stop or bracket, at the begin of a line.
bool isListItem(std::string_view line) {
    if (line.empty()) {
        return false;
    }
    if ((line[0] == '-' || line[0] == '*' || line.starts_with("\xE2\x80\xA2")) && line.size() > 1) {
        return true;
    }
    std::size_t digits = 0;
    while (digits < line.size() && isAsciiDigit(line[digits])) {
        ++digits;
    }
    return digits > 0 && digits <= 3 && digits + 1 < line.size() &&
           (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
}

bool lineStandsAlone(std::string_view line, std::string_view next) {
    return line.ends_with(':') || line.find("  ") != std::string_view::npos ||
           line.size() < kShortLine || isListItem(next) ||
           next.find("  ") != std::string_view::npos;
}

std::string_view lineFrom(std::string_view text, std::size_t begin) {
    return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

} // namespace

std::vector<SentenceRange> splitSentences(std::string_view text) {
    std::vector<SentenceRange> sentences;
    std::size_t begin = 0;
    std::size_t lineBegin = 0;

    const auto close = [&](std::size_t end) {
        while (begin < end && isSpace(text[begin])) {
            ++begin;
        }
        std::size_t last = end;
        while (last > begin && isSpace(text[last - 1])) {
            --last;
        }
        if (last > begin) {
            sentences.push_back({begin, last});
        }
        begin = end;
    };

    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            const std::string_view line = text.substr(lineBegin, i - lineBegin);
            const std::string_view next = lineFrom(text, i + 1);
            if (next.empty() || lineStandsAlone(line, next)) {
                close(i);
            }
            lineBegin = i + 1;
            continue;
        }
        if (c != '.' && c != '!' && c != '?') {
            continue;
        }
        std::size_t end = i + 1;
        while (end < text.size() && isCloser(text[end])) {
            ++end;
        }
        if (end < text.size() && !isSpace(text[end])) {
            continue; // 3.5, e.g., a file name
        }
        const std::size_t next = text.find_first_not_of(" \n", end);
        if (next != std::string_view::npos && isLower(text[next])) {
            continue;
        }
        if (c == '.' && isAbbreviation(text, i)) {
            continue;
        }
        close(end);
        i = end - 1;
    }
    close(text.size());
    return sentences;
}

} // namespace attest::extract
