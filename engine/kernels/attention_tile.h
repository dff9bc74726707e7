// What the attention kernels take. Part of kernels.h: no inline functions, no member initialisers.
#pragma once

#include "engine/kv_type.h"

#include <stddef.h>
#include <stdint.h>

namespace attest::engine {

// Keys are stored in groups of this many positions.
constexpr size_t kKeyGroup = 16;

// Attention is computed in blocks of this many positions, which begin at its multiples.
constexpr size_t kKeyBlock = 256;

// Elements along the head that share a scale in Q8_0.
constexpr size_t kKvScaleBlock = 32;

// F16 of the cache saturates here.
constexpr float kLargestF16 = 65504;

// The most queries that are answered together because they read the same keys and values.
constexpr size_t kAttentionTile = 256;

// Keys and values of one layer and head. Sixteen neighbouring keys lie side by side, so that one
// register holds the scores of sixteen positions. Every value that was ever written is finite, and
// what was not is zero.
//
// Shapes: keys (groups, headSize, 16), values (positions, valueStride) with zeros behind headSize,
// both f32, f16 or i8. For Q8_0 an element is scale · i8, with keyScales (groups, scaleBlocks, 16)
// and valueScales (positions, scaleBlocks), where scaleBlocks = ceil(headSize / 32). The positions
// are a multiple of kKeyBlock.
struct KeyValues {
    KvType type;
    size_t headSize;
    size_t valueStride; // headSize rounded up to 16
    const void* keys;
    const void* values;
    const float* keyScales;
    const float* valueScales;
};

// Puts `count` positions into the cache, from lane `lane` of a group of keys on. `keys` and
// `keyScales` lead to that group, `values` and `valueScales` to the first position. Shapes: k, v
// (count, headSize) with `stride` elements from row to row; the others as in KeyValues.
//
// F16 rounds to nearest even and saturates; Q8_0 has scale = largest magnitude / 127 and rounds as
// KernelTable::quantize. Where an element of a key or its value is not finite, the key becomes NaN
// and the value zero, so that it spoils the queries that see it and nothing else.
// REQUIRES: lane + count ≤ kKeyGroup.
struct KeyValueStore {
    KvType type;
    size_t headSize;
    size_t valueStride;
    void* keys;
    void* values;
    float* keyScales;
    float* valueScales;
    size_t lane;
    size_t count;
    const float* k;
    const float* v;
    size_t stride;
};

// A query's state, valueStride + kAttentionStateTail floats: Σ_j p_j v_j over the positions so far,
// then the largest score and Σ_j p_j, with p_j = exp(score_j − largest), in units of the kernel
// set's own. Without a position so far the sum is zero and the other elements mean nothing.
constexpr size_t kAttentionStateTail = 16;

// Attends `count` queries of one key head to the positions of the blocks firstBlock…endBlock − 1
// that each may see, begins[i] ≤ j < ends[i], and leaves their states:
//
//   score_j = scale · (q · k_j), then softcap · tanh(score_j / softcap) where softcap is not 0
//
// Each block's state is computed by itself and the states are merged in the order of the blocks, as
// `mergeAttention` does, so a query's result depends on its positions alone: neither on the queries
// beside it nor on who computes which blocks.
// Shapes: q (count,) pointers to (headSize,) f32; states (count, valueStride + 16) f32.
struct AttentionTile {
    KeyValues kv;
    size_t count; // 1…kAttentionTile
    const float* const* q;
    const size_t* begins;
    const size_t* ends;
    size_t firstBlock;
    size_t endBlock;
    size_t fetchEnd; // what this thread attends to next ends here; fetched meanwhile, ≥ endBlock
    float scale;
    float softcap;
    float* states;          // 64-byte aligned
    unsigned char* scratch; // 64-byte aligned, kAttentionScratch… below
};

// Bytes of scratch: kAttentionScratch + kAttentionScratchPerElement · (headSize rounded up to 32).
constexpr size_t kAttentionScratchRows = 64; // queries whose scores exist at a time
constexpr size_t kAttentionScratch =
    kAttentionScratchRows * (kKeyBlock + 2 * kAttentionStateTail) * 4;
constexpr size_t kAttentionScratchPerElement =
    (2 * kKeyBlock + kAttentionTile + kAttentionScratchRows) * 4;

} // namespace attest::engine
