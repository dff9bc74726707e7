#include "extract/export/table.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace attest::extract {

namespace {

bool areDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isAsciiDigit);
}

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        value = value * 10 + (c - '0');
    }
    return value;
}

bool isPlain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

} // namespace

bool isPlainNumber(std::string_view text) {
    if (text.starts_with('-')) {
        text.remove_prefix(1);
    }
    const size_t point = text.find('.');
    return areDigits(text.substr(0, point)) &&
           (point == std::string_view::npos || areDigits(text.substr(point + 1)));
}

bool isIsoDay(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !areDigits(text.substr(0, 4)) ||
        !areDigits(text.substr(5, 2)) || !areDigits(text.substr(8, 2))) {
        return false;
    }
    const int year = number(text.substr(0, 4));
    const int month = number(text.substr(5, 2));
    const int day = number(text.substr(8, 2));
    constexpr std::array kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 &&
           day <= kDays.at(static_cast<size_t>(month) - 1) + (isLeap && month == 2 ? 1 : 0);
}

Cell textCell(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    if (isPlain(text)) {
        return {CellKind::Text, std::string(text)};
    }
    Cell cell{CellKind::Text, {}};
    cell.text.reserve(text.size());
    for (size_t at = 0; at < text.size();) {
        const char32_t c = decodeUtf8(text, at);
        const bool isLineEndOrTab = c == U'\t' || c == U'\n' || c == U'\r';
        // U+FFFE and U+FFFF are not characters of XML.
        const bool isBad = (c < U' ' && !isLineEndOrTab) || c == 0x7F || c == 0xFFFE || c == 0xFFFF;
        appendUtf8(cell.text, isBad ? kReplacementCharacter : c);
    }
    return cell;
}

Cell codeCell(std::string_view code) {
    return code.empty() ? Cell() : Cell{CellKind::Code, std::string(code)};
}

Cell integerCell(long long number) {
    return {CellKind::Number, std::to_string(number)};
}

Cell numberCell(std::string_view text) {
    return isPlainNumber(text) ? Cell{CellKind::Number, std::string(text)} : textCell(text);
}

Cell dateCell(std::string_view text) {
    return isIsoDay(text) ? Cell{CellKind::Date, std::string(text)} : textCell(text);
}

} // namespace attest::extract
