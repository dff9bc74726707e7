// What a LoRA adapter file says, checked against the model that it is for.
#pragma once

#include "base/result.h"
#include "engine/gguf.h"
#include "engine/transformer/weights.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attest::engine {

struct AdapterLimits {
    static constexpr std::uint64_t kRank = 4096;
    static constexpr double kAlpha = 1e6;
};

// One product of low rank beside a matrix of the model: y += strength · B (A x), strength = alpha /
// rank, or 1 when the file has no alpha.
struct LowRankPair {
    std::string target;               // the tensor of the model that it changes
    const TensorInfo* base = nullptr; // that tensor, in the model's file
    Matrix a; // (rank, in); of the embedding (vocabulary, rank), looked up by row
    Matrix b; // (out, rank)
    float strength = 1;

    std::size_t rank() const { return b.in; }
};

struct AdapterContents {
    double alpha = 0; // 0: not stated
    std::size_t largestRank = 0;
    std::vector<LowRankPair> pairs;       // by address of the tensors that they change
    std::optional<LowRankPair> embedding; // changes what is looked up, not a tied head
    std::vector<std::string> ignored;     // norms: no product of low rank changes them
};

// The views in the result point into both files, which must outlive it.
// Source: the tensor names and keys of the GGUF adapter format (general.type "adapter",
// adapter.type "lora"); Hu et al. 2021, "LoRA", section 4.1.
// Errors: InvalidInput (a key or tensor breaks the format or does not fit the model; the message
// names it), Unsupported (another kind of adapter, another architecture, a type of weights that
// cannot be computed with).
Result<AdapterContents> readAdapter(const GgufFile& adapter, const GgufFile& model);

} // namespace attest::engine
