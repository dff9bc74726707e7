#include "engine/transformer/attention.h"

#include "base/check.h"

#include <algorithm>
#include <array>
#include <utility>

namespace attest::engine {

namespace {

// With at most this many queries for a key head, blocks of keys are shared out among the threads.
constexpr std::size_t kSplitQueries = 32;

// As many pieces of work at least, where it can be had, so that no thread waits long for the last.
constexpr std::size_t kItemsPerThread = 4;

// Fewer multiplications than this are done by the caller: waking a thread costs as much.
constexpr std::size_t kLittleWork = 100'000;

std::size_t roundUp(std::size_t value, std::size_t multiple) {
    return (value + multiple - 1) / multiple * multiple;
}

} // namespace

// How one call is cut into pieces. The result does not depend on it.
struct Attention::Plan {
    std::size_t queries = 0; // of each key head, ordered by token, then by head of the group
    std::size_t tileSize = 0;
    std::size_t tiles = 0;      // of each key head
    std::size_t firstBlock = 0; // that any query sees
    std::size_t endBlock = 0;
};

Attention::Attention(const KernelTable& kernels, ThreadPool& pool, KvCache cache)
    : kernels_(&kernels)
    , pool_(&pool)
    , cache_(std::move(cache))
    , stateWidth_(roundUp(cache_.shape().headSize, 16) + kAttentionStateTail) {}

Result<Attention> Attention::create(const KernelTable& kernels, ThreadPool& pool, KvCache cache) {
    Attention attention(kernels, pool, std::move(cache));
    if (!attention.allocate()) {
        return Error{ErrorCode::OutOfResources, "not enough memory to compute attention"};
    }
    return attention;
}

bool Attention::allocate() {
    const std::size_t size = roundUp(cache_.shape().headSize, 32);
    workers_.resize(pool_->threadCount());
    bool ok = true;
    for (Worker& worker : workers_) {
        ok = ok &&
             worker.scratch.allocate(kAttentionScratch + kAttentionScratchPerElement * size) &&
             worker.states.allocate(kAttentionTile * stateWidth_);
    }
    return ok;
}

std::uint64_t Attention::bytes() const {
    std::uint64_t sum = cache_.bytes() + partials_.bytes();
    for (const Worker& worker : workers_) {
        sum += worker.scratch.bytes() + worker.states.bytes();
    }
    return sum;
}

void Attention::run(const AttentionInput& input) {
    const KvShape& shape = cache_.shape();
    ATTEST_DCHECK(input.tokens > 0 && input.position + input.tokens <= cache_.positions());
    ATTEST_DCHECK(input.headCount % shape.kvHeads == 0);
    store(input);

    Plan plan;
    plan.queries = input.tokens * (input.headCount / shape.kvHeads);
    const std::size_t end = input.position + input.tokens;
    const std::size_t begin =
        input.window == 0 || input.position < input.window ? 0 : input.position + 1 - input.window;
    plan.firstBlock = begin / kKeyBlock;
    plan.endBlock = (end + kKeyBlock - 1) / kKeyBlock;

    const std::size_t threads = pool_->threadCount();
    const std::size_t blocks = plan.endBlock - plan.firstBlock;
    const bool isLittle =
        input.headCount * input.tokens * (end - begin) * shape.headSize < kLittleWork;
    if (plan.queries <= kSplitQueries && blocks > 1 && threads > 1 && !isLittle &&
        shape.kvHeads < kItemsPerThread * threads && attendSplit(input, plan)) {
        return;
    }
    // Smaller tiles where there would be too few to go round.
    plan.tileSize = kAttentionTile;
    const auto tiles = [&] {
        return (plan.queries + plan.tileSize - 1) / plan.tileSize;
    };
    while (plan.tileSize > 16 && shape.kvHeads * tiles() < kItemsPerThread * threads) {
        plan.tileSize /= 2;
    }
    plan.tiles = tiles();
    const std::size_t items = plan.tiles * shape.kvHeads;
    if (isLittle) {
        for (std::size_t item = 0; item < items; ++item) {
            attendWhole(input, plan, item, workers_[0]);
        }
        return;
    }
    pool_->forEach(items, [&](std::size_t item, std::size_t thread) {
        attendWhole(input, plan, item, workers_[thread]);
    });
}

// Each group of keys by one thread, as its positions share cache lines.
void Attention::store(const AttentionInput& input) {
    const KvShape& shape = cache_.shape();
    const std::size_t end = input.position + input.tokens;
    const std::size_t firstGroup = input.position / kKeyGroup;
    const std::size_t groups = (end + kKeyGroup - 1) / kKeyGroup - firstGroup;
    const auto storeGroup = [&](std::size_t item, std::size_t /*thread*/) {
        const std::size_t head = item % shape.kvHeads;
        const std::size_t group = firstGroup + item / shape.kvHeads;
        const std::size_t from = std::max(input.position, group * kKeyGroup);
        const std::size_t offset =
            ((from - input.position) * shape.kvHeads + head) * shape.headSize;
        KeyValueStore job = cache_.place(input.layer, head, from);
        job.count = std::min(end, (group + 1) * kKeyGroup) - from;
        job.k = input.k + offset;
        job.v = input.v + offset;
        job.stride = shape.kvHeads * shape.headSize;
        kernels_->storeKeyValues(job);
    };
    const std::size_t items = groups * shape.kvHeads;
    if (input.tokens * shape.kvHeads * shape.headSize * 16 < kLittleWork) {
        for (std::size_t item = 0; item < items; ++item) {
            storeGroup(item, 0);
        }
        return;
    }
    pool_->forEachInParts(items, storeGroup);
}

void Attention::attendQueries(const AttentionInput& input,
                              std::size_t head,
                              std::size_t first,
                              std::size_t count,
                              Blocks blocks,
                              float* states,
                              unsigned char* scratch) const {
    const KvShape& shape = cache_.shape();
    const std::size_t group = input.headCount / shape.kvHeads;
    std::array<const float*, kAttentionTile> q;
    std::array<std::size_t, kAttentionTile> begins;
    std::array<std::size_t, kAttentionTile> ends;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = (first + i) / group;
        const std::size_t queryHead = head * group + (first + i) % group;
        q[i] = input.q + (row * input.headCount + queryHead) * shape.headSize;
        ends[i] = input.position + row + 1;
        begins[i] = input.window == 0 || ends[i] < input.window ? 0 : ends[i] - input.window;
    }
    const std::size_t lastEnd = (ends[count - 1] - 1) / kKeyBlock + 1;
    kernels_->attend({.kv = cache_.view(input.layer, head),
                      .count = count,
                      .q = q.data(),
                      .begins = begins.data(),
                      .ends = ends.data(),
                      .firstBlock = std::max(blocks.first, begins[0] / kKeyBlock),
                      .endBlock = std::min(blocks.end, lastEnd),
                      .fetchEnd = std::min(blocks.fetchEnd, lastEnd),
                      .scale = input.scale,
                      .softcap = input.softcap,
                      .states = states,
                      .scratch = scratch});
}

