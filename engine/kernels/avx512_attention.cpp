// Attention with AVX-512. Lanes are positions while scores are computed and elements of the head
// while values are mixed, so every query's sums run over elements (or positions) in order, whatever
// shares the tile with it. Scores are in units of log2 e, as 2^x is what the processor helps with.
#include "engine/kernels/avx512_attention.h"

#include "engine/kernels/attention_blocks.h"
#include "engine/kernels/avx512.h"
#include "engine/kernels/avx512_exp.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

__m512 widen(const uint16_t* from) {
    return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));
}

__m512 widen(const int8_t* from) {
    return _mm512_cvtepi32_ps(
        _mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))));
}

__m512 widen(const float* from) {
    return _mm512_loadu_ps(from);
}

// Scores of kGroups groups of 16 positions for N queries.
template <size_t N, size_t kGroups, typename T>
void scoreGroups(const float* q, size_t headSize, const T* keys, size_t group, float* scores) {
    __m512 acc[N][kGroups];
#pragma GCC unroll 8
    for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 8
        for (size_t g = 0; g < kGroups; ++g) {
            acc[n][g] = _mm512_setzero_ps();
        }
    }
    const size_t groupSize = kKeyGroup * headSize;
    const T* first = keys + group * groupSize;
    for (size_t i = 0; i < headSize; ++i) {
        __m512 k[kGroups];
#pragma GCC unroll 8
        for (size_t g = 0; g < kGroups; ++g) {
            k[g] = widen(first + g * groupSize + i * kKeyGroup);
        }
#pragma GCC unroll 8
        for (size_t n = 0; n < N; ++n) {
            const __m512 element = _mm512_set1_ps(q[n * headSize + i]);
#pragma GCC unroll 8
            for (size_t g = 0; g < kGroups; ++g) {
                acc[n][g] = _mm512_fmadd_ps(element, k[g], acc[n][g]);
            }
        }
    }
#pragma GCC unroll 8
    for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 8
        for (size_t g = 0; g < kGroups; ++g) {
            _mm512_store_ps(scores + n * kKeyBlock + (group + g) * kKeyGroup, acc[n][g]);
        }
    }
}

template <size_t N, typename T>
void scoreRange(const float* q, size_t headSize, const T* keys, BlockRange range, float* scores) {
    // As many sums at a time as there are registers for.
    constexpr size_t kGroups = N <= 3 ? 8 : 24 / N;
    size_t group = range.begin / kKeyGroup;
    const size_t end = range.end / kKeyGroup;
    for (; group + kGroups <= end; group += kGroups) {
        scoreGroups<N, kGroups>(q, headSize, keys, group, scores);
    }
    for (; group + 2 <= end; group += 2) {
        scoreGroups<N, 2>(q, headSize, keys, group, scores);
    }
    if (group < end) {
        scoreGroups<N, 1>(q, headSize, keys, group, scores);
    }
}

// kWidth registers of the weighted sum of values, from element `first`.
template <size_t N, size_t kWidth, typename T>
void mixColumns(const float* p,
                const T* values,
                size_t valueStride,
                BlockRange range,
                size_t first,
                float* states) {
    __m512 acc[N][kWidth];
#pragma GCC unroll 8
    for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 8
        for (size_t c = 0; c < kWidth; ++c) {
            acc[n][c] = _mm512_setzero_ps();
        }
    }
    for (size_t j = range.begin; j < range.end; ++j) {
        const T* row = values + j * valueStride + first;
        __m512 v[kWidth];
#pragma GCC unroll 8
        for (size_t c = 0; c < kWidth; ++c) {
            v[c] = widen(row + c * 16);
        }
#pragma GCC unroll 8
        for (size_t n = 0; n < N; ++n) {
            const __m512 weight = _mm512_set1_ps(p[n * kKeyBlock + j]);
#pragma GCC unroll 8
            for (size_t c = 0; c < kWidth; ++c) {
                acc[n][c] = _mm512_fmadd_ps(weight, v[c], acc[n][c]);
            }
        }
    }
    const size_t width = valueStride + kAttentionStateTail;
