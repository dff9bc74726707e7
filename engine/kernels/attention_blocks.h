// The order of work that the kernels of attention share: over blocks of keys, and within a block
// over a few queries at a time. Only for files of an instruction set, which is why all of it has
// internal linkage.
#pragma once

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

// One block for all queries of the tile; keys and values as Set::scores() and Set::mix() take them.
template <typename Set, typename T>
void attendBlock(const AttentionTile& tile,
                 const AttentionScratch& scratch,
                 size_t block,
                 const T* keys,
                 const T* values) {
    const KeyValues& kv = tile.kv;
    const size_t width = kv.valueStride + kAttentionStateTail;
    for (size_t query = 0; query < tile.count; query += Set::kRows) {
        const size_t left = tile.count - query;
        const size_t count = left < Set::kRows ? left : Set::kRows;
        const BlockRange range = visibleToAny(tile, query, count, block, kKeyGroup);
        if (range.begin >= range.end) {
            continue;
        }
        Set::scores(
            count, scratch.q + query * kv.headSize, kv.headSize, keys, range, scratch.scores);
        for (size_t i = 0; i < count; ++i) {
            Set::softmax(scratch.scores + i * kKeyBlock,
                         range,
                         visibleInBlock(tile, query + i, block),
                         tile.softcap,
                         scratch.states + i * width + kv.valueStride);
        }
        Set::mix(count, scratch.scores, values, kv.valueStride, range, scratch.states);
        for (size_t i = 0; i < count; ++i) {
            Set::merge(
                tile.states + (query + i) * width, scratch.states + i * width, kv.valueStride);
        }
    }
}

// AttentionTile's computation with the functions of `Set`, for `Set::kRows` queries at a time:
//   readsHalves(tile)                     scores() and mix() take the cache's f16 as it lies
//   packQuery(out, q, headSize, factor)
//   keys(kv, block, groups, scratch)      the block's keys in f32, in `scratch` or where they are
//   values(kv, block, positions, scratch)
//   scores<N>(q, headSize, keys, groups, scores)
//   softmax(scores, groups, visible, softcap) → the largest score and the sum
//   mix<N>(p, values, valueStride, positions, state)
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
        if (Set::readsHalves(tile)) {
            const size_t first = block * kKeyBlock;
            attendBlock<Set>(tile,
                             scratch,
                             block,
                             static_cast<const uint16_t*>(kv.keys) + first * kv.headSize,
                             static_cast<const uint16_t*>(kv.values) + first * kv.valueStride);
            continue;
        }
        attendBlock<Set>(tile,
                         scratch,
                         block,
                         Set::keys(kv, block, any, scratch.keys),
                         Set::values(kv, block, any, scratch.values));
    }
}

} // namespace

} // namespace attest::engine
