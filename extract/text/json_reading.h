// Reading JSON that comes from outside.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace attest::extract {

// Whether objects and arrays stand in each other more than `levels` deep; asked of the text before
// it is parsed, as what a parser builds is destroyed level by level. Text that is no JSON has some
// answer.
bool isNestedDeeperThan(int levels, std::string_view json);

// The string that an object has under `key`; empty where it has none.
std::string textAt(const nlohmann::json& object, std::string_view key);
std::string textAt(const nlohmann::ordered_json& object, std::string_view key);

} // namespace attest::extract