void Attention::attendWhole(const AttentionInput& input,
                            const Plan& plan,
                            std::size_t item,
                            Worker& worker) {
    const std::size_t kvHeads = cache_.shape().kvHeads;
    const std::size_t head = item % kvHeads;
    // The last positions have the most to read, so they start first.
    const std::size_t first = (plan.tiles - 1 - item / kvHeads) * plan.tileSize;
    const std::size_t count = std::min(plan.tileSize, plan.queries - first);
    attendQueries(input,
                  head,
                  first,
                  count,
                  {plan.firstBlock, plan.endBlock, plan.endBlock},
                  worker.states.data(),
                  worker.scratch.data());
    for (std::size_t i = 0; i < count; ++i) {
        finish(input, head, first + i, worker.states.data() + i * stateWidth_);
    }
}

// Each block of keys for itself, a thread several in a row; then the states of a query are merged
// in the order of the blocks.
bool Attention::attendSplit(const AttentionInput& input, const Plan& plan) {
    const std::size_t kvHeads = cache_.shape().kvHeads;
    const std::size_t blocks = plan.endBlock - plan.firstBlock;
    const std::size_t size = kvHeads * blocks * plan.queries * stateWidth_;
    if (partials_.size() < size && !partials_.allocate(size)) {
        return false;
    }
    const auto partial = [&](std::size_t head, std::size_t block) {
        return partials_.data() + (head * blocks + block) * plan.queries * stateWidth_;
    };
    const std::size_t wanted = (kItemsPerThread * pool_->threadCount() + kvHeads - 1) / kvHeads;
    const std::size_t inRow = (blocks + wanted - 1) / wanted;
    const std::size_t rows = (blocks + inRow - 1) / inRow;
    pool_->forEach(kvHeads * rows, [&](std::size_t item, std::size_t thread) {
        const std::size_t head = item / rows;
        const std::size_t first = item % rows * inRow;
        const std::size_t end = std::min(blocks, first + inRow);
        for (std::size_t block = first; block < end; ++block) {
            const std::size_t place = plan.firstBlock + block;
            attendQueries(input,
                          head,
                          0,
                          plan.queries,
                          {place, place + 1, plan.firstBlock + end},
                          partial(head, block),
                          workers_[thread].scratch.data());
        }
    });
    for (std::size_t head = 0; head < kvHeads; ++head) {
        for (std::size_t query = 0; query < plan.queries; ++query) {
            float* state = partial(head, 0) + query * stateWidth_;
            for (std::size_t block = 1; block < blocks; ++block) {
                kernels_->mergeAttention(state,
                                         partial(head, block) + query * stateWidth_,
                                         stateWidth_ - kAttentionStateTail);
            }
            finish(input, head, query, state);
        }
    }
    return true;
}

void Attention::finish(const AttentionInput& input,
                       std::size_t head,
                       std::size_t query,
                       const float* state) const {
    const KvShape& shape = cache_.shape();
    const std::size_t group = input.headCount / shape.kvHeads;
    const std::size_t queryHead = head * group + query % group;
    float* out = input.heads + (query / group * input.headCount + queryHead) * shape.headSize;
    kernels_->finishAttention(out, state, shape.headSize, stateWidth_ - kAttentionStateTail);
}

} // namespace attest::engine
