// Attention with AMX tiles of bfloat16, accumulated in f32.
//
// Every number is cut in two, x = high + low, high being x rounded to 8 bits and low the same of
// what is left. It has either sign, so that it may be cut instead where there is no time to round.
// A product is high · high + low · high + high · low; what is left out is 2^−16 of it at most. That
// is three instructions for a product, each of which is worth 16 · 16 · 32 multiplications in 16
// cycles.
//
// An f16 is cut without loss, and 16 bits of queries and weights suit it and Q8_0. For F32 they are
// too few (logits of the reference models moved by up to 3e-4), so that type is left to the
// AVX-512 set.
//
// Instructions take the second factor with two elements of the inner dimension side by side. Which
// two is free as long as both factors agree, so here they are those 16 apart: two registers are
// woven into one by a shift and a blend.
//
// Each row of a tile is computed by itself, so the queries beside it do not matter.
#include "engine/kernels/avx512/attention.h"

#include "engine/kernels/amx/amx.h"
#include "engine/kernels/amx/tiles.h"
#include "engine/kernels/attention_blocks.h"
#include "engine/kernels/avx512/avx512.h"
#include "engine/kernels/avx512/exp.h"

#include <immintrin.h>

namespace attest::engine::amx {

namespace {

constexpr size_t kTileRows = 16;
constexpr size_t kDepth = 32;        // of the inner dimension, in one instruction
constexpr size_t kTileBytes = 1'024; // 16 rows of 64 bytes

// From row to row of scores; not a power of two, which would make rows evict each other.
constexpr size_t kScoreStride = kKeyBlock + 16;

// Queries whose scores are computed and used before the next ones' are.
constexpr size_t kRowsAtATime = 32;
static_assert(kRowsAtATime <= kAttentionScratchRows);

// The high and the low part of 32 numbers, woven; the low part is rounded or cut. A NaN stays one
// in the low part at least.
struct Parts {
    __m512i high;
    __m512i low;
};

template <bool isRounded>
Parts split(__m512 a, __m512 b) {
    const __m512i upper = _mm512_set1_epi32(int(0xFFFF0000U));
    const __m512i half = _mm512_set1_epi32(0x8000);
    const __m512i bitsA = _mm512_add_epi32(_mm512_castps_si512(a), half);
    const __m512i bitsB = _mm512_add_epi32(_mm512_castps_si512(b), half);
    const __m512 highA = _mm512_castsi512_ps(_mm512_and_si512(bitsA, upper));
    const __m512 highB = _mm512_castsi512_ps(_mm512_and_si512(bitsB, upper));
    __m512i lowA = _mm512_castps_si512(_mm512_sub_ps(a, highA));
    __m512i lowB = _mm512_castps_si512(_mm512_sub_ps(b, highB));
    if constexpr (isRounded) {
        lowA = _mm512_add_epi32(lowA, half);
        lowB = _mm512_add_epi32(lowB, half);
    }
    constexpr __mmask32 kOdd = 0xAAAAAAAAU;
    return {_mm512_mask_blend_epi16(kOdd, _mm512_srli_epi32(bitsA, 16), bitsB),
            _mm512_mask_blend_epi16(kOdd, _mm512_srli_epi32(lowA, 16), lowB)};
}

// Sixteen neighbours of a row. `scale`: Q8_0 only.
template <KvType type>
__m512 load(const void* data, size_t index, __m512 scale) {
    if constexpr (type == KvType::F16) {
        const auto* from = static_cast<const uint16_t*>(data) + index;
        return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));
    } else {
        const auto* from = static_cast<const int8_t*>(data) + index;
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        return _mm512_mul_ps(scale, _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(bytes)));
    }
}

void store(unsigned char* high, unsigned char* low, size_t row, const Parts& parts) {
    _mm512_store_si512(high + row * 64, parts.high);
    _mm512_store_si512(low + row * 64, parts.low);
}

