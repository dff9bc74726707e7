#include "extract/normalise.h"

#include "support/catch.h"

#include <string>
#include <vector>

using attest::extract::normalise;
using attest::extract::Normalise;

namespace {

struct Case {
    std::string written;
    std::string text; // empty: no normal form
    std::string unit = "";
    std::string comparator = "";
    bool isAmbiguous = false;
};

void check(Normalise kind, const std::vector<Case>& cases) {
    for (const Case& expected : cases) {
        CAPTURE(expected.written);
        const auto normal = normalise(kind, expected.written);
        if (expected.text.empty()) {
            CAPTURE(normal ? normal->text : "");
            CHECK_FALSE(normal);
            continue;
        }
        REQUIRE(normal);
        CHECK(normal->text == expected.text);
        CHECK(normal->unit == expected.unit);
        CHECK(normal->comparator == expected.comparator);
        CHECK(normal->isAmbiguous == expected.isAmbiguous);
        CHECK_FALSE(normal->rule.empty());
    }
}

} // namespace

TEST_CASE("numbers are read with either decimal mark", "[extract][normalise]") {
    check(Normalise::Number,
          {
              {"5", "5"},
              {"5.0", "5.0"},
              {"0.50", "0.50"},
              {".5", "0.5"},
              {"007", "7"},
              {"0", "0"},
              {"000", "0"},
              {"-3.2", "-3.2"},
              {"\u22123", "-3"},
              {"+2", "2"},
              {"1,5", "1.5"},
              {"1.234,5", "1234.5"},
              {"1,234.5", "1234.5"},
              {"1,234,567", "1234567"},
              {"1.234.567", "1234567"},
              {"1.234.567,89", "1234567.89"},
              {"1'234.50", "1234.50"},
              {"1 234,50", "1234.50"},
              {"12 345 678", "12345678"},
              {"12345.678", "12345.678"},
              {"0,123", "0.123"},
              {"0.123", "0.123"},
              {"1,234", "1234", "", "", true},
              {"1.234", "1.234", "", "", true},
              {"<0.01", "0.01", "", "<"},
              {"< 0,01", "0.01", "", "<"},
              {">= 90", "90", "", ">="},
              {"\u2264 5", "5", "", "<="},
              {">60", "60", "", ">"},
              {"12 %", "12", "%"},
              {"EUR 1.234,50", "1234.50", "EUR"},
              {"1.234,50 \u20AC", "1234.50", "EUR"},
              {"$1,234.50", "1234.50", "$"},
              {"-$5.00", "-5.00", "$"},
              {"- 7", ""},
              {"", ""},
              {"none", ""},
              {"1.2.3", ""},
              {"1,23,456", ""},
              {"1.23,456.7", ""},
              {"12 34", ""},
              {"5 apples", ""},
              {"--5", ""},
              {"1e5", ""},
              {"12345678901234567890123456789012345678901234567890", ""},
          });
}

TEST_CASE("quantities carry the UCUM code of their unit", "[extract][normalise]") {
    check(Normalise::Quantity,
          {
              {"500 mg", "500", "mg"},
              {"500mg", "500", "mg"},
              {"0,5 mg", "0.5", "mg"},
              {"100 mcg", "100", "ug"},
              {"100 \u00B5g", "100", "ug"},
              {"20 mg/mL", "20", "mg/mL"},
              {"20 mg/ml", "20", "mg/mL"},
              {"5 mg per day", "5", "mg/d"},
              {"1 g", "1", "g"},
              {"7.2 x10^9/L", "7.2", "10*9/L"},
              {"7.2 K/uL", "7.2", "10*3/uL"},
              {"60 mL/min/1.73 m2", "60", "mL/min/{1.73_m2}"},
              {"37.2 \u00B0C", "37.2", "Cel"},
              {"98.6 F", "98.6", "[degF]"},
              {"98 %", "98", "%"},
              {"120/80 mmHg", "120/80", "mm[Hg]"},
              {"72 bpm", "72", "/min"},
              {"20 breaths/min", "20", "/min"},
              {"10-20 mg", "10-20", "mg"},
              {"1 to 2 tablets", "1-2", "{tablet}"},
              {"2 Tabletten", "2", "{tablet}"},
              {"one tablet", "1", "{tablet}"},
              {"Two puffs", "2", "{puff}"},
              {"5000 IU", "5000", "[IU]"},
              {"12 units", "12", "{unit}"},
              {"67 years", "67", "a"},
              {"67-year-old", "67", "a"},
              {"67 y.o.", "67", "a"},
              {"67", "67", ""},
              {"180 lbs.", "180", "[lb_av]"},
              {"<0.01 ng/mL", "0.01", "ng/mL", "<"},
              {"3 widgets", "3", "widgets"},
              {"1,000 mg", "1000", "mg", "", true},
              {"500 mg twice daily", ""},
              {"two 500 mg tablets", ""},
              {"as needed", ""},
              {"", ""},
          });
}

