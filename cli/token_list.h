// Files with token ids.
#pragma once

#include "base/result.h"
#include "engine/tokenizer.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace attest::cli {

// A JSON array of whole numbers, nothing before or behind it. Whether they are in a vocabulary is
// for the model to say. Errors: NotFound, Io, InvalidInput (another form, an empty array).
Result<std::vector<engine::TokenId>> readTokenList(const std::filesystem::path& path);
Result<std::vector<engine::TokenId>> parseTokenList(std::string_view json);

} // namespace attest::cli
