// Dates as people write them, to ISO 8601: "2024-03-04", "2024-03", "2024", and with a time of day
// "2024-03-04T10:15". A part that is not written is never filled in.
//
// "3/4/2024" is read month first and marked ambiguous when it can be read the other way; with dots
// the day comes first. A two-digit year is read as 1950 to 2049 and always marked ambiguous.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace attest::extract {

struct ParsedDate {
    std::string text;
    std::string rule; // "date-ymd", "date-dmy", "date-mdy", "date-month-name", "date-my", "date-y"
    bool isAmbiguous = false;
};

// Nullopt: not a date, a date that does not exist, or one without a year.
std::optional<ParsedDate> parseDate(std::string_view text);

} // namespace attest::extract