#pragma GCC unroll 8
    for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 8
        for (size_t c = 0; c < kWidth; ++c) {
            _mm512_storeu_ps(states + n * width + first + c * 16, acc[n][c]);
        }
    }
}

template <size_t N, typename T>
void mixRange(
    const float* p, const T* values, size_t valueStride, BlockRange range, float* states) {
    constexpr size_t kWidth = N <= 4 ? 4 : 2;
    size_t first = 0;
    for (; first + kWidth * 16 <= valueStride; first += kWidth * 16) {
        mixColumns<N, kWidth>(p, values, valueStride, range, first, states);
    }
    for (; first < valueStride; first += 16) {
        mixColumns<N, 1>(p, values, valueStride, range, first, states);
    }
}

// Calls a function template for 1…8 queries.
#define ATTEST_FOR_ROWS(count, function, ...)                                                      \
    switch (count) {                                                                               \
    case 1:                                                                                        \
        return function<1>(__VA_ARGS__);                                                           \
    case 2:                                                                                        \
        return function<2>(__VA_ARGS__);                                                           \
    case 3:                                                                                        \
        return function<3>(__VA_ARGS__);                                                           \
    case 4:                                                                                        \
        return function<4>(__VA_ARGS__);                                                           \
    case 5:                                                                                        \
        return function<5>(__VA_ARGS__);                                                           \
    case 6:                                                                                        \
        return function<6>(__VA_ARGS__);                                                           \
    case 7:                                                                                        \
        return function<7>(__VA_ARGS__);                                                           \
    default:                                                                                       \
        return function<8>(__VA_ARGS__);                                                           \
    }

struct Avx512Set {
    static constexpr size_t kRows = 8;

    // Keys and values that are read once are widened as they are read.
    static bool readsHalves(const AttentionTile& tile) {
        return tile.kv.type == KvType::F16 && tile.count <= kRows;
    }

    static float factor(const AttentionTile& tile) { return queryFactor(tile); }

    static void packQuery(float* out, const float* q, size_t headSize, float factor) {
        for (size_t i = 0; i < headSize; ++i) {
            out[i] = q[i] * factor;
        }
    }

    static const float* keys(const KeyValues& kv, size_t block, BlockRange range, float* scratch) {
        const size_t size = kv.headSize;
        const size_t first = block * kKeyBlock * size;
        const size_t begin = range.begin * size;
        const size_t end = range.end * size;
        if (kv.type == KvType::F32) {
            return static_cast<const float*>(kv.keys) + first;
        }
        if (kv.type == KvType::F16) {
            const auto* from = static_cast<const uint16_t*>(kv.keys) + first;
            for (size_t i = begin; i < end; i += 16) {
                _mm512_store_ps(scratch + i, widen(from + i));
            }
            return scratch;
        }
        const auto* from = static_cast<const int8_t*>(kv.keys) + first;
        const size_t scaleBlocks = (size + kKvScaleBlock - 1) / kKvScaleBlock;
        const float* scales = kv.keyScales + block * kKeyBlock * scaleBlocks;
        for (size_t group = range.begin / kKeyGroup; group < range.end / kKeyGroup; ++group) {
            for (size_t i = 0; i < size; ++i) {
                const size_t row = (group * scaleBlocks + i / kKvScaleBlock) * kKeyGroup;
                const __m512 scale = _mm512_loadu_ps(scales + row);
                const size_t at = (group * size + i) * kKeyGroup;
                _mm512_store_ps(scratch + at, _mm512_mul_ps(scale, widen(from + at)));
            }
        }
        return scratch;
    }

