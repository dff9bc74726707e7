#include "gui/pages/text_range.h"

#include "base/utf8.h"

#include <QChar>

#include <algorithm>
#include <string>

namespace attest::gui {

namespace {

bool isBlank(char32_t codePoint) {
    return codePoint == U' ' || codePoint == U'\n' || codePoint == U'\t' || codePoint == U'\r';
}

bool isContinuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

char32_t codePointAt(std::string_view text, std::size_t offset) {
    return decodeUtf8(text, offset);
}

std::size_t after(std::string_view text, std::size_t offset) {
    decodeUtf8(text, offset);
    return offset;
}

// The begin of the code point before `offset`. Malformed bytes count one by one, well enough to
// move on.
std::size_t before(std::string_view text, std::size_t offset) {
    std::size_t begin = offset - 1;
    for (int i = 0; i < 3 && begin > 0 && isContinuation(text[begin]); ++i) {
        --begin;
    }
    return after(text, begin) == offset ? begin : offset - 1;
}

bool isMark(char32_t codePoint) {
    return QChar::isMark(codePoint);
}

bool isWordCharacter(char32_t codePoint) {
    return QChar::isLetterOrNumber(codePoint) || isMark(codePoint) || codePoint == U'_';
}

bool isBinder(char32_t codePoint) {
    constexpr std::string_view kBinders = ".,/-':+%&@";
    return codePoint < 0x80 && kBinders.find(static_cast<char>(codePoint)) != kBinders.npos;
}

bool isInWord(std::string_view text, std::size_t offset) {
    const char32_t here = codePointAt(text, offset);
    if (isWordCharacter(here)) {
        return true;
    }
    if (!isBinder(here) || offset == 0) {
        return false;
    }
    const std::size_t next = after(text, offset);
    return next < text.size() && isWordCharacter(codePointAt(text, next)) &&
           isWordCharacter(codePointAt(text, before(text, offset)));
}

char32_t folded(char32_t codePoint) {
    return isBlank(codePoint) ? U' ' : QChar::toCaseFolded(codePoint);
}

// Runs of white space become one space, letters are folded.
std::u32string foldedNeedle(std::string_view needle) {
    std::u32string result;
    for (std::size_t offset = 0; offset < needle.size();) {
        const char32_t codePoint = folded(decodeUtf8(needle, offset));
        if (codePoint != U' ' || result.empty() || result.back() != U' ') {
            result.push_back(codePoint);
        }
    }
    return result;
}

// The end of the match that begins at `offset`; npos: there is none.
std::size_t matchEnd(std::string_view text, std::size_t offset, const std::u32string& needle) {
    for (const char32_t wanted : needle) {
        if (offset >= text.size() || folded(decodeUtf8(text, offset)) != wanted) {
            return std::string_view::npos;
        }
        while (wanted == U' ' && offset < text.size() && isBlank(codePointAt(text, offset))) {
            offset = after(text, offset);
        }
    }
    return offset;
}

} // namespace

TextRange soundRange(std::string_view text, TextRange range) {
    range.begin = std::min(range.begin, text.size());
    range.end = std::clamp(range.end, range.begin, text.size());
    while (range.begin > 0 && range.begin < text.size() && isContinuation(text[range.begin])) {
        --range.begin;
    }
    while (range.end < text.size() && isContinuation(text[range.end])) {
        ++range.end;
    }
    return range;
}

TextRange trimmedRange(std::string_view text, TextRange range) {
    while (range.begin < range.end && isBlank(static_cast<unsigned char>(text[range.begin]))) {
        ++range.begin;
    }
    while (range.begin < range.end && isBlank(static_cast<unsigned char>(text[range.end - 1]))) {
        --range.end;
    }
    return range;
}

std::size_t nextBorder(std::string_view text, std::size_t offset) {
    if (offset >= text.size()) {
        return text.size();
    }
    offset = after(text, offset);
    while (offset < text.size() && isMark(codePointAt(text, offset))) {
        offset = after(text, offset);
    }
    return offset;
}

std::size_t previousBorder(std::string_view text, std::size_t offset) {
    if (offset == 0) {
        return 0;
    }
    offset = before(text, offset);
    while (offset > 0 && isMark(codePointAt(text, offset))) {
        offset = before(text, offset);
    }
    return offset;
}

std::size_t nextWordBorder(std::string_view text, std::size_t offset) {
    const TextRange word = offset < text.size() ? wordAround(text, offset) : TextRange{};
    offset = word.isEmpty() ? offset : word.end;
    while (offset < text.size() && isBlank(codePointAt(text, offset))) {
        offset = after(text, offset);
    }
    return offset;
}

std::size_t previousWordBorder(std::string_view text, std::size_t offset) {
    while (offset > 0 && isBlank(codePointAt(text, before(text, offset)))) {
        offset = before(text, offset);
    }
    return offset == 0 ? 0 : wordAround(text, before(text, offset)).begin;
}

TextRange wordAround(std::string_view text, std::size_t offset) {
    TextRange word = soundRange(text, {offset, offset});
    word.end = word.begin;
    if (word.begin >= text.size() || isBlank(codePointAt(text, word.begin))) {
        return word;
    }
    if (!isInWord(text, word.begin)) {
        word.end = nextBorder(text, word.begin);
        return word;
    }
    while (word.begin > 0 && isInWord(text, before(text, word.begin))) {
        word.begin = before(text, word.begin);
    }
    while (word.end < text.size() && isInWord(text, word.end)) {
        word.end = after(text, word.end);
    }
    return word;
}

TextRange lineAround(std::string_view text, std::size_t offset) {
    offset = std::min(offset, text.size());
    const std::size_t breakBefore = offset == 0 ? text.npos : text.rfind('\n', offset - 1);
    const std::size_t breakAfter = text.find('\n', offset);
    return {breakBefore == text.npos ? 0 : breakBefore + 1,
            breakAfter == text.npos ? text.size() : breakAfter};
}

std::vector<TextRange> findAll(std::string_view text, std::string_view needle, std::size_t most) {
    const std::u32string wanted = foldedNeedle(needle);
    std::vector<TextRange> matches;
    if (wanted.empty()) {
        return matches;
    }
    for (std::size_t offset = 0; offset < text.size() && matches.size() < most;) {
        const std::size_t end = matchEnd(text, offset, wanted);
        if (end != text.npos) {
            matches.push_back({offset, end});
            offset = end;
        } else {
            offset = after(text, offset);
        }
    }
    return matches;
}

} // namespace attest::gui