// Keys of the groups of a block: for each, for each 32 elements of the head, a high and a low tile.
template <KvType type>
void packKeys(const KeyValues& kv, size_t block, BlockRange range, unsigned char* out) {
    const size_t size = kv.headSize;
    const size_t steps = (size + kDepth - 1) / kDepth;
    const size_t scaleBlocks = (size + kKvScaleBlock - 1) / kKvScaleBlock;
    for (size_t g = range.begin / kKeyGroup; g < range.end / kKeyGroup; ++g) {
        const size_t group = block * (kKeyBlock / kKeyGroup) + g;
        for (size_t s = 0; s < steps; ++s) {
            unsigned char* high = out + (g * steps + s) * 2 * kTileBytes;
            __m512 scale = _mm512_setzero_ps();
            if constexpr (type == KvType::Q8_0) { // as kDepth is kKvScaleBlock
                scale = _mm512_loadu_ps(kv.keyScales + (group * scaleBlocks + s) * kKeyGroup);
            }
            for (size_t r = 0; r < kTileRows; ++r) {
                const size_t i = s * kDepth + r;
                const size_t at = (group * size + i) * kKeyGroup;
                const __m512 a = i < size ? load<type>(kv.keys, at, scale) : _mm512_setzero_ps();
                const __m512 b = i + 16 < size ? load<type>(kv.keys, at + 16 * kKeyGroup, scale)
                                               : _mm512_setzero_ps();
                store(high, high + kTileBytes, r, split<true>(a, b));
            }
        }
    }
}

// Values of a block: for every 32 positions, for every 16 elements, a high and a low tile.
template <KvType type>
void packValues(const KeyValues& kv, size_t block, BlockRange range, unsigned char* out) {
    const size_t columns = kv.valueStride / 16;
    const size_t scaleBlocks = (kv.headSize + kKvScaleBlock - 1) / kKvScaleBlock;
    for (size_t t = range.begin / kDepth; t < range.end / kDepth; ++t) {
        const size_t position = block * kKeyBlock + t * kDepth;
        for (size_t r = 0; r < kTileRows; ++r) {
            const size_t a = position + r;
            const size_t b = a + 16;
            for (size_t c = 0; c < columns; ++c) {
                unsigned char* high = out + (t * columns + c) * 2 * kTileBytes;
                __m512 scaleA = _mm512_setzero_ps();
                __m512 scaleB = _mm512_setzero_ps();
                if constexpr (type == KvType::Q8_0) {
                    scaleA = _mm512_set1_ps(kv.valueScales[a * scaleBlocks + c / 2]);
                    scaleB = _mm512_set1_ps(kv.valueScales[b * scaleBlocks + c / 2]);
                }
                store(high,
                      high + kTileBytes,
                      r,
                      split<true>(load<type>(kv.values, a * kv.valueStride + c * 16, scaleA),
                                  load<type>(kv.values, b * kv.valueStride + c * 16, scaleB)));
            }
        }
    }
}

void pack(const KeyValues& kv,
          size_t block,
          BlockRange range,
          unsigned char* keys,
          unsigned char* values) {
    if (kv.type == KvType::F16) {
        packKeys<KvType::F16>(kv, block, range, keys);
        packValues<KvType::F16>(kv, block, range, values);
    } else {
        packKeys<KvType::Q8_0>(kv, block, range, keys);
        packValues<KvType::Q8_0>(kv, block, range, values);
    }
}

// Queries by sixteen: for every 32 elements of the head, a high and a low tile. Rows behind the
// last are zero.
void packQueries(const AttentionTile& tile, unsigned char* out) {
    const size_t size = tile.kv.headSize;
    const size_t steps = (size + kDepth - 1) / kDepth;
    const __m512 factor = _mm512_set1_ps(queryFactor(tile));
    const size_t rows = (tile.count + kTileRows - 1) / kTileRows * kTileRows;
    for (size_t n = 0; n < rows; ++n) {
        for (size_t s = 0; s < steps; ++s) {
            unsigned char* high = out + (n / kTileRows * steps + s) * 2 * kTileBytes;
            __m512 parts[2];
            for (size_t h = 0; h < 2; ++h) {
                const size_t i = s * kDepth + h * 16;
                const size_t left = i < size && n < tile.count ? size - i : 0;
                const auto mask = __mmask16(left >= 16 ? 0xFFFFU : (1U << left) - 1);
                parts[h] =
                    mask == 0 ? _mm512_setzero_ps() : _mm512_maskz_loadu_ps(mask, tile.q[n] + i);
                parts[h] = _mm512_mul_ps(parts[h], factor);
            }
            store(high, high + kTileBytes, n % kTileRows, split<true>(parts[0], parts[1]));
        }
    }
}

// The first factor: two tiles of rows; from row to row, from the high to the low tile, and from
// step to step, in bytes.
struct Left {
    const unsigned char* rows[2];
    size_t stride;
    size_t low;
    size_t step;
};

// The second factor: two tiles of columns.
struct Right {
    const unsigned char* columns[2];
    size_t step;
};

