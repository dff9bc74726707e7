#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attest::storage {

// The text as a JSON string with its quotes.
std::string jsonText(std::string_view utf8);

// "[1,2,3]"
std::string jsonNumbers(const std::vector<std::int64_t>& numbers);

} // namespace attest::storage