    static const float*
    values(const KeyValues& kv, size_t block, BlockRange range, float* scratch) {
        const size_t stride = kv.valueStride;
        const size_t first = block * kKeyBlock * stride;
        if (kv.type == KvType::F32) {
            return static_cast<const float*>(kv.values) + first;
        }
        if (kv.type == KvType::F16) {
            const auto* from = static_cast<const uint16_t*>(kv.values) + first;
            for (size_t i = range.begin * stride; i < range.end * stride; i += 16) {
                _mm512_store_ps(scratch + i, widen(from + i));
            }
            return scratch;
        }
        const auto* from = static_cast<const int8_t*>(kv.values) + first;
        const size_t scaleBlocks = (kv.headSize + kKvScaleBlock - 1) / kKvScaleBlock;
        const float* scales = kv.valueScales + block * kKeyBlock * scaleBlocks;
        for (size_t j = range.begin; j < range.end; ++j) {
            for (size_t i = 0; i < stride; i += 16) {
                const float scale = scales[j * scaleBlocks + i / kKvScaleBlock];
                const size_t at = j * stride + i;
                _mm512_store_ps(scratch + at,
                                _mm512_mul_ps(_mm512_set1_ps(scale), widen(from + at)));
            }
        }
        return scratch;
    }

    template <typename T>
    static void scores(size_t count,
                       const float* q,
                       size_t headSize,
                       const T* keys,
                       BlockRange range,
                       float* scores) {
        ATTEST_FOR_ROWS(count, scoreRange, q, headSize, keys, range, scores)
    }

    static void
    softmax(float* scores, BlockRange range, BlockRange visible, float softcap, float* tail) {
        const bool isVisible = visible.begin < visible.end;
        const size_t first = (isVisible ? visible.begin : range.end) / kKeyGroup;
        const size_t end = isVisible ? (visible.end + kKeyGroup - 1) / kKeyGroup : first;
        for (size_t g = range.begin / kKeyGroup; g < range.end / kKeyGroup; ++g) {
            if (g < first || g >= end) {
                _mm512_store_ps(scores + g * kKeyGroup, _mm512_setzero_ps());
            }
        }
        tail[1] = 0;
        if (!isVisible) {
            return;
        }
        prepareScores(scores, first, end, visible, softcap);
        const float largest = largestScore(scores, first, end);
        const __m512 top = _mm512_set1_ps(largest);
        __m512 sum = _mm512_setzero_ps();
        for (size_t g = first; g < end; ++g) {
            float* place = scores + g * kKeyGroup;
            const __m512 p = power16(_mm512_sub_ps(_mm512_load_ps(place), top));
            _mm512_store_ps(place, p);
            sum = _mm512_add_ps(sum, p);
        }
        _mm512_storeu_ps(tail, _mm512_setzero_ps());
        tail[0] = largest;
        tail[1] = _mm512_reduce_add_ps(sum);
    }

    template <typename T>
    static void mix(size_t count,
                    const float* p,
                    const T* values,
                    size_t valueStride,
                    BlockRange range,
                    float* states) {
        ATTEST_FOR_ROWS(count, mixRange, p, values, valueStride, range, states)
    }

    static void merge(float* into, const float* from, size_t valueStride) {
        mergeAttention(into, from, valueStride);
    }
};

} // namespace

void attend(const AttentionTile& tile) {
    attendInBlocks<Avx512Set>(tile);
}

void mergeAttention(float* into, const float* from, size_t valueStride) {
    const size_t width = valueStride + kAttentionStateTail;
    if (from[valueStride + 1] == 0) {
        return;
    }
    if (into[valueStride + 1] == 0) {
        for (size_t i = 0; i < width; i += 16) {
            _mm512_storeu_ps(into + i, _mm512_loadu_ps(from + i));
        }
        return;
    }
    const float a = into[valueStride];
    const float b = from[valueStride];
    const float top = a < b ? b : a;
    const __m512 keep = power16(_mm512_set1_ps(a - top));
    const __m512 add = power16(_mm512_set1_ps(b - top));
    // The sum of the weights is in the second element of the tail, which is merged as the others.
    for (size_t i = 0; i < width; i += 16) {
        const __m512 scaled = _mm512_mul_ps(_mm512_loadu_ps(into + i), keep);
        _mm512_storeu_ps(into + i, _mm512_fmadd_ps(_mm512_loadu_ps(from + i), add, scaled));
    }
    into[valueStride] = top;
}

} // namespace attest::engine::avx512
