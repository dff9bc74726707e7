// One pass of tokens through the layers of a `llama` model.
#pragma once

#include "base/result.h"
#include "engine/lora/low_rank.h"
#include "engine/tokenizer.h"
#include "engine/transformer/attention.h"
#include "engine/transformer/linear.h"
#include "engine/transformer/rope.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace attest::engine {

// The computation of one layer, for each token:
//   h = rmsNorm(x);  q, k, v = projections of h;  q and k are rotated by their position
//   x += attentionOut · (softmax(q·k) v for each head; head j reads key head j / (heads / kvHeads))
//   h = rmsNorm(x);  x += down · (silu(gate · h) ⊙ (up · h))
// Source: Touvron et al. 2023, section 2.2; Ainslie et al. 2023 (grouped queries).
//
// Borrows weights, kernels and pool. Not thread-safe.
class Forward {
public:
    // Errors: OutOfResources.
    static Result<Forward> create(const TransformerWeights& weights,
                                  const KernelTable& kernels,
                                  ThreadPool& pool,
                                  std::size_t contextLength,
                                  std::size_t batchSize,
                                  KvType kvType,
                                  std::vector<ScaledAdapter> adapters);

    // Runs tokens at positions `position`, …, whose predecessors are in the cache, and writes the
    // logits of the last tokens, (rows, vocabulary). The cache behind `position` is overwritten.
    // Errors: Cancelled (polled before each layer).
    // REQUIRES: 1 ≤ tokens.size() ≤ batchSize; ids are in the vocabulary; the context has room.
    Result<void> run(std::span<const TokenId> tokens,
                     std::size_t position,
                     std::span<float> logits,
                     const std::stop_token& stop);

    std::uint64_t bytes() const;

private:
    Forward(const TransformerWeights& weights,
            const KernelTable& kernels,
            ThreadPool& pool,
            std::size_t contextLength,
            Attention attention,
            Linear linear);

    bool allocate(std::size_t batchSize);
    void lookUp(std::span<const TokenId> tokens, std::size_t position);
    void addAndNormalise(const float* addend, const float* norm, std::size_t tokens);
    void multiply(std::span<const LinearOutput> outputs, std::size_t tokens);
    void runLayer(std::size_t index, std::size_t position, std::size_t tokens);
    void rotate(std::size_t tokens);
    void writeLogits(std::size_t tokens, std::span<float> logits);

    template <typename Work>
    void forEachRow(std::size_t rows, const Work& work) const;

    const TransformerWeights* weights_;
    const KernelTable* kernels_;
    ThreadPool* pool_;
    Rope rope_;
    Attention attention_;
    Linear linear_;
    std::optional<LowRank> lowRank_; // when there are adapters

    // (tokens, …), f32.
    AlignedBuffer<float> x_;     // the residual stream
    AlignedBuffer<float> delta_; // what a half layer adds to it
    AlignedBuffer<float> normed_;
    AlignedBuffer<float> q_;
    AlignedBuffer<float> k_;
    AlignedBuffer<float> v_;
    AlignedBuffer<float> heads_; // attention's result
    AlignedBuffer<float> gate_;
    AlignedBuffer<float> up_;
    AlignedBuffer<float> cosines_;
    AlignedBuffer<float> sines_;
};

} // namespace attest::engine
