#include "extract/normalise/unit.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace attest::extract {

namespace {

struct Unit {
    std::string_view written;
    std::string_view ucum;
};

// Case matters for symbols: "mg" and "Mg", "mmol" and "Mmol" are different things.
constexpr std::array kSymbols = {
    Unit{"kg", "kg"},
    Unit{"g", "g"},
    Unit{"mg", "mg"},
    Unit{"ug", "ug"},
    Unit{"mcg", "ug"},
    Unit{"\u00B5g", "ug"},
    Unit{"\u03BCg", "ug"},
    Unit{"ng", "ng"},
    Unit{"pg", "pg"},
    Unit{"L", "L"},
    Unit{"l", "L"},
    Unit{"dL", "dL"},
    Unit{"dl", "dL"},
    Unit{"mL", "mL"},
    Unit{"ml", "mL"},
    Unit{"uL", "uL"},
    Unit{"ul", "uL"},
    Unit{"\u00B5L", "uL"},
    Unit{"\u00B5l", "uL"},
    Unit{"\u03BCL", "uL"},
    Unit{"\u03BCl", "uL"},
    Unit{"fL", "fL"},
    Unit{"fl", "fL"},
    Unit{"cc", "mL"},
    Unit{"mol", "mol"},
    Unit{"mmol", "mmol"},
    Unit{"umol", "umol"},
    Unit{"\u00B5mol", "umol"},
    Unit{"\u03BCmol", "umol"},
    Unit{"nmol", "nmol"},
    Unit{"pmol", "pmol"},
    Unit{"Eq", "eq"},
    Unit{"mEq", "meq"},
    Unit{"meq", "meq"},
    Unit{"m", "m"},
    Unit{"cm", "cm"},
    Unit{"mm", "mm"},
    Unit{"um", "um"},
    Unit{"\u00B5m", "um"},
    Unit{"\u03BCm", "um"},
    Unit{"m2", "m2"},
    Unit{"m\u00B2", "m2"},
    Unit{"m^2", "m2"},
    Unit{"cm2", "cm2"},
    Unit{"cm\u00B2", "cm2"},
    Unit{"mm3", "mm3"},
    Unit{"mm\u00B3", "mm3"},
    Unit{"s", "s"},
    Unit{"ms", "ms"},
    Unit{"h", "h"},
    Unit{"min", "min"},
    Unit{"d", "d"},
    Unit{"a", "a"},
    Unit{"U", "U"},
    Unit{"mU", "mU"},
    Unit{"uU", "uU"},
    Unit{"\u00B5U", "uU"},
    Unit{"kU", "kU"},
    Unit{"IU", "[IU]"},
    Unit{"iU", "[IU]"},
    Unit{"I.U.", "[IU]"},
    Unit{"IE", "[IU]"},
    Unit{"I.E.", "[IU]"},
    Unit{"mIU", "m[IU]"},
    Unit{"uIU", "u[IU]"},
    Unit{"\u00B5IU", "u[IU]"},
    Unit{"kIU", "k[IU]"},
    Unit{"mmHg", "mm[Hg]"},
    Unit{"mm Hg", "mm[Hg]"},
    Unit{"cmH2O", "cm[H2O]"},
    Unit{"kPa", "kPa"},
    Unit{"Pa", "Pa"},
    Unit{"%", "%"},
    Unit{"\u2030", "[ppth]"},
    Unit{"\u00B0C", "Cel"},
    Unit{"\u00BAC", "Cel"},
    Unit{"C", "Cel"},
    Unit{"\u00B0F", "[degF]"},
    Unit{"\u00BAF", "[degF]"},
    Unit{"F", "[degF]"},
    Unit{"kcal", "kcal"},
    Unit{"kJ", "kJ"},
    Unit{"Hz", "Hz"},
    Unit{"mGy", "mGy"},
    Unit{"Gy", "Gy"},
    Unit{"cGy", "cGy"},
    Unit{"mSv", "mSv"},
    Unit{"MBq", "MBq"},
    Unit{"10^9", "10*9"},
    Unit{"x10^9", "10*9"},
    Unit{"x 10^9", "10*9"},
    Unit{"10*9", "10*9"},
    Unit{"10^12", "10*12"},
    Unit{"x10^12", "10*12"},
    Unit{"x 10^12", "10*12"},
    Unit{"10*12", "10*12"},
    Unit{"10^3", "10*3"},
    Unit{"x10^3", "10*3"},
    Unit{"x 10^3", "10*3"},
    Unit{"10*3", "10*3"},
    Unit{"10^6", "10*6"},
    Unit{"x10^6", "10*6"},
    Unit{"x 10^6", "10*6"},
    Unit{"10*6", "10*6"},
    Unit{"K", "10*3"},
    Unit{"1.73m2", "{1.73_m2}"},
    Unit{"1.73 m2", "{1.73_m2}"},
    Unit{"1.73m\u00B2", "{1.73_m2}"},
    Unit{"1.73 m\u00B2", "{1.73_m2}"},
};

// Words are compared without regard to case.
constexpr std::array kWords = {
    Unit{"gram", "g"},
    Unit{"grams", "g"},
    Unit{"milligram", "mg"},
    Unit{"milligrams", "mg"},
    Unit{"microgram", "ug"},
    Unit{"micrograms", "ug"},
    Unit{"kilogram", "kg"},
    Unit{"kilograms", "kg"},
    Unit{"kgs", "kg"},
    Unit{"liter", "L"},
    Unit{"liters", "L"},
    Unit{"litre", "L"},
    Unit{"litres", "L"},
    Unit{"milliliter", "mL"},
    Unit{"milliliters", "mL"},
    Unit{"unit", "{unit}"},
    Unit{"units", "{unit}"},
    Unit{"einheiten", "{unit}"},
    Unit{"tablet", "{tablet}"},
    Unit{"tablets", "{tablet}"},
    Unit{"tab", "{tablet}"},
    Unit{"tabs", "{tablet}"},
    Unit{"tabl", "{tablet}"},
    Unit{"tbl", "{tablet}"},
    Unit{"tablette", "{tablet}"},
    Unit{"tabletten", "{tablet}"},
    Unit{"pill", "{pill}"},
    Unit{"pills", "{pill}"},
    Unit{"capsule", "{capsule}"},
    Unit{"capsules", "{capsule}"},
    Unit{"cap", "{capsule}"},
    Unit{"caps", "{capsule}"},
    Unit{"kapsel", "{capsule}"},
    Unit{"kapseln", "{capsule}"},
    Unit{"puff", "{puff}"},
    Unit{"puffs", "{puff}"},
    Unit{"spray", "{spray}"},
    Unit{"sprays", "{spray}"},
    Unit{"patch", "{patch}"},
    Unit{"patches", "{patch}"},
    Unit{"drop", "[drp]"},
    Unit{"drops", "[drp]"},
    Unit{"gtt", "[drp]"},
    Unit{"tropfen", "[drp]"},
    Unit{"dose", "{dose}"},
    Unit{"doses", "{dose}"},
    Unit{"cell", "{cells}"},
    Unit{"cells", "{cells}"},
    Unit{"year", "a"},
    Unit{"years", "a"},
    Unit{"yr", "a"},
    Unit{"yrs", "a"},
    Unit{"y", "a"},
    Unit{"yo", "a"},
    Unit{"y.o", "a"},
    Unit{"y/o", "a"},
    Unit{"-year-old", "a"},
    Unit{"year-old", "a"},
    Unit{"years old", "a"},
    Unit{"year old", "a"},
    Unit{"jahre", "a"},
    Unit{"jahr", "a"},
    Unit{"month", "mo"},
    Unit{"months", "mo"},
    Unit{"mo", "mo"},
    Unit{"monate", "mo"},
    Unit{"monat", "mo"},
    Unit{"week", "wk"},
    Unit{"weeks", "wk"},
    Unit{"wk", "wk"},
    Unit{"wks", "wk"},
    Unit{"woche", "wk"},
    Unit{"wochen", "wk"},
    Unit{"day", "d"},
    Unit{"days", "d"},
    Unit{"tag", "d"},
    Unit{"tage", "d"},
    Unit{"hour", "h"},
    Unit{"hours", "h"},
    Unit{"hr", "h"},
    Unit{"hrs", "h"},
    Unit{"stunde", "h"},
    Unit{"stunden", "h"},
    Unit{"minute", "min"},
    Unit{"minutes", "min"},
    Unit{"mins", "min"},
    Unit{"minuten", "min"},
    Unit{"second", "s"},
    Unit{"seconds", "s"},
    Unit{"sec", "s"},
    Unit{"sek", "s"},
    Unit{"bpm", "/min"},
    Unit{"beats/min", "/min"},
    Unit{"beats per minute", "/min"},
    Unit{"breaths/min", "/min"},
    Unit{"percent", "%"},
    Unit{"inch", "[in_i]"},
    Unit{"inches", "[in_i]"},
    Unit{"in", "[in_i]"},
    Unit{"ft", "[ft_i]"},
    Unit{"feet", "[ft_i]"},
    Unit{"foot", "[ft_i]"},
    Unit{"lb", "[lb_av]"},
    Unit{"lbs", "[lb_av]"},
    Unit{"pound", "[lb_av]"},
    Unit{"pounds", "[lb_av]"},
    Unit{"oz", "[oz_av]"},
    Unit{"ounce", "[oz_av]"},
    Unit{"ounces", "[oz_av]"},
    Unit{"tsp", "[tsp_us]"},
    Unit{"teaspoon", "[tsp_us]"},
    Unit{"teaspoons", "[tsp_us]"},
    Unit{"tbsp", "[tbs_us]"},
    Unit{"tablespoon", "[tbs_us]"},
    Unit{"degrees celsius", "Cel"},
    Unit{"celsius", "Cel"},
    Unit{"degrees fahrenheit", "[degF]"},
    Unit{"fahrenheit", "[degF]"},
};

std::string lower(std::string_view text) {
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lowered;
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) {
        text.remove_prefix(1);
    }
    while (text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    return text;
}

std::optional<std::string> simpleUnit(std::string_view written) {
    for (const Unit& unit : kSymbols) {
        if (unit.written == written) {
            return std::string(unit.ucum);
        }
    }
    if (written.ends_with('.') && written.size() > 1) {
        written.remove_suffix(1); // "tab.", "hrs."
    }
    const std::string lowered = lower(written);
    for (const Unit& unit : kWords) {
        if (unit.written == lowered) {
            return std::string(unit.ucum);
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string> ucumOf(std::string_view written) {
    written = trimmed(written);
    if (written.empty()) {
        return std::nullopt;
    }
    if (auto simple = simpleUnit(written)) {
        return simple;
    }
    // A quotient: the last bar divides, so that "mL/min/1.73m2" is read from the left.
    constexpr std::string_view kPer = " per ";
    const size_t bar = written.rfind('/');
    const size_t per = written.rfind(kPer);
    const bool isBar = bar != std::string_view::npos;
    if (!isBar && per == std::string_view::npos) {
        return std::nullopt;
    }
    const size_t at = isBar ? bar : per;
    const auto denominator = simpleUnit(trimmed(written.substr(at + (isBar ? 1 : kPer.size()))));
    const std::string_view rest = trimmed(written.substr(0, at));
    const auto numerator = rest.empty() ? std::optional<std::string>("") : ucumOf(rest);
    if (!numerator || !denominator) {
        return std::nullopt;
    }
    return *numerator + "/" + *denominator;
}

} // namespace attest::extract
