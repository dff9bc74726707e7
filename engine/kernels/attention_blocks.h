// The order of work that the kernels of attention share: over blocks of keys, and within a block
// over a few queries at a time. Only for files of an instruction set, which is why all of it has
// internal linkage.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/attention_tile.h"

namespace attest::engine {

namespace {

// Positions of a block, counted from its beginning; empty when begin ≥ end.
struct BlockRange {
    size_t begin;
    size_t end;
};

[[maybe_unused]] BlockRange visibleInBlock(const AttentionTile& tile, size_t query, size_t block) {
    const size_t first = block * kKeyBlock;
    const size_t begin = tile.begins[query] > first ? tile.begins[query] - first : 0;
    const size_t end = tile.ends[query] > first ? tile.ends[query] - first : 0;
    return {begin, end < kKeyBlock ? end : kKeyBlock};
}

// What any of the queries sees, to whole groups of `unit` positions.
[[maybe_unused]] BlockRange
visibleToAny(const AttentionTile& tile, size_t query, size_t count, size_t block, size_t unit) {
    BlockRange any = {kKeyBlock, 0};
    for (size_t i = 0; i < count; ++i) {
        const BlockRange range = visibleInBlock(tile, query + i, block);
        if (range.begin < range.end) {
            any.begin = range.begin < any.begin ? range.begin : any.begin;
            any.end = range.end > any.end ? range.end : any.end;
        }
    }
    return {any.begin / unit * unit, (any.end + unit - 1) / unit * unit};
}

// What is read next, fetched to the second cache a few lines with each step of what is computed
// meanwhile, so that the two overlap.
class Upcoming {
public:
    Upcoming() = default; // nothing

    // `elements` of `size` bytes, for about as many that are computed with until then.
    Upcoming(const void* from, size_t elements, size_t size)
        : next_(static_cast<const char*>(from)), end_(next_ + elements * size), size_(size) {}

    // Lines for a step of so many elements.
    size_t linesFor(size_t elements) const { return (elements * size_ + kLine - 1) / kLine; }

    ATTEST_INLINE void fetch(size_t lines) {
        for (size_t i = 0; i < lines && next_ < end_; ++i) {
            __builtin_prefetch(next_, 0, 2);
            next_ += kLine;
        }
    }

private:
    static constexpr size_t kLine = 64;

    const char* next_ = nullptr;
    const char* end_ = nullptr;
    size_t size_ = 0;
};

// A block of keys or values, `width` elements a position.
[[maybe_unused]] Upcoming
upcomingBlock(const AttentionTile& tile, const void* stored, size_t width, size_t block) {
    if (block >= tile.fetchEnd) {
        return {};
    }
    const size_t elements = kKeyBlock * width;
    const size_t size = kKvElementBytes[size_t(tile.kv.type)];
    return {static_cast<const char*>(stored) + block * elements * size, elements, size};
}

// The parts of a tile's scratch, in floats.
struct AttentionScratch {
    float* q;      // (kAttentionTile, headSize rounded up to 32)
    float* keys;   // as the cache lays them out, a block
    float* values; // likewise
    float* scores; // (64, kKeyBlock)
    float* states; // (64, headSize rounded up to 32, and the tail)
};

[[maybe_unused]] AttentionScratch divideScratch(const AttentionTile& tile) {
    const size_t size = (tile.kv.headSize + 31) / 32 * 32;
    AttentionScratch s = {};
    s.q = reinterpret_cast<float*>(tile.scratch);
    s.keys = s.q + kAttentionTile * size;
    s.values = s.keys + kKeyBlock * size;
    s.scores = s.values + kKeyBlock * size;
    s.states = s.scores + kAttentionScratchRows * kKeyBlock;
    return s;
}

// What is fetched while the scores of the first queries are computed, and while the last are mixed.
struct BlockAhead {
    Upcoming first;
    Upcoming last;
};

// One block for all queries of the tile; keys and values as Set::scores() and Set::mix() take them.
template <typename Set, typename Keys, typename Values>
void attendBlock(const AttentionTile& tile,
                 const AttentionScratch& scratch,
                 size_t block,
                 const Keys& keys,
                 const Values& values,
                 const BlockAhead& ahead) {
    const KeyValues& kv = tile.kv;
    const size_t width = kv.valueStride + kAttentionStateTail;
    for (size_t query = 0; query < tile.count; query += Set::kRows) {
        const size_t left = tile.count - query;
        const size_t count = left < Set::kRows ? left : Set::kRows;
        const BlockRange range = visibleToAny(tile, query, count, block, kKeyGroup);
        if (range.begin >= range.end) {
            continue;
        }
        Set::scores(count,
                    scratch.q + query * kv.headSize,
                    kv.headSize,
                    keys,
                    range,
                    query == 0 ? ahead.first : Upcoming(),
                    scratch.scores);
        for (size_t i = 0; i < count; ++i) {
            Set::softmax(scratch.scores + i * kKeyBlock,
                         range,
                         visibleInBlock(tile, query + i, block),
                         tile.softcap,
                         scratch.states + i * width + kv.valueStride);
        }
        Set::mix(count,
                 scratch.scores,
                 values,
                 kv.valueStride,
                 range,
                 query + count == tile.count ? ahead.last : Upcoming(),
                 scratch.states);
        for (size_t i = 0; i < count; ++i) {
            Set::merge(
                tile.states + (query + i) * width, scratch.states + i * width, kv.valueStride);
        }
    }
}

// AttentionTile's computation with the functions of `Set`, for `Set::kRows` queries at a time:
//   packQuery(out, q, headSize, factor)
//   withBlock(tile, scratch, block, groups, use)   calls use(keys, values, isStored) with what
//                                         scores() and mix() take: the block as it lies in the
//                                         cache, or widened in scratch
//   scores(count, q, headSize, keys, groups, ahead, scores)
//   softmax(scores, groups, visible, softcap) → the largest score and the sum
//   mix(count, p, values, valueStride, positions, ahead, states)
//   merge(into, from, valueStride)
template <typename Set>
void attendInBlocks(const AttentionTile& tile) {
    const KeyValues& kv = tile.kv;
    const AttentionScratch scratch = divideScratch(tile);
    const size_t width = kv.valueStride + kAttentionStateTail;
    for (size_t i = 0; i < tile.count; ++i) {
        Set::packQuery(scratch.q + i * kv.headSize, tile.q[i], kv.headSize, Set::factor(tile));
        float* state = tile.states + i * width;
        for (size_t k = 0; k < width; ++k) {
            state[k] = 0;
        }
    }
    for (size_t block = tile.firstBlock; block < tile.endBlock; ++block) {
        const BlockRange any = visibleToAny(tile, 0, tile.count, block, kKeyGroup);
        if (any.begin >= any.end) {
            continue;
        }
        const auto attend = [&](const auto& keys, const auto& values, bool isStored) {
            const auto keysOf = [&](size_t b) {
                return upcomingBlock(tile, kv.keys, kv.headSize, b);
            };
            const auto valuesOf = [&](size_t b) {
                return upcomingBlock(tile, kv.values, kv.valueStride, b);
            };
            const BlockAhead ahead = isStored ? BlockAhead{valuesOf(block), keysOf(block + 1)}
                                              : BlockAhead{keysOf(block + 1), valuesOf(block + 1)};
            attendBlock<Set>(tile, scratch, block, keys, values, ahead);
        };
        Set::withBlock(tile, scratch, block, any, attend);
    }
}

} // namespace

} // namespace attest::engine
