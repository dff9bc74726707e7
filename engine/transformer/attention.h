// Self-attention of a batch of tokens to themselves and the positions before them.
#pragma once

#include "base/result.h"
#include "engine/aligned_buffer.h"
#include "engine/kernels/kernels.h"
#include "engine/thread_pool.h"
#include "engine/transformer/kv_cache.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace attest::engine {

// One layer's queries, keys and values, of `tokens` tokens from `position` on. Query head h reads
// key head h / (headCount / kvHeads).
//
// Shapes: q, heads (tokens, headCount, headSize); k, v (tokens, kvHeads, headSize); all f32, q and
// k rotated.
struct AttentionInput {
    std::size_t layer = 0;
    std::size_t position = 0;
    std::size_t tokens = 0;
    std::size_t headCount = 0; // a multiple of the cache's heads
    float scale = 1;
    std::size_t window = 0; // positions that are seen, the own one included; 0: all before
    float softcap = 0;      // scores become softcap · tanh(score / softcap); 0: they do not
    const float* q = nullptr;
    const float* k = nullptr;
    const float* v = nullptr;
    float* heads = nullptr; // the result
};

// Row invariance: the result of a position is the same bytes for any split of the tokens into calls
// and any thread count, with a given kernel set and type of cache.
//
// Owns the cache; borrows kernels and pool. Not thread-safe.
class Attention {
public:
    // Errors: OutOfResources.
    static Result<Attention> create(const KernelTable& kernels, ThreadPool& pool, KvCache cache);

    // Puts keys and values into the cache, over what was at their positions, then fills `heads`:
    //   heads = Σ_j p_j v_j,  p = softmax over the j that are seen of the scores
    // with score_j = scale · (q · k_j), capped where there is a softcap.
    // REQUIRES: position + tokens ≤ the cache's context length; the positions before are there.
    void run(const AttentionInput& input);

    const KvCache& cache() const { return cache_; }

    std::uint64_t bytes() const;

private:
    // Memory of one thread.
    struct Worker {
        AlignedBuffer<unsigned char> scratch;
        AlignedBuffer<float> states; // (kAttentionTile, stateWidth_)
    };

    struct Plan;

    // first…end − 1; up to `fetchEnd` the same thread goes on.
    struct Blocks {
        std::size_t first;
        std::size_t end;
        std::size_t fetchEnd;
    };

    Attention(const KernelTable& kernels, ThreadPool& pool, KvCache cache);

    bool allocate();
    void store(const AttentionInput& input);
    void
    attendWhole(const AttentionInput& input, const Plan& plan, std::size_t item, Worker& worker);
    // False: not enough memory for the blocks' states.
    bool attendSplit(const AttentionInput& input, const Plan& plan);
    void attendQueries(const AttentionInput& input,
                       std::size_t head,
                       std::size_t first,
                       std::size_t count,
                       Blocks blocks,
                       float* states,
                       unsigned char* scratch) const;
    void finish(const AttentionInput& input,
                std::size_t head,
                std::size_t query,
                const float* state) const;

    const KernelTable* kernels_;
    ThreadPool* pool_;
    KvCache cache_;
    std::size_t stateWidth_ = 0;
    std::vector<Worker> workers_;   // one per thread
    AlignedBuffer<float> partials_; // (kvHeads, blocks, queries, stateWidth_), grows
};

} // namespace attest::engine
