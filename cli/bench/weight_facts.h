// What of a model file is read and computed for one token: the limits of speed follow from it.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>

namespace attest::cli {

struct WeightFacts {
    std::uint64_t fileBytes = 0;
    std::uint64_t bytesPerToken = 0;   // of weights: all layers, and the head
    std::uint64_t blockParameters = 0; // of the layers' matrices
    std::uint64_t headParameters = 0;
    std::uint64_t kvNumbersPerToken = 0; // keys and values that a token adds, over all layers
};

// Errors: those of GgufFile::open().
Result<WeightFacts> readWeightFacts(const std::filesystem::path& model);

} // namespace attest::cli
