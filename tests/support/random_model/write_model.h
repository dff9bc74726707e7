// Model files of random weights in the shapes of published models, for measuring speed.
#pragma once

#include "support/random_model/shape.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace attest::test {

enum class Mix : std::uint8_t {
    AsQuantized, // the head and what else the usual programs keep in a better type
    Pure,        // every matrix in the type
};

// Names that `type` of writeRandomModel() can be: a weight type, or "Q4_K_M".
std::string weightTypeNames();

// Writes tensor by tensor, so that memory does not grow with the model. Where rows are no multiple
// of the type's block, the type gives way as it does in the usual programs (Q4_K to Q5_0, Q6_K to
// Q8_0 …). The same arguments give the same bytes. Returns an empty text, or what is wrong.
std::string writeRandomModel(const ModelShape& shape,
                             std::string_view type,
                             Mix mix,
                             std::uint64_t seed,
                             const std::filesystem::path& path);

} // namespace attest::test
