#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace attest::extract {

// The UCUM code of a unit as people write it ("mcg" is "ug", "mmHg" is "mm[Hg]", "tablets" is
// "{tablet}"), also of quotients ("mg/dl", "mg per day"). Nullopt: not a unit this program knows.
// Source: UCUM 2.1, tables 1 to 4 and section 6 (annotations in braces).
std::optional<std::string> ucumOf(std::string_view written);

} // namespace attest::extract
