// One pass of tokens through the layers of a model.
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

// The computation of one layer, for each token; in brackets what only some families have:
//   h = rmsNorm(x);  q, k, v = projections of h [q and k of each head normalised];
//   q and k are rotated by their position [or not, in some layers; q scaled by its position]
//   a = softmax(q·k) v for each head; head j reads key head j / (heads / kvHeads) [within a window;
//   scores softcapped]
//   x += [norm of] attentionOut · [norm of] a
//   h = rmsNorm(x);  x += [norm of] down · [norm of] (activation(gate · h) ⊙ (up · h))
// Embeddings may be scaled and logits softcapped. See TransformerParameters.
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

    // The rotation angles of a batch.
    struct Rotation {
        Rope rope;
        AlignedBuffer<float> cosines; // (tokens, pairs)
        AlignedBuffer<float> sines;
    };

    void lookUp(std::span<const TokenId> tokens, std::size_t position);
    void multiply(std::span<const LinearOutput> outputs, std::size_t tokens);
    // x[row] += delta[row], normalised before where the half layer has a norm for it.
    void addDelta(std::size_t row, const float* postNorm);
    void normalise(std::size_t row, std::size_t inputRow, const float* norm);
    const Rotation* rotationOf(std::size_t layer) const;
    void runLayer(std::size_t index, std::size_t position, std::size_t tokens);
    void runAttention(std::size_t index, std::size_t position, std::size_t tokens);
    void runFeedForward(std::size_t index, std::size_t tokens);
    void activate(float* gate, const float* up) const;
    void prepareHeads(std::size_t layer, std::size_t position, std::size_t tokens);
    void capLogits(std::span<float> logits) const;
    void writeLogits(std::size_t tokens, std::span<float> logits);

    template <typename Work>
    void forEachRow(std::size_t rows, const Work& work) const;

    const TransformerWeights* weights_;
    const KernelTable* kernels_;
    ThreadPool* pool_;
    std::vector<Rotation> rotations_; // global, and local where a layer has it
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
};

} // namespace attest::engine
