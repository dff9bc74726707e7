#include "extract/evaluate/comparator.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "extract/normalise.h"
#include "extract/text/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <array>
#include <charconv>
#include <set>
#include <utility>

namespace attest::extract {

namespace {

constexpr std::array<std::pair<Comparator, std::string_view>, 5> kNames = {{
    {Comparator::Exact, "exact"},
    {Comparator::Normalised, "normalised"},
    {Comparator::Numeric, "numeric"},
    {Comparator::Date, "date"},
    {Comparator::Set, "set"},
}};

std::string caseFolded(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    std::string folded;
    icu::StringByteSink<std::string> sink(&folded);
    if (U_SUCCESS(status)) {
        fold->normalizeUTF8(0,
                            icu::StringPiece(text.data(), static_cast<int32_t>(text.size())),
                            sink,
                            nullptr,
                            status);
    }
    return U_SUCCESS(status) ? folded : std::string(text);
}

// Signs that change what a value says.
bool isSign(char32_t c) {
    return c == '<' || c == '>' || c == '=' || c == '+' || c == '%' || c == U'\u2264' ||
           c == U'\u2265' || c == U'\u00B1' || c == U'\u2191' || c == U'\u2193';
}

bool isMinus(char32_t c) {
    return c == '-' || c == U'\u2212';
}

// "-5", but not the second half of "3-5".
bool isSignOf(std::string_view text, size_t at, size_t behind) {
    return behind < text.size() && isAsciiDigit(text[behind]) && (at == 0 || text[at - 1] == ' ');
}

bool isBetweenDigits(std::string_view text, size_t at) {
    return at > 0 && at + 1 < text.size() && isAsciiDigit(text[at - 1]) &&
           isAsciiDigit(text[at + 1]) &&
           (text[at] == '.' || text[at] == ',' || text[at] == ':' || text[at] == '/');
}

// The number itself where it is one ("5.0" and "5" are equal), else as normalised ("10-20").
std::string numberKey(const std::string& text) {
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end) {
        return text;
    }
    if (number == 0) {
        return "0"; // not "-0"
    }
    // 15 digits: what differs only by binary rounding is equal.
    std::array<char, 64> digits = {};
    const auto written = std::to_chars(
        digits.data(), digits.data() + digits.size(), number, std::chars_format::general, 15);
    return {digits.data(), written.ptr};
}

std::string numericKey(const Field& field, std::string_view text) {
    const bool isNumber = field.normalise == Normalise::Number;
    auto normal = normalise(isNumber ? Normalise::Number : Normalise::Quantity, text);
    if (!normal) {
        normal = normalise(isNumber ? Normalise::Quantity : Normalise::Number, text);
    }
    if (!normal) {
        return "text " + normalisedText(text);
    }
    return "number " + normal->comparator + numberKey(normal->text) +
           (isNumber ? "" : " " + normal->unit);
}

std::string dateKey(std::string_view text) {
    const auto normal = normalise(Normalise::Date, text);
    return normal ? "date " + normal->text : "text " + normalisedText(text);
}

std::string setKey(std::string_view text) {
    std::string folded = " " + caseFolded(text) + " ";
    for (const std::string_view word : {" and ", " und ", " & "}) {
        for (size_t at = folded.find(word); at != std::string::npos; at = folded.find(word, at)) {
            folded.replace(at, word.size(), " ; ");
        }
    }
    std::set<std::string> parts;
    size_t begin = 0;
    while (begin <= folded.size()) {
        const size_t end = std::min(folded.find_first_of(",;|", begin), folded.size());
        std::string part = normalisedText(std::string_view(folded).substr(begin, end - begin));
        if (part.find_first_not_of(' ') != std::string::npos) {
            parts.insert(std::move(part));
        }
        begin = end + 1;
    }
    std::string key;
    for (const std::string& part : parts) {
        key += part + ";";
    }
    return key;
}

// Lower-case words between blanks, so that containment means whole words: " 500 mg ".
std::string words(const std::string& text) {
    std::string all = " ";
    for (const char c : text) {
        const bool isUpper = c >= 'A' && c <= 'Z';
        const bool isPart = isUpper || (c >= 'a' && c <= 'z') || isAsciiDigit(c) ||
                            static_cast<unsigned char>(c) >= 0x80;
        if (isPart) {
            all += isUpper ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (all.back() != ' ') {
            all += ' ';
        }
    }
    return all.back() == ' ' ? all : all + " ";
}

} // namespace

std::string_view toString(Comparator comparator) {
    for (const auto& [each, name] : kNames) {
        if (each == comparator) {
            return name;
        }
    }
    return {};
}

std::optional<Comparator> comparatorNamed(std::string_view name) {
    for (const auto& [comparator, known] : kNames) {
        if (known == name) {
            return comparator;
        }
    }
    return std::nullopt;
}

Comparator defaultComparator(const Field& field) {
    switch (field.normalise) {
    case Normalise::Number:
    case Normalise::Quantity:
        return Comparator::Numeric;
    case Normalise::Date:
        return Comparator::Date;
    case Normalise::None:
        break;
    }
    return Comparator::Exact;
}

std::string normalisedText(std::string_view text) {
    const std::string folded = caseFolded(text);
    std::string key;
    size_t offset = 0;
    while (offset < folded.size()) {
        const size_t at = offset;
        const char32_t c = decodeUtf8(folded, offset);
        if (isWordCharacter(c) || isSign(c) || isBetweenDigits(folded, at)) {
            key.append(folded, at, offset - at);
        } else if (isMinus(c) && isSignOf(folded, at, offset)) {
            key += '-';
        } else if (!key.empty() && key.back() != ' ') {
            key += ' ';
        }
    }
    if (key.ends_with(' ')) {
        key.pop_back();
    }
    return key.empty() ? folded : key;
}

std::string comparisonKey(Comparator comparator, const Field& field, std::string_view text) {
    switch (comparator) {
    case Comparator::Exact:
        break;
    case Comparator::Normalised:
        return normalisedText(text);
    case Comparator::Numeric:
        return numericKey(field, text);
    case Comparator::Date:
        return dateKey(text);
    case Comparator::Set:
        return setKey(text);
    }
    return std::string(text);
}

bool isLenientlyEqual(const std::string& a, const std::string& b) {
    const std::string left = words(a);
    const std::string right = words(b);
    if (left == " " || right == " ") {
        return a == b;
    }
    return left.find(right) != std::string::npos || right.find(left) != std::string::npos;
}

} // namespace attest::extract