// c = left · right for kRows × kColumns tiles, with cStride floats from row to row.
template <size_t kRows, size_t kColumns>
void multiplyTiles(
    const Left& left, const Right& right, size_t steps, float* const (&c)[2][2], size_t cStride) {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    for (size_t s = 0; s < steps; ++s) {
        const unsigned char* a0 = left.rows[0] + s * left.step;
        const unsigned char* a1 = left.rows[1] + s * left.step;
        const unsigned char* b0 = right.columns[0] + s * right.step;
        const unsigned char* b1 = right.columns[1] + s * right.step;
        const auto products = [] {
            _tile_dpbf16ps(0, 4, 6);
            if constexpr (kColumns == 2) {
                _tile_dpbf16ps(1, 4, 7);
            }
            if constexpr (kRows == 2) {
                _tile_dpbf16ps(2, 5, 6);
            }
            if constexpr (kRows == 2 && kColumns == 2) {
                _tile_dpbf16ps(3, 5, 7);
            }
        };
        const auto loadLeft = [&](size_t part) {
            _tile_loadd(4, a0 + part, left.stride);
            if constexpr (kRows == 2) {
                _tile_loadd(5, a1 + part, left.stride);
            }
        };
        const auto loadRight = [&](size_t part) {
            _tile_loadd(6, b0 + part, 64);
            if constexpr (kColumns == 2) {
                _tile_loadd(7, b1 + part, 64);
            }
        };
        loadLeft(left.low);
        loadRight(0);
        products();
        loadLeft(0);
        products();
        loadRight(kTileBytes);
        products();
    }
    const size_t bytes = cStride * sizeof(float);
    _tile_stored(0, c[0][0], bytes);
    if constexpr (kColumns == 2) {
        _tile_stored(1, c[0][1], bytes);
    }
    if constexpr (kRows == 2) {
        _tile_stored(2, c[1][0], bytes);
    }
    if constexpr (kRows == 2 && kColumns == 2) {
        _tile_stored(3, c[1][1], bytes);
    }
}

void multiplyTiles(size_t rows,
                   size_t columns,
                   const Left& left,
                   const Right& right,
                   size_t steps,
                   float* const (&c)[2][2],
                   size_t cStride) {
    if (rows == 2 && columns == 2) {
        multiplyTiles<2, 2>(left, right, steps, c, cStride);
    } else if (rows == 2) {
        multiplyTiles<2, 1>(left, right, steps, c, cStride);
    } else if (columns == 2) {
        multiplyTiles<1, 2>(left, right, steps, c, cStride);
    } else {
        multiplyTiles<1, 1>(left, right, steps, c, cStride);
    }
}

// Replaces scores by 2^(score − largest), cut in two: every 32 positions become a register of high
// parts and one of low parts.
void softmax(float* scores, BlockRange range, BlockRange visible, float softcap, float* tail) {
    const bool isVisible = visible.begin < visible.end;
    const size_t first = (isVisible ? visible.begin : range.end) / kDepth;
    const size_t end = isVisible ? (visible.end + kDepth - 1) / kDepth : first;
    for (size_t t = range.begin / kDepth; t < range.end / kDepth; ++t) {
        if (t < first || t >= end) {
            _mm512_store_ps(scores + t * kDepth, _mm512_setzero_ps());
            _mm512_store_ps(scores + t * kDepth + 16, _mm512_setzero_ps());
        }
    }
    _mm512_storeu_ps(tail, _mm512_setzero_ps());
    if (!isVisible) {
        return;
    }
    prepareScores(scores, first * 2, end * 2, visible, softcap);
    const float largest = largestScore(scores, first * 2, end * 2);
    const __m512 top = _mm512_set1_ps(largest);
    __m512 sumA = _mm512_setzero_ps();
    __m512 sumB = _mm512_setzero_ps();
    for (size_t t = first; t < end; ++t) {
        float* place = scores + t * kDepth;
        const __m512 a = power16(_mm512_sub_ps(_mm512_load_ps(place), top));
        const __m512 b = power16(_mm512_sub_ps(_mm512_load_ps(place + 16), top));
        sumA = _mm512_add_ps(sumA, a);
        sumB = _mm512_add_ps(sumB, b);
        const Parts parts = split<false>(a, b);
        _mm512_store_si512(place, parts.high);
        _mm512_store_si512(place + 16, parts.low);
    }
    tail[0] = largest;
    tail[1] = _mm512_reduce_add_ps(_mm512_add_ps(sumA, sumB));
}

// Memory of a tile, divided.
struct Scratch {
    unsigned char* q;
    unsigned char* keys;
    unsigned char* values;
    float* scores;
    float* states;
};