TEST_CASE("dates become ISO 8601, and nothing unwritten is added", "[extract][normalise]") {
    check(Normalise::Date,
          {
              {"2024-03-04", "2024-03-04"},
              {"2024/03/04", "2024-03-04"},
              {"20240304", "2024-03-04"},
              {"2024-03", "2024-03"},
              {"03/2024", "2024-03"},
              {"2024", "2024"},
              {"12 March 2024", "2024-03-12"},
              {"March 12, 2024", "2024-03-12"},
              {"March 12th, 2024", "2024-03-12"},
              {"12th of March 2024", "2024-03-12"},
              {"Mar 12 2024", "2024-03-12"},
              {"12-Mar-2024", "2024-03-12"},
              {"Sept. 3, 2024", "2024-09-03"},
              {"2024 Mar 12", "2024-03-12"},
              {"March 2024", "2024-03"},
              {"MARCH 2024", "2024-03"},
              {"Monday, 4 March 2024", "2024-03-04"},
              {"3. M\u00E4rz 2024", "2024-03-03"},
              {"3. M\u00C4RZ 2024", "2024-03-03"},
              {"1 ao\u00FBt 2023", "2023-08-01"},
              {"Mo, 03.04.2024", "2024-04-03"},
              {"03.04.2024", "2024-04-03"},
              {"3/4/2024", "2024-03-04", "", "", true},
              {"4/4/2024", "2024-04-04"},
              {"13/4/2024", "2024-04-13"},
              {"3/25/2024", "2024-03-25"},
              {"3/4/24", "2024-03-04", "", "", true},
              {"13/4/24", "2024-04-13", "", "", true},
              {"03.04.51", "1951-04-03", "", "", true},
              {"29.02.2024", "2024-02-29"},
              {"2024-03-04 10:15", "2024-03-04T10:15"},
              {"2024-03-04T10:15:30", "2024-03-04T10:15:30"},
              {"3/25/2024 1:05 pm", "2024-03-25T13:05"},
              {"3/25/2024 12:05 AM", "2024-03-25T00:05"},
              {"03.04.2024, 07:30 Uhr", "2024-04-03T07:30"},
              {"29.02.2023", ""},
              {"31/4/2024", ""},
              {"13/13/2024", ""},
              {"12 March", ""},
              {"March", ""},
              {"3/24", ""},
              {"2024-03-04 25:00", ""},
              {"March 2024 10:15", ""},
              {"yesterday", ""},
              {"1234567890", ""},
              {"0000-00-00", ""},
              {"", ""},
              {"12 March 2024 and 13 March 2024", ""},
          });
}

TEST_CASE("normalising any bytes ends", "[extract][normalise]") {
    for (unsigned seed = 1; seed < 20000; ++seed) {
        std::string text;
        unsigned state = seed * 2654435761U;
        for (unsigned i = 0; i < seed % 23; ++i) {
            state = state * 1664525U + 1013904223U;
            constexpr char kBytes[] = "0123456789.,-/: %<>=tfmgMarch\xC3\xA4'";
            text += kBytes[(state >> 16U) % (sizeof kBytes - 1)];
        }
        for (const Normalise kind : {Normalise::Number, Normalise::Quantity, Normalise::Date}) {
            const auto normal = normalise(kind, text);
            CHECK((!normal || !normal->text.empty()));
        }
    }
    CHECK_FALSE(normalise(Normalise::None, "5"));
}
