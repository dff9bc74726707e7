#include "extract/chunk/line_kind.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "extract/text/unicode.h"

namespace attest::extract {

namespace {

constexpr std::string_view kColumnGap = "  ";
constexpr std::size_t kMaxHeadingBytes = 60;
constexpr std::size_t kMaxHeadingWords = 6;

bool hasDigit(std::string_view text) {
    for (const char byte : text) {
        if (isAsciiDigit(byte)) {
            return true;
        }
    }
    return false;
}

struct Letters {
    std::size_t all = 0;
    std::size_t small = 0;
};

Letters countLetters(std::string_view text) {
    Letters letters;
    for (std::size_t offset = 0; offset < text.size();) {
        const char32_t codePoint = decodeUtf8(text, offset);
        if (isLetter(codePoint)) {
            ++letters.all;
            letters.small += isLowerCase(codePoint) ? 1U : 0U;
        }
    }
    return letters;
}

std::size_t countWords(std::string_view text) {
    std::size_t words = text.empty() ? 0 : 1;
    for (const char byte : text) {
        words += byte == ' ' ? 1U : 0U;
    }
    return words;
}

bool startsWithBullet(std::string_view line) {
    std::size_t offset = 0;
    const char32_t first = decodeUtf8(line, offset);
    const bool isBullet = first == U'-' || first == U'*' || first == U'+' || first == 0x2022 ||
                          first == 0x25E6 || first == 0x25AA || first == 0x25CF ||
                          first == 0x25CB || first == 0x25A0 || first == 0x25A1 ||
                          first == 0x2023 || first == 0x2043 || first == 0x00B7;
    return isBullet && offset < line.size() && line[offset] == ' ';
}

} // namespace

std::size_t cellCount(std::string_view line) {
    std::size_t cells = 1;
    for (std::size_t at = line.find(kColumnGap); at != std::string_view::npos;
         at = line.find(kColumnGap, at + kColumnGap.size())) {
        ++cells;
    }
    return cells;
}

bool beginsListItem(std::string_view line) {
    if (line.empty()) {
        return false;
    }
    if (startsWithBullet(line)) {
        return true;
    }
    std::size_t at = line.front() == '(' ? 1U : 0U;
    const std::size_t begin = at;
    while (at < line.size() && isAsciiDigit(line[at])) {
        ++at;
    }
    if (at == begin && at < line.size() && line[at] >= 'a' && line[at] <= 'z') {
        ++at;
    }
    const bool hasMark = at > begin && at - begin <= 3 && at + 1 < line.size() &&
                         (line[at] == '.' || line[at] == ')') && line[at + 1] == ' ';
    return hasMark;
}

bool looksLikeTableHeader(std::string_view line) {
    return cellCount(line) >= 3 && !hasDigit(line);
}

bool looksLikeHeading(std::string_view line, bool followsGap) {
    if (line.empty() || line.size() > kMaxHeadingBytes || cellCount(line) > 1) {
        return false;
    }
    if (line.front() == '#') {
        return true;
    }
    const char last = line.back();
    if (last == '.' || last == ',' || last == ';' || countWords(line) > kMaxHeadingWords) {
        return false;
    }
    const Letters letters = countLetters(line);
    if (letters.all < 3 || beginsListItem(line)) {
        return false;
    }
    if (last == ':' || (letters.small == 0 && !hasDigit(line))) {
        return true;
    }
    return followsGap && !hasDigit(line) && !continuesSentence(line) &&
           line.find(": ") == std::string_view::npos;
}

std::size_t runInHeadingBytes(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon + 2 >= line.size() || line[colon + 1] != ' ') {
        return 0;
    }
    const std::string_view heading = line.substr(0, colon + 1);
    return looksLikeHeading(heading, false) && !continuesSentence(heading) ? heading.size() : 0;
}

bool endsSentence(std::string_view line) {
    if (line.empty()) {
        return true;
    }
    const char last = line.back();
    return last == '.' || last == '!' || last == '?' || last == ';' || last == ':';
}

bool continuesSentence(std::string_view line) {
    std::size_t offset = 0;
    return !line.empty() && isLowerCase(decodeUtf8(line, offset));
}

} // namespace attest::extract
