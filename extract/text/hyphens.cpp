#include "extract/text/hyphens.h"

#include "base/utf8.h"
#include "extract/text/unicode.h"

#include <unicode/uchar.h>

#include <string>
#include <string_view>
#include <unordered_set>

namespace attest::extract {

namespace {

std::string foldCase(std::string_view word) {
    std::string folded;
    for (std::size_t offset = 0; offset < word.size();) {
        const auto codePoint = static_cast<UChar32>(decodeUtf8(word, offset));
        appendUtf8(folded, static_cast<char32_t>(u_foldCase(codePoint, U_FOLD_CASE_DEFAULT)));
    }
    return folded;
}

// A hyphen between a letter and a line break before a small letter.
struct Break {
    std::size_t hyphen = 0;    // offset
    std::size_t wordBegin = 0; // letters before the hyphen
    std::size_t wordEnd = 0;   // letters behind the line break
};

std::vector<Break> findBreaks(std::string_view text) {
    std::vector<Break> breaks;
    for (std::size_t at = text.find("-\n"); at != std::string_view::npos;
         at = text.find("-\n", at + 1)) {
        Break found;
        found.hyphen = at;
        found.wordBegin = at;
        while (found.wordBegin > 0) {
            std::size_t before = found.wordBegin;
            if (!isLetter(previousCodePoint(text, before))) {
                break;
            }
            found.wordBegin = before;
        }
        const std::size_t lineBegin = at + 2;
        found.wordEnd = lineBegin;
        bool beginsSmall = false;
        while (found.wordEnd < text.size()) {
            std::size_t next = found.wordEnd;
            const char32_t codePoint = decodeUtf8(text, next);
            if (!isLetter(codePoint)) {
                break;
            }
            beginsSmall = beginsSmall || (found.wordEnd == lineBegin && isLowerCase(codePoint));
            found.wordEnd = next;
        }
        if (found.wordBegin < at && beginsSmall) {
            breaks.push_back(found);
        }
    }
    return breaks;
}

std::string joinedWord(std::string_view text, const Break& found) {
    const std::string_view first = text.substr(found.wordBegin, found.hyphen - found.wordBegin);
    const std::string_view second =
        text.substr(found.hyphen + 2, found.wordEnd - (found.hyphen + 2));
    return foldCase(std::string(first) += second);
}

void collectWords(std::string_view text,
                  const std::unordered_set<std::string>& wanted,
                  std::unordered_set<std::string>& present) {
    std::size_t begin = 0;
    for (std::size_t offset = 0; offset <= text.size();) {
        std::size_t next = offset;
        const bool isEnd = offset == text.size() || !isLetter(decodeUtf8(text, next));
        if (isEnd) {
            if (offset > begin) {
                std::string word = foldCase(text.substr(begin, offset - begin));
                if (wanted.count(word) > 0) {
                    present.insert(std::move(word));
                }
            }
            if (offset == text.size()) {
                break;
            }
            begin = next;
        }
        offset = next;
    }
}

// Rebuilds a page without the given breaks: hyphen and line break go, and the line break comes back
// behind the joined word and its punctuation.
void removeBreaks(PageText& page, const std::vector<Break>& breaks) {
    const std::string_view text = page.text;
    const bool hasBoxes = !page.boxes.empty();
    std::string out;
    std::vector<CharBox> boxes;
    out.reserve(text.size());
    boxes.reserve(page.boxes.size());
    std::size_t next = 0; // break
    bool owesLineBreak = false;
    std::size_t index = 0; // code point
    for (std::size_t offset = 0; offset < text.size();) {
        if (next < breaks.size() && offset == breaks[next].hyphen) {
            offset += 2;
            index += 2;
            ++next;
            owesLineBreak = true;
            continue;
        }
        const std::size_t begin = offset;
        decodeUtf8(text, offset);
        const bool isBlank = text[begin] == ' ';
        if (owesLineBreak && text[begin] == '\n') {
            owesLineBreak = false; // the line has only that word
        } else if (owesLineBreak && isBlank) {
            out += '\n';
            if (hasBoxes) {
                boxes.push_back({});
            }
            while (offset < text.size() && text[offset] == ' ') {
                ++offset;
                ++index;
            }
            ++index;
            owesLineBreak = false;
            continue;
        }
        out += text.substr(begin, offset - begin);
        if (hasBoxes) {
            boxes.push_back(page.boxes[index]);
        }
        ++index;
    }
    page.text = std::move(out);
    page.boxes = std::move(boxes);
}

} // namespace

void joinHyphenatedWords(std::span<PageText> pages) {
    std::unordered_set<std::string> wanted;
    for (const PageText& page : pages) {
        for (const Break& found : findBreaks(page.text)) {
            wanted.insert(joinedWord(page.text, found));
        }
    }
    if (wanted.empty()) {
        return;
    }
    std::unordered_set<std::string> present;
    for (const PageText& page : pages) {
        collectWords(page.text, wanted, present);
    }
    for (PageText& page : pages) {
        std::vector<Break> joined;
        for (const Break& found : findBreaks(page.text)) {
            if (present.count(joinedWord(page.text, found)) > 0) {
                joined.push_back(found);
            }
        }
        if (!joined.empty()) {
            removeBreaks(page, joined);
        }
    }
}

} // namespace attest::extract
