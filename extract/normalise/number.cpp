#include "extract/normalise/number.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace attest::extract {

namespace {

constexpr size_t kGroup = 3;
constexpr size_t kMaxDigits = 40; // longer runs are identifiers, not amounts

// A number cut at its separators: digits[0] sep[0] digits[1] sep[1] …
struct Pieces {
    std::vector<std::string> digits;
    std::string separators;
    size_t size = 0;
};

Pieces cut(std::string_view text) {
    Pieces pieces;
    std::string run;
    size_t at = 0;
    while (at < text.size()) {
        const char c = text[at];
        const bool nextIsDigit = at + 1 < text.size() && isAsciiDigit(text[at + 1]);
        if (isAsciiDigit(c)) {
            run += c;
        } else if ((c == '.' || c == ',') && nextIsDigit) {
            pieces.digits.push_back(std::exchange(run, {}));
            pieces.separators += c;
        } else if ((c == ' ' || c == '\'') && nextIsDigit && !run.empty()) {
            // A blank only groups when exactly three digits follow: "1 234", but not "120 80".
            size_t end = at + 1;
            while (end < text.size() && isAsciiDigit(text[end])) {
                ++end;
            }
            if (end - at - 1 != kGroup || run.size() > kGroup) {
                break;
            }
            pieces.digits.push_back(std::exchange(run, {}));
            pieces.separators += c;
        } else {
            break;
        }
        ++at;
    }
    pieces.digits.push_back(run);
    pieces.size = at;
    return pieces;
}

// Groups of three after the first, which has one to three digits.
bool isGrouped(const std::vector<std::string>& digits, size_t count) {
    if (digits[0].empty() || digits[0].size() > kGroup) {
        return false;
    }
    return std::all_of(digits.begin() + 1,
                       digits.begin() + std::ptrdiff_t(count),
                       [](const auto& d) { return d.size() == kGroup; });
}

std::string joined(const std::vector<std::string>& digits, size_t count) {
    std::string all;
    for (size_t i = 0; i < count; ++i) {
        all += digits[i];
    }
    const size_t first = std::min(all.find_first_not_of('0'), all.empty() ? 0 : all.size() - 1);
    return all.empty() ? "0" : all.substr(first);
}

std::string comparatorAt(std::string_view& text) {
    // The second form of each is how a font's own sign is written.
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kComparators = {{
        {"<=", "<="},
        {"=<", "<="},
        {"\u2264", "<="},
        {">=", ">="},
        {"=>", ">="},
        {"\u2265", ">="},
        {"<", "<"},
        {">", ">"},
        {"\u2A7D", "<="},
        {"\u2A7E", ">="},
    }};
    for (const auto& [written, meaning] : kComparators) {
        if (text.starts_with(written)) {
            text.remove_prefix(written.size());
            while (text.starts_with(' ')) {
                text.remove_prefix(1);
            }
            return std::string(meaning);
        }
    }
    return {};
}

bool signAt(std::string_view& text) {
    for (const std::string_view minus : {"-", "\u2212"}) {
        if (text.starts_with(minus)) {
            text.remove_prefix(minus.size());
            return true;
        }
    }
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    }
    return false;
}

} // namespace

std::optional<ParsedNumber> parseNumber(std::string_view text) {
    const size_t wholeSize = text.size();
    ParsedNumber number;
    number.comparator = comparatorAt(text);
    const bool isNegative = signAt(text);
    if (text.empty() || (!isAsciiDigit(text[0]) && text[0] != '.')) {
        return std::nullopt;
    }
    const Pieces pieces = cut(text);
    const auto& digits = pieces.digits;
    const std::string& separators = pieces.separators;
    if (pieces.size == 0 || pieces.size > kMaxDigits) {
        return std::nullopt;
    }

    // The decimal mark is the last separator, unless all of them group.
    const size_t last = separators.size();
    const char mark = last == 0 ? '\0' : separators.back();
    const bool markRepeats = last > 0 && separators.find(mark) != last - 1;
    const bool canMark = (mark == '.' || mark == ',') && !markRepeats;
    const bool canGroup = last > 0 && isGrouped(digits, digits.size()) &&
                          separators.find_first_not_of(mark) == std::string::npos;
    const bool isOnlyMark = canMark && last == 1;
    bool marks = canMark;
    if (isOnlyMark && canGroup && digits[0] != "0") {
        marks = mark == '.';
        number.isAmbiguous = true;
    }
    if (!marks && last > 0 && !canGroup) {
        return std::nullopt; // "1.2.3": a version, a date, an address
    }
    if (marks && last > 1 &&
        (!isGrouped(digits, digits.size() - 1) ||
         separators.substr(0, last - 1).find_first_not_of(separators[0]) != std::string::npos)) {
        return std::nullopt;
    }

    const size_t wholeParts = marks ? digits.size() - 1 : digits.size();
    number.text = (isNegative ? "-" : "") + joined(digits, wholeParts);
    if (marks) {
        number.text += "." + digits.back();
    }
    number.rule = marks       ? (mark == '.' ? "decimal-point" : "decimal-comma")
                  : last == 0 ? "integer"
                              : "grouped";
    number.size = wholeSize - text.size() + pieces.size;
    return number;
}

} // namespace attest::extract
