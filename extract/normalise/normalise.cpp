#include "extract/normalise.h"

#include "extract/normalise/date.h"
#include "extract/normalise/number.h"
#include "extract/normalise/unit.h"

#include <array>
#include <utility>

namespace attest::extract {

namespace {

constexpr size_t kMaxUnitBytes = 24; // a unit this program does not know is kept as written

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) {
        text.remove_suffix(1);
    }
    return text;
}

Normalised from(const ParsedNumber& number, std::string unit) {
    return {number.text, std::move(unit), number.comparator, number.rule, number.isAmbiguous};
}

struct Currency {
    std::string_view written;
    std::string_view code; // ISO 4217 where the sign has only one meaning
};

constexpr std::array kCurrencies = {Currency{"EUR", "EUR"},
                                    Currency{"\u20AC", "EUR"},
                                    Currency{"USD", "USD"},
                                    Currency{"US$", "USD"},
                                    Currency{"$", "$"},
                                    Currency{"GBP", "GBP"},
                                    Currency{"\u00A3", "\u00A3"},
                                    Currency{"CHF", "CHF"},
                                    Currency{"SEK", "SEK"},
                                    Currency{"NOK", "NOK"},
                                    Currency{"DKK", "DKK"},
                                    Currency{"PLN", "PLN"},
                                    Currency{"CZK", "CZK"},
                                    Currency{"JPY", "JPY"},
                                    Currency{"\u00A5", "\u00A5"},
                                    Currency{"CAD", "CAD"},
                                    Currency{"AUD", "AUD"}};

std::string currencyAtBegin(std::string_view& text) {
    for (const Currency& currency : kCurrencies) {
        if (text.starts_with(currency.written)) {
            text = trimmed(text.substr(currency.written.size()));
            return std::string(currency.code);
        }
    }
    return {};
}

std::optional<Normalised> normaliseNumber(std::string_view text) {
    // "-$5" and "$-5" both occur.
    const bool isMinusFirst = text.starts_with('-');
    std::string_view amount = isMinusFirst ? trimmed(text.substr(1)) : text;
    std::string unit = currencyAtBegin(amount);
    auto number = parseNumber(isMinusFirst && unit.empty() ? text : amount);
    if (!number) {
        return std::nullopt;
    }
    if (isMinusFirst && !unit.empty()) {
        if (number->text.starts_with('-') || !number->comparator.empty()) {
            return std::nullopt;
        }
        number->text.insert(0, "-");
    }
    std::string_view rest =
        trimmed((isMinusFirst && unit.empty() ? text : amount).substr(number->size));
    if (!rest.empty() && unit.empty()) {
        if (rest == "%") {
            unit = "%";
            rest = {};
        } else {
            unit = currencyAtBegin(rest);
        }
    }
    if (!rest.empty() && rest != "-") { // "5,-" is a price without cents
        return std::nullopt;
    }
    return from(*number, std::move(unit));
}

std::optional<ParsedNumber> numberWord(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kWords = {{
        {"one", "1"},
        {"two", "2"},
        {"three", "3"},
        {"four", "4"},
        {"five", "5"},
        {"six", "6"},
        {"seven", "7"},
        {"eight", "8"},
        {"nine", "9"},
        {"ten", "10"},
        {"half", "0.5"},
        {"eine", "1"},
        {"zwei", "2"},
        {"drei", "3"},
        {"vier", "4"},
        {"halbe", "0.5"},
    }};
    std::string lowered(text.substr(0, text.find(' ')));
    if (!lowered.empty() && lowered[0] >= 'A' && lowered[0] <= 'Z') {
        lowered[0] = static_cast<char>(lowered[0] - 'A' + 'a');
    }
    for (const auto& [word, value] : kWords) {
        if (word == lowered) {
            return ParsedNumber{std::string(value), "", "number-word", false, word.size()};
        }
    }
    return std::nullopt;
}

// "10-20", "10 to 20", "120/80": a second number that belongs to the first.
bool appendSecondNumber(std::string_view text, ParsedNumber& number) {
    std::string_view rest = trimmed(text.substr(number.size));

    const struct {
        std::string_view sign;
        std::string_view joint;
        std::string_view rule;
    } kForms[] = {
        {"-", "-", "range"}, {"to ", "-", "range"}, {"bis ", "-", "range"}, {"/", "/", "pair"}};

    for (const auto& form : kForms) {
        if (!rest.starts_with(form.sign)) {
            continue;
        }
        const std::string_view tail = trimmed(rest.substr(form.sign.size()));
        if (tail.empty() || tail[0] < '0' || tail[0] > '9') {
            continue;
        }
        const auto second = parseNumber(tail);
        if (!second || number.text.starts_with('-') || !number.comparator.empty()) {
            continue;
        }
        number.text += std::string(form.joint) + second->text;
        number.rule = form.rule;
        number.isAmbiguous = number.isAmbiguous || second->isAmbiguous;
        number.size = text.size() - tail.size() + second->size;
        return true;
    }
    return false;
}

std::optional<Normalised> normaliseQuantity(std::string_view text) {
    auto number = parseNumber(text);
    if (!number) {
        number = numberWord(text);
    }
    if (!number) {
        return std::nullopt;
    }
    // "10 mg - 20 mg" has a unit in between and is left alone.
    appendSecondNumber(text, *number);
    const std::string_view rest = trimmed(text.substr(number->size));
    if (rest.empty()) {
        return from(*number, "");
    }
    if (auto unit = ucumOf(rest)) {
        return from(*number, *unit);
    }
    const bool isOneWord = rest.find(' ') == std::string_view::npos;
    if (!isOneWord || rest.size() > kMaxUnitBytes || parseNumber(rest)) {
        return std::nullopt;
    }
    Normalised kept = from(*number, std::string(rest));
    kept.rule += "-unit-as-written";
    return kept;
}

} // namespace

std::optional<Normalised> normalise(Normalise kind, std::string_view value) {
    value = trimmed(value);
    switch (kind) {
    case Normalise::None:
        return std::nullopt;
    case Normalise::Number:
        return normaliseNumber(value);
    case Normalise::Quantity:
        return normaliseQuantity(value);
    case Normalise::Date:
        if (auto date = parseDate(value)) {
            return Normalised{date->text, "", "", date->rule, date->isAmbiguous};
        }
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace attest::extract
