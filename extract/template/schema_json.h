// Template files as JSON, in the order of the file.
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace attest::extract {

// Errors: InvalidInput (not JSON: byte offset; a limit: 4 MiB, depth 64, strings 64 KiB; the same
// property twice in one object: its pointer). `source` begins every message.
Result<nlohmann::ordered_json> readSchemaJson(std::string_view text, std::string_view source);

} // namespace attest::extract
