#include "extract/page_text.h"

#include "base/ascii.h"
#include "base/check.h"
#include "base/utf8.h"
#include "extract/text/unicode.h"

#include <algorithm>

namespace attest::extract {

namespace {

constexpr float kBoxUnits = 65535.0F;

bool isBlank(char byte) {
    return byte == ' ' || byte == '\n';
}

bool hasPlace(const CharBox& box) {
    return box != CharBox{};
}

PageBox toPageBox(const CharBox& box) {
    return {float(box.left) / kBoxUnits,
            float(box.top) / kBoxUnits,
            float(box.right) / kBoxUnits,
            float(box.bottom) / kBoxUnits};
}

void grow(CharBox& box, const CharBox& by) {
    box.left = std::min(box.left, by.left);
    box.top = std::min(box.top, by.top);
    box.right = std::max(box.right, by.right);
    box.bottom = std::max(box.bottom, by.bottom);
}

} // namespace

std::vector<PageBox> boxesOf(const PageText& page, std::size_t begin, std::size_t end) {
    const std::string_view text = page.text;
    end = std::min(end, text.size());
    std::vector<PageBox> boxes;
    if (page.boxes.empty() || begin >= end) {
        return boxes;
    }
    std::size_t offset = 0;
    std::size_t index = 0;
    while (offset < begin) {
        decodeUtf8(text, offset);
        ++index;
    }
    CharBox line;
    const auto finishLine = [&boxes, &line] {
        if (hasPlace(line)) {
            boxes.push_back(toPageBox(line));
        }
        line = {};
    };
    for (; offset < end && index < page.boxes.size(); ++index) {
        const char32_t codePoint = decodeUtf8(text, offset);
        const CharBox& box = page.boxes[index];
        if (codePoint == U'\n') {
            finishLine();
        } else if (hasPlace(box)) {
            if (hasPlace(line)) {
                grow(line, box);
            } else {
                line = box;
            }
        }
    }
    finishLine();
    return boxes;
}

std::string spanValue(std::string_view pageText) {
    std::string value;
    value.reserve(pageText.size());
    for (const char byte : pageText) {
        if (!isBlank(byte)) {
            value.push_back(byte);
        } else if (value.empty() || value.back() != ' ') {
            value.push_back(' ');
        }
    }
    return value;
}

namespace {

bool isDigitAt(std::string_view text, std::size_t offset) {
    return offset < text.size() && isAsciiDigit(text[offset]);
}

// "10,800" and "2.5" are one word: the point or comma at `mark` stands between digits.
bool isInNumber(std::string_view text, std::size_t mark) {
    return mark > 0 && mark < text.size() && (text[mark] == '.' || text[mark] == ',') &&
           isDigitAt(text, mark - 1) && isDigitAt(text, mark + 1);
}

// Between the characters before and behind `offset`, neither of them a blank.
bool isBorder(std::string_view text, std::size_t offset) {
    if (isInNumber(text, offset) || isInNumber(text, offset - 1)) {
        return false;
    }
    std::size_t before = offset;
    std::size_t after = offset;
    return !(isWordCharacter(previousCodePoint(text, before)) &&
             isWordCharacter(decodeUtf8(text, after)));
}

} // namespace

bool isWordStart(std::string_view text, std::size_t offset) {
    ATTEST_DCHECK(offset <= text.size());
    if (offset >= text.size() || isBlank(text[offset]) || !isCodePointBorder(text, offset)) {
        return false;
    }
    if (offset == 0 || isBlank(text[offset - 1])) {
        return true;
    }
    return isBorder(text, offset);
}

bool isWordEnd(std::string_view text, std::size_t offset) {
    ATTEST_DCHECK(offset <= text.size());
    if (offset == 0 || isBlank(text[offset - 1]) || !isCodePointBorder(text, offset)) {
        return false;
    }
    if (offset == text.size() || isBlank(text[offset])) {
        return true;
    }
    return isBorder(text, offset);
}

} // namespace attest::extract
