#include "extract/evaluate/comparator.h"

#include "support/catch.h"

#include <string>
#include <vector>

using namespace attest::extract;

namespace {

Field fieldOf(Normalise kind) {
    Field field;
    field.name = "f";
    field.normalise = kind;
    return field;
}

bool areEqual(Comparator comparator,
              const std::string& a,
              const std::string& b,
              Normalise kind = Normalise::None) {
    const Field field = fieldOf(kind);
    return comparisonKey(comparator, field, a) == comparisonKey(comparator, field, b);
}

} // namespace

TEST_CASE("comparators have names, and fields get theirs from what is normalised",
          "[extract][comparator]") {
    for (const Comparator each : {Comparator::Exact,
                                  Comparator::Normalised,
                                  Comparator::Numeric,
                                  Comparator::Date,
                                  Comparator::Set}) {
        CHECK(comparatorNamed(toString(each)) == each);
    }
    CHECK(toString(Comparator::Normalised) == "normalised");
    CHECK_FALSE(comparatorNamed("fuzzy"));
    CHECK_FALSE(comparatorNamed(""));

    CHECK(defaultComparator(fieldOf(Normalise::None)) == Comparator::Exact);
    CHECK(defaultComparator(fieldOf(Normalise::Number)) == Comparator::Numeric);
    CHECK(defaultComparator(fieldOf(Normalise::Quantity)) == Comparator::Numeric);
    CHECK(defaultComparator(fieldOf(Normalise::Date)) == Comparator::Date);
}

TEST_CASE("exact compares letters as they are", "[extract][comparator]") {
    CHECK(areEqual(Comparator::Exact, "Aspirin", "Aspirin"));
    CHECK_FALSE(areEqual(Comparator::Exact, "Aspirin", "aspirin"));
    CHECK_FALSE(areEqual(Comparator::Exact, "Aspirin", "Aspirin."));
}

TEST_CASE("normalised forgives case, width and punctuation, not signs and decimal marks",
          "[extract][comparator]") {
    const auto equal = [](const char* a, const char* b) {
        CAPTURE(a, b);
        return areEqual(Comparator::Normalised, a, b);
    };
    CHECK(equal("Type-2 Diabetes.", "type 2 diabetes"));
    CHECK(equal("\u00DCbelkeit", "\u00FCBELKEIT"));
    CHECK(equal("Stra\u00DFe", "STRASSE"));
    CHECK(equal("e\u0301", "\u00C9")); // composed or not
    CHECK(equal("o\uFB03ce", "office"));
    CHECK(equal("\uFF21\uFF22", "ab"));
    CHECK(equal("(oral)", "oral"));
    CHECK_FALSE(equal("oral", "orally"));
    CHECK_FALSE(equal("<5", ">5"));
    CHECK_FALSE(equal("-3", "3"));
    CHECK(equal("3-5", "3 5"));
    CHECK_FALSE(equal("1.5", "15"));
    CHECK_FALSE(equal("1.5", "1 5"));
    CHECK_FALSE(equal("120/80", "120 80"));
    CHECK(equal("+", "+"));
    CHECK_FALSE(equal("+", "-"));
    CHECK_FALSE(equal("+", "++"));
    CHECK_FALSE(equal("a", "b"));
}

TEST_CASE("numeric compares numbers, however written", "[extract][comparator]") {
    const auto number = [](const char* a, const char* b) {
        CAPTURE(a, b);
        return areEqual(Comparator::Numeric, a, b, Normalise::Number);
    };
    const auto quantity = [](const char* a, const char* b) {
        CAPTURE(a, b);
        return areEqual(Comparator::Numeric, a, b, Normalise::Quantity);
    };
    CHECK(number("5", "5.0"));
    CHECK(number("1,5", "1.5"));
    CHECK(number("1.234,50", "1,234.5"));
    CHECK(number("-0", "0"));
    CHECK(number("$820.00", "820"));
    CHECK(number("0.1", ".10"));
    CHECK_FALSE(number("5", "6"));
    CHECK_FALSE(number("0.1", "0.1000000001"));
    CHECK_FALSE(number("<5", "5"));
    CHECK_FALSE(number("5", "-5"));

    CHECK(quantity("500 mg", "500mg"));
    CHECK(quantity("100 mcg", "100 \u00B5g"));
    CHECK(quantity("one tablet", "1 tablet"));
    CHECK_FALSE(quantity("500 mg", "500 g"));
    CHECK_FALSE(quantity("500 mg", "500"));
    CHECK(quantity("10-20 mg", "10 to 20 mg"));

    // Without a number in them, values are compared as text.
    CHECK(number("None", "none"));
    CHECK_FALSE(number("none", "5"));
    // Where the template normalises nothing, an override reads quantities.
    CHECK(areEqual(Comparator::Numeric, "5,0 mg", "5mg"));
}

TEST_CASE("date compares days, months and years, however written", "[extract][comparator]") {
    const auto equal = [](const char* a, const char* b) {
        CAPTURE(a, b);
        return areEqual(Comparator::Date, a, b, Normalise::Date);
    };
    CHECK(equal("12 February 2026", "2026-02-12"));
    CHECK(equal("February 12, 2026", "12.02.2026"));
    CHECK_FALSE(equal("12 February 2026", "February 2026"));
    CHECK_FALSE(equal("12 February 2026", "13 February 2026"));
    CHECK(equal("Today", "today"));
    CHECK_FALSE(equal("today", "2026-02-12"));
}

TEST_CASE("set compares the parts in any order", "[extract][comparator]") {
    const auto equal = [](const char* a, const char* b) {
        CAPTURE(a, b);
        return areEqual(Comparator::Set, a, b);
    };
    CHECK(equal("fever, cough and chills", "Chills; fever; cough"));
    CHECK(equal("Fieber und Husten", "Husten, Fieber"));
    CHECK(equal("a, a, b", "b, a"));
    CHECK(equal("salt & sand", "sand and salt"));
    CHECK_FALSE(equal("fever, cough", "fever"));
    CHECK_FALSE(equal("sand", "s and"));
    CHECK_FALSE(equal("", "a"));
}

TEST_CASE("equality by keys is an equivalence on random values", "[extract][comparator]") {
    // Nothing but the identity is certain of random bytes: no crash, and the same key every time.
    std::uint32_t state = 7;
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (int j = 0; j < 1 + i % 12; ++j) {
            state = state * 1664525U + 1013904223U;
            text += static_cast<char>(state >> 24U);
        }
        for (const Comparator each :
             {Comparator::Normalised, Comparator::Numeric, Comparator::Date, Comparator::Set}) {
            CHECK(areEqual(each, text, text));
        }
    }
}
