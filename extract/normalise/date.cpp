#include "extract/normalise/date.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace attest::extract {

namespace {

constexpr int kFirstYear = 1800;
constexpr int kLastYear = 2199;
constexpr int kPivot = 50; // two digits: 00–49 are 20xx, 50–99 are 19xx
constexpr size_t kMaxBytes = 64;

// A word, a number or one other character; blanks only separate.
struct Token {
    enum class Kind { Number, Word, Sign } kind;
    std::string text; // words in lower case
    int value = 0;    // numbers
};

std::string lower(std::string_view text) {
    std::string lowered;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        const bool afterC3 = i > 0 && static_cast<unsigned char>(text[i - 1]) == 0xC3;
        if (c >= 'A' && c <= 'Z') {
            lowered += static_cast<char>(c - 'A' + 'a');
        } else if (afterC3 && byte >= 0x80 && byte <= 0x9E) {
            lowered += static_cast<char>(byte + 0x20); // À…Þ to à…þ
        } else {
            lowered += c;
        }
    }
    return lowered;
}

std::optional<std::vector<Token>> tokens(std::string_view text) {
    std::vector<Token> all;
    for (size_t i = 0; i < text.size();) {
        const size_t begin = i;
        if (isAsciiDigit(text[i])) {
            while (i < text.size() && isAsciiDigit(text[i])) {
                ++i;
            }
            if (i - begin > 8) {
                return std::nullopt;
            }
            std::string digits(text.substr(begin, i - begin));
            const int value = std::stoi(digits); // eight digits fit
            all.push_back({Token::Kind::Number, std::move(digits), value});
        } else if (isLetterByte(text[i])) {
            while (i < text.size() && isLetterByte(text[i])) {
                ++i;
            }
            all.push_back({Token::Kind::Word, lower(text.substr(begin, i - begin))});
        } else {
            ++i;
            if (text[begin] != ' ') {
                all.push_back({Token::Kind::Sign, std::string(1, text[begin])});
            }
        }
    }
    return all;
}

// English, German, French and Spanish; three letters at least, so "mar" is March in all of them.
int monthOf(std::string_view word) {
    using Names = std::array<std::string_view, 14>;
    constexpr std::array<Names, 12> kMonths = {{
        {"jan", "january", "januar", "j\u00E4nner", "janvier", "enero", "ene", "janv"},
        {"feb", "february", "februar", "f\u00E9vrier", "febrero", "f\u00E9vr"},
        {"mar", "march", "m\u00E4rz", "mars", "marzo", "mrz", "m\u00E4r", "maerz"},
        {"apr", "april", "avril", "abril", "avr", "abr"},
        {"may", "mai", "mayo"},
        {"jun", "june", "juni", "juin", "junio"},
        {"jul", "july", "juli", "juillet", "julio", "juil"},
        {"aug", "august", "ao\u00FBt", "agosto", "ago"},
        {"sep", "sept", "september", "septembre", "septiembre"},
        {"oct", "october", "oktober", "okt", "octobre", "octubre"},
        {"nov", "november", "novembre", "noviembre"},
        {"dec", "december", "dezember", "dez", "d\u00E9cembre", "diciembre", "dic", "d\u00E9c"},
    }};
    for (size_t month = 0; month < kMonths.size(); ++month) {
        for (const std::string_view name : kMonths[month]) {
            if (!name.empty() && name == word) {
                return static_cast<int>(month) + 1;
            }
        }
    }
    return 0;
}

bool isWeekday(std::string_view word) {
    constexpr std::array kDays = {
        "mon",    "tue",    "tues",     "wed",      "thu",        "thur",     "thurs",   "fri",
        "sat",    "sun",    "monday",   "tuesday",  "wednesday",  "thursday", "friday",  "saturday",
        "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",  "samstag", "sonntag",
        "mo",     "di",     "mi",       "do",       "fr",         "sa",       "so"};
    for (const std::string_view day : kDays) {
        if (day == word) {
            return true;
        }
    }
    return false;
}

bool isOrdinalEnd(std::string_view word) {
    return word == "st" || word == "nd" || word == "rd" || word == "th";
}

bool exists(int year, int month, int day) {
    constexpr std::array kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1) {
        return false;
    }
    const bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= kDays[size_t(month - 1)] + (month == 2 && isLeap ? 1 : 0);
}

