// Files with one JSON object a line.
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>

namespace attest::extract {

// Calls `use` for each line that is not empty, with its 1-based number; an error of it ends the
// walk. Every error names file and line.
// Errors: NotFound, Io, InvalidInput (not a JSON object, nested deeper than 64, file or line larger
//         than 256 MiB), those of `use`.
Result<void>
forEachJsonLine(const std::filesystem::path& path,
                const std::function<Result<void>(const nlohmann::ordered_json&, std::size_t)>& use);

} // namespace attest::extract
