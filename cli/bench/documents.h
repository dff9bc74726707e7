// How fast whole documents go through, on the samples that come with the program.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <string>

namespace attest::cli {

struct DocumentOptions {
    std::size_t threads = 0; // 0: one per core
    std::string chatFormat;  // empty: the model's own
};

// Lines to print: the cost of masking the vocabulary at a token, and documents a minute. What
// cannot be measured with this model says why. Errors: those of Model::load(), NotFound (no
// resources), Cancelled.
Result<std::string> measureDocuments(const std::filesystem::path& model,
                                     const DocumentOptions& options,
                                     const std::stop_token& stop);

} // namespace attest::cli