std::string padded(int value, size_t width) {
    const std::string digits = std::to_string(value);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
}

struct Year {
    int value = 0;
    bool isShort = false;
};

std::optional<Year> yearOf(const Token& token) {
    if (token.kind != Token::Kind::Number) {
        return std::nullopt;
    }
    if (token.text.size() == 4) {
        return Year{token.value, false};
    }
    if (token.text.size() == 2) {
        return Year{token.value + (token.value < kPivot ? 2000 : 1900), true};
    }
    return std::nullopt;
}

bool isDayOrMonth(const Token& token) {
    return token.kind == Token::Kind::Number && token.text.size() <= 2;
}

std::optional<ParsedDate> day(Year year, int month, int dayOfMonth, std::string rule) {
    if (!exists(year.value, month, dayOfMonth)) {
        return std::nullopt;
    }
    return ParsedDate{padded(year.value, 4) + "-" + padded(month, 2) + "-" + padded(dayOfMonth, 2),
                      std::move(rule),
                      year.isShort};
}

std::optional<ParsedDate> monthOnly(Year year, int month, std::string rule) {
    if (!exists(year.value, month, 1) || year.isShort) {
        return std::nullopt; // "3/24" may as well be a day
    }
    return ParsedDate{padded(year.value, 4) + "-" + padded(month, 2), std::move(rule), false};
}

// Three numbers with two equal signs between them.
std::optional<ParsedDate> fromNumbers(const Token& a, const Token& b, const Token& c, char sign) {
    if (a.text.size() == 4 && isDayOrMonth(b) && isDayOrMonth(c)) {
        return day({a.value, false}, b.value, c.value, "date-ymd");
    }
    const auto year = yearOf(c);
    if (!year || !isDayOrMonth(a) || !isDayOrMonth(b)) {
        return std::nullopt;
    }
    if (sign == '.') {
        return day(*year, b.value, a.value, "date-dmy");
    }
    auto monthFirst = day(*year, a.value, b.value, "date-mdy");
    auto dayFirst = day(*year, b.value, a.value, "date-dmy");
    if (monthFirst && dayFirst && a.value != b.value) {
        monthFirst->isAmbiguous = true;
    }
    return monthFirst ? monthFirst : dayFirst;
}

// What is left of a date with a month's name once signs, "of" and "th" are gone.
std::optional<ParsedDate> fromNames(const std::vector<Token>& parts) {
    std::vector<const Token*> numbers;
    int month = 0;
    size_t monthAt = 0;
    for (size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].kind == Token::Kind::Number) {
            numbers.push_back(&parts[i]);
        } else if (month == 0 && monthOf(parts[i].text) != 0) {
            month = monthOf(parts[i].text);
            monthAt = i;
        } else {
            return std::nullopt;
        }
    }
    if (month == 0) {
        return std::nullopt;
    }
    constexpr const char* kRule = "date-month-name";
    if (numbers.size() == 1 && monthAt == 0) {
        const auto year = yearOf(*numbers[0]);
        return year ? monthOnly(*year, month, kRule) : std::nullopt;
    }
    if (numbers.size() != 2) {
        return std::nullopt;
    }
    // "2024 March 12" and "12 March 2024" and "March 12 2024"
    const bool isYearFirst = numbers[0]->text.size() == 4;
    const auto year = yearOf(*numbers[isYearFirst ? 0 : 1]);
    const Token& dayToken = *numbers[isYearFirst ? 1 : 0];
    if (!year || !isDayOrMonth(dayToken)) {
        return std::nullopt;
    }
    return day(*year, month, dayToken.value, kRule);
}