// One block of keys for up to 64 queries from `query` on.
void attendRows(
    const AttentionTile& tile, const Scratch& scratch, size_t query, size_t count, size_t block) {
    const KeyValues& kv = tile.kv;
    const BlockRange range = visibleToAny(tile, query, count, block, kDepth);
    if (range.begin >= range.end) {
        return;
    }
    const size_t steps = (kv.headSize + kDepth - 1) / kDepth;
    const size_t columns = kv.valueStride / 16;
    const size_t width = kv.valueStride + kAttentionStateTail;
    const size_t rowTiles = (count + kTileRows - 1) / kTileRows;
    const unsigned char* q = scratch.q + query / kTileRows * steps * 2 * kTileBytes;

    for (size_t g = range.begin / kKeyGroup; g < range.end / kKeyGroup; g += 2) {
        const unsigned char* keys = scratch.keys + g * steps * 2 * kTileBytes;
        const Right right = {{keys, keys + steps * 2 * kTileBytes}, 2 * kTileBytes};
        for (size_t r = 0; r < rowTiles; r += 2) {
            const unsigned char* rows = q + r * steps * 2 * kTileBytes;
            const Left left = {
                {rows, rows + steps * 2 * kTileBytes}, 64, kTileBytes, 2 * kTileBytes};
            float* c = scratch.scores + r * kTileRows * kScoreStride + g * kKeyGroup;
            float* below = c + kTileRows * kScoreStride;
            multiplyTiles(rowTiles - r < 2 ? 1 : 2,
                          2,
                          left,
                          right,
                          steps,
                          {{c, c + kKeyGroup}, {below, below + kKeyGroup}},
                          kScoreStride);
        }
    }
    for (size_t i = 0; i < count; ++i) {
        softmax(scratch.scores + i * kScoreStride,
                range,
                visibleInBlock(tile, query + i, block),
                tile.softcap,
                scratch.states + i * width + kv.valueStride);
    }
    const size_t firstStep = range.begin / kDepth;
    for (size_t c = 0; c < columns; c += 2) {
        const unsigned char* values = scratch.values + (firstStep * columns + c) * 2 * kTileBytes;
        const Right right = {{values, values + 2 * kTileBytes}, columns * 2 * kTileBytes};
        for (size_t r = 0; r < rowTiles; r += 2) {
            const float* rows = scratch.scores + r * kTileRows * kScoreStride + range.begin;
            const Left left = {
                {reinterpret_cast<const unsigned char*>(rows),
                 reinterpret_cast<const unsigned char*>(rows + kTileRows * kScoreStride)},
                kScoreStride * sizeof(float),
                64,
                kDepth * sizeof(float)};
            float* out = scratch.states + r * kTileRows * width + c * 16;
            float* below = out + kTileRows * width;
            // Rows behind the last are computed, too, into the memory of all 64.
            multiplyTiles(rowTiles - r < 2 ? 1 : 2,
                          columns - c < 2 ? 1 : 2,
                          left,
                          right,
                          (range.end - range.begin) / kDepth,
                          {{out, out + 16}, {below, below + 16}},
                          width);
        }
    }
    for (size_t i = 0; i < count; ++i) {
        avx512::mergeAttention(
            tile.states + (query + i) * width, scratch.states + i * width, kv.valueStride);
    }
}

} // namespace

void attend(const AttentionTile& tile) {
    if (tile.kv.type == KvType::F32) {
        avx512::attend(tile);
        return;
    }
    TileConfig config;
    for (size_t i = 0; i < 8; ++i) {
        config.shape(i, kTileRows, 64);
    }
    config.load();

    const KeyValues& kv = tile.kv;
    const AttentionScratch parts = divideScratch(tile);
    const Scratch scratch = {reinterpret_cast<unsigned char*>(parts.q),
                             reinterpret_cast<unsigned char*>(parts.keys),
                             reinterpret_cast<unsigned char*>(parts.values),
                             parts.scores,
                             parts.scores + kAttentionScratchRows * kScoreStride};
    const size_t width = kv.valueStride + kAttentionStateTail;
    for (size_t i = 0; i < tile.count * width; i += 16) {
        _mm512_storeu_ps(tile.states + i, _mm512_setzero_ps());
    }
    packQueries(tile, scratch.q);
    for (size_t block = tile.firstBlock; block < tile.endBlock; ++block) {
        const BlockRange any = visibleToAny(tile, 0, tile.count, block, kDepth);
        if (any.begin >= any.end) {
            continue;
        }
        pack(kv, block, any, scratch.keys, scratch.values);
        for (size_t query = 0; query < tile.count; query += kRowsAtATime) {
            const size_t left = tile.count - query;
            attendRows(tile, scratch, query, left < kRowsAtATime ? left : kRowsAtATime, block);
        }
    }
    _tile_release();
}

} // namespace attest::engine::amx
