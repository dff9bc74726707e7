// How long a user waits from starting the program to the first token of an answer.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <functional>

namespace attest::cli {

// Starts this program anew, has it load the model and compute one token, and returns the seconds
// from the start of the process until it says so. Errors: Io (no process), Unsupported (the model
// does not load there).
Result<double> timeFirstToken(const std::filesystem::path& model, std::size_t threads);

// What the new process does; `tell` is called when the token is there, before everything is taken
// down. Errors: those of Model::load() and Session::create().
Result<void> computeFirstToken(const std::filesystem::path& model,
                               std::size_t threads,
                               const std::function<void()>& tell);

} // namespace attest::cli