// Cuts a time of day off the end: "10:15", "10:15:30", "10:15 pm". Nullopt: something like a time
// that does not exist.
std::optional<std::string> cutTime(std::vector<Token>& parts) {
    size_t colon = 0;
    while (colon < parts.size() && parts[colon].text != ":") {
        ++colon;
    }
    if (colon == parts.size()) {
        return "";
    }
    if (colon < 2 || colon + 1 >= parts.size() || !isDayOrMonth(parts[colon - 1]) ||
        parts[colon + 1].text.size() != 2) {
        return std::nullopt;
    }
    int hour = parts[colon - 1].value;
    const int minute = parts[colon + 1].value;
    size_t at = colon + 2;
    std::string seconds;
    if (at + 1 < parts.size() && parts[at].text == ":") {
        if (parts[at + 1].text.size() != 2 || parts[at + 1].value > 59) {
            return std::nullopt;
        }
        seconds = ":" + parts[at + 1].text;
        at += 2;
    }
    if (at < parts.size() && (parts[at].text == "am" || parts[at].text == "pm")) {
        if (hour < 1 || hour > 12) {
            return std::nullopt;
        }
        hour = hour % 12 + (parts[at].text == "pm" ? 12 : 0);
        ++at;
    } else if (at < parts.size() && (parts[at].text == "uhr" || parts[at].text == "h")) {
        ++at;
    }
    if (at != parts.size() || hour > 23 || parts[colon + 1].kind != Token::Kind::Number ||
        minute > 59) {
        return std::nullopt;
    }
    size_t end = colon - 1;
    while (end > 0 && (parts[end - 1].text == "t" || parts[end - 1].text == "at" ||
                       parts[end - 1].text == "," || parts[end - 1].text == "um")) {
        --end;
    }
    parts.resize(end);
    return "T" + padded(hour, 2) + ":" + padded(minute, 2) + seconds;
}

std::optional<ParsedDate> fromTokens(std::vector<Token> parts) {
    if (parts.size() > 1 && parts[0].kind == Token::Kind::Word && isWeekday(parts[0].text)) {
        parts.erase(parts.begin());
        while (!parts.empty() && (parts[0].text == "," || parts[0].text == ".")) {
            parts.erase(parts.begin());
        }
    }
    if (parts.size() == 5 && parts[0].kind == Token::Kind::Number &&
        parts[2].kind == Token::Kind::Number && parts[1].text == parts[3].text &&
        (parts[1].text == "/" || parts[1].text == "-" || parts[1].text == ".")) {
        return fromNumbers(parts[0], parts[2], parts[4], parts[1].text[0]);
    }
    if (parts.size() == 3 && parts[0].kind == Token::Kind::Number &&
        parts[2].kind == Token::Kind::Number) {
        const std::string& sign = parts[1].text;
        if (parts[0].text.size() == 4 && parts[2].text.size() == 2 &&
            (sign == "-" || sign == "/")) {
            return monthOnly({parts[0].value, false}, parts[2].value, "date-ym");
        }
        if (isDayOrMonth(parts[0]) && parts[2].text.size() == 4 &&
            (sign == "/" || sign == "." || sign == "-")) {
            return monthOnly({parts[2].value, false}, parts[0].value, "date-my");
        }
    }
    if (parts.size() == 1 && parts[0].kind == Token::Kind::Number) {
        const Token& only = parts[0];
        if (only.text.size() == 4 && exists(only.value, 1, 1)) {
            return ParsedDate{only.text, "date-y", false};
        }
        if (only.text.size() == 8) {
            return day(
                {only.value / 10000, false}, only.value / 100 % 100, only.value % 100, "date-ymd");
        }
        return std::nullopt;
    }
    std::vector<Token> essential;
    for (size_t i = 0; i < parts.size(); ++i) {
        const Token& part = parts[i];
        const bool isSign = part.kind == Token::Kind::Sign;
        if (isSign && part.text != "," && part.text != "." && part.text != "-" &&
            part.text != "/") {
            return std::nullopt;
        }
        const bool isFiller =
            part.text == "of" || part.text == "de" || part.text == "the" ||
            (i > 0 && isOrdinalEnd(part.text) && parts[i - 1].kind == Token::Kind::Number);
        if (!isSign && !isFiller) {
            essential.push_back(part);
        }
    }
    return fromNames(essential);
}

} // namespace

std::optional<ParsedDate> parseDate(std::string_view text) {
    if (text.size() > kMaxBytes) {
        return std::nullopt;
    }
    auto parts = tokens(text);
    if (!parts) {
        return std::nullopt;
    }
    const auto time = cutTime(*parts);
    if (!time) {
        return std::nullopt;
    }
    auto date = fromTokens(std::move(*parts));
    constexpr size_t kDayBytes = 10;
    if (date && !time->empty()) {
        if (date->text.size() != kDayBytes) {
            return std::nullopt; // a time without a day
        }
        date->text += *time;
    }
    return date;
}

} // namespace attest::extract
