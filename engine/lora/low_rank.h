// The products of low rank that adapters add to a model's matrices.
#pragma once

#include "base/result.h"
#include "engine/aligned_buffer.h"
#include "engine/kernels/kernels.h"
#include "engine/lora/read_adapter.h"
#include "engine/tokenizer.h"
#include "engine/transformer/linear.h"

#include <cstddef>
#include <span>
#include <vector>

namespace attest::engine {

struct ScaledAdapter {
    const AdapterContents* contents;
    float scale;
};

// y += scale · strength · B (A x) for each adapter, in the order given. The model's own matrices
// stay as they are, so each session has its own adapters.
//
// Row invariance: as Linear, whose products these are.
// Borrows everything it is given. Not thread-safe.
class LowRank {
public:
    // maxTokens: the most tokens at once. Errors: OutOfResources.
    static Result<LowRank> create(const KernelTable& kernels,
                                  ThreadPool& pool,
                                  std::vector<ScaledAdapter> adapters,
                                  std::size_t maxTokens);

    // Adds to products that `linear` has just written; its input must still be the same.
    void add(Linear& linear, std::span<const LinearOutput> outputs, std::size_t tokens);

    // Adds to the rows that were looked up for `tokens`, x (tokens, embedding) f32.
    void addToEmbedding(std::span<const TokenId> tokens, float* x);

    std::size_t bytes() const;

private:
    LowRank(Linear up, ThreadPool& pool, std::vector<ScaledAdapter> adapters)
        : up_(std::move(up)), pool_(&pool), adapters_(std::move(adapters)) {}

    void addProduct(const Matrix& b, float factor, float* y, std::size_t tokens);

    Linear up_; // the products with B
    ThreadPool* pool_;
    std::vector<ScaledAdapter> adapters_;
    AlignedBuffer<float> inner_; // A x, (tokens, rank)
    AlignedBuffer<float> delta_; // B (A x), (tokens, out)
};

} // namespace attest::engine
