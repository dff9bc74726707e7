// Attention with AVX2. Lanes are positions while scores are computed and elements of the head while
// values are mixed, so every query's sums run over elements (or positions) in order, whatever
// shares the tile with it.
#include "engine/kernels/attention_blocks.h"
#include "engine/kernels/avx2.h"
#include "engine/kernels/avx2_math.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

constexpr size_t kLanes = 8;
constexpr size_t kHalves = kKeyGroup / kLanes; // registers of a group of positions

__m256 widen(const uint16_t* from) {
    return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
}

__m256 widen(const int8_t* from) {
    return _mm256_cvtepi32_ps(
        _mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from))));
}

__m256 widen(const float* from) {
    return _mm256_loadu_ps(from);
}

// As many sums at a time as hide how long one takes and leave registers for what they are made of.
template <size_t N>
constexpr size_t kVectors = N == 1   ? 8
                            : N <= 3 ? 4
                                     : 2;

// Scores of kCount registers of positions, from position `first` on, for N queries; one lane per
// position. A register is half a group.
template <size_t N, size_t kCount, typename T>
void scorePositions(const float* q, size_t headSize, const T* keys, size_t first, float* scores) {
    __m256 acc[N][kCount];
#pragma GCC unroll 8
    for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 8
        for (size_t c = 0; c < kCount; ++c) {
            acc[n][c] = _mm256_setzero_ps();
        }
    }
    const size_t groupSize = kKeyGroup * headSize;
    const T* from = keys + first / kKeyGroup * groupSize;
    for (size_t i = 0; i < headSize; ++i) {
        __m256 k[kCount];
#pragma GCC unroll 8
        for (size_t c = 0; c < kCount; ++c) {
            k[c] = widen(from + c / kHalves * groupSize + i * kKeyGroup + c % kHalves * kLanes);
        }
#pragma GCC unroll 8
        for (size_t n = 0; n < N; ++n) {
            const __m256 element = _mm256_set1_ps(q[n * headSize + i]);
#pragma GCC unroll 8
            for (size_t c = 0; c < kCount; ++c) {
                acc[n][c] = _mm256_fmadd_ps(element, k[c], acc[n][c]);
            }
        }
    }
#pragma GCC unroll 8
    for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 8
        for (size_t c = 0; c < kCount; ++c) {
            _mm256_storeu_ps(scores + n * kKeyBlock + first + c * kLanes, acc[n][c]);
        }
    }
}

template <size_t N, typename T>
void scoreRange(const float* q, size_t headSize, const T* keys, BlockRange range, float* scores) {
    constexpr size_t kStep = kVectors<N> * kLanes;
    size_t first = range.begin;
    for (; first + kStep <= range.end; first += kStep) {
        scorePositions<N, kVectors<N>>(q, headSize, keys, first, scores);
    }
    for (; first < range.end; first += kKeyGroup) {
        scorePositions<N, kHalves>(q, headSize, keys, first, scores);
    }
}

// kCount registers of the weighted sum of values, from element `first` on.
template <size_t N, size_t kCount, typename T>
void mixElements(const float* p,
                 const T* values,
                 size_t valueStride,
                 BlockRange range,
                 size_t first,
                 float* states) {
    __m256 acc[N][kCount];
#pragma GCC unroll 8
    for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 8
        for (size_t c = 0; c < kCount; ++c) {
            acc[n][c] = _mm256_setzero_ps();
        }
    }
    for (size_t j = range.begin; j < range.end; ++j) {
        const T* row = values + j * valueStride + first;
        __m256 v[kCount];
#pragma GCC unroll 8
        for (size_t c = 0; c < kCount; ++c) {
            v[c] = widen(row + c * kLanes);
        }
#pragma GCC unroll 8
        for (size_t n = 0; n < N; ++n) {
            const __m256 weight = _mm256_set1_ps(p[n * kKeyBlock + j]);
#pragma GCC unroll 8
            for (size_t c = 0; c < kCount; ++c) {
                acc[n][c] = _mm256_fmadd_ps(weight, v[c], acc[n][c]);
            }
        }
    }
    const size_t width = valueStride + kAttentionStateTail;
#pragma GCC unroll 8
    for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 8
        for (size_t c = 0; c < kCount; ++c) {
            _mm256_storeu_ps(states + n * width + first + c * kLanes, acc[n][c]);
        }
    }
}

template <size_t N, typename T>
void mixRange(
    const float* p, const T* values, size_t valueStride, BlockRange range, float* states) {
    constexpr size_t kStep = kVectors<N> * kLanes;
    size_t first = 0;
    for (; first + kStep <= valueStride; first += kStep) {
        mixElements<N, kVectors<N>>(p, values, valueStride, range, first, states);
    }
    for (; first < valueStride; first += 2 * kLanes) {
        mixElements<N, 2>(p, values, valueStride, range, first, states);
    }
}

// softcap · tanh(x), x = score / softcap, from y = e^2x.
__m256 cap8(__m256 x, float softcap) {
    // Beyond, tanh is ±1 in f32. Operand order: with a NaN, min and max return the second one.
    x = _mm256_min_ps(_mm256_set1_ps(14.0F), _mm256_max_ps(_mm256_set1_ps(-14.0F), x));
    const __m256 one = _mm256_set1_ps(1.0F);
    const __m256 y = exp8(_mm256_add_ps(x, x));
    const __m256 t = _mm256_div_ps(_mm256_sub_ps(y, one), _mm256_add_ps(y, one));
    return _mm256_mul_ps(_mm256_set1_ps(softcap), t);
}

struct Avx2Set {
    static constexpr size_t kRows = 6;

    // Keys and values that are read once are widened as they are read.
    static bool readsHalves(const AttentionTile& tile) {
        return tile.kv.type == KvType::F16 && tile.count <= kRows;
    }

    // Queries are multiplied by this.
    static float factor(const AttentionTile& tile) {
        return tile.softcap == 0 ? tile.scale : tile.scale / tile.softcap;
    }

    static void packQuery(float* out, const float* q, size_t headSize, float factor) {
        for (size_t i = 0; i < headSize; ++i) {
            out[i] = q[i] * factor;
        }
    }

    static const float* keys(const KeyValues& kv, size_t block, BlockRange range, float* scratch) {
        const size_t size = kv.headSize;
        const size_t first = block * kKeyBlock * size;
        if (kv.type == KvType::F32) {
            return static_cast<const float*>(kv.keys) + first;
        }
        if (kv.type == KvType::F16) {
            const auto* from = static_cast<const uint16_t*>(kv.keys) + first;
            for (size_t i = range.begin * size; i < range.end * size; i += kLanes) {
                _mm256_store_ps(scratch + i, widen(from + i));
            }
            return scratch;
        }
        const auto* from = static_cast<const int8_t*>(kv.keys) + first;
        const size_t scaleBlocks = (size + kKvScaleBlock - 1) / kKvScaleBlock;
        const float* scales = kv.keyScales + block * kKeyBlock * scaleBlocks;
        for (size_t group = range.begin / kKeyGroup; group < range.end / kKeyGroup; ++group) {
            for (size_t i = 0; i < size; ++i) {
                const float* scale = scales + (group * scaleBlocks + i / kKvScaleBlock) * kKeyGroup;
                const size_t at = (group * size + i) * kKeyGroup;
                for (size_t lane = 0; lane < kKeyGroup; lane += kLanes) {
                    _mm256_store_ps(
                        scratch + at + lane,
                        _mm256_mul_ps(_mm256_loadu_ps(scale + lane), widen(from + at + lane)));
                }
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
            for (size_t i = range.begin * stride; i < range.end * stride; i += kLanes) {
                _mm256_store_ps(scratch + i, widen(from + i));
            }
            return scratch;
        }
        const auto* from = static_cast<const int8_t*>(kv.values) + first;
        const size_t scaleBlocks = (kv.headSize + kKvScaleBlock - 1) / kKvScaleBlock;
        const float* scales = kv.valueScales + block * kKeyBlock * scaleBlocks;
        for (size_t j = range.begin; j < range.end; ++j) {
            for (size_t i = 0; i < stride; i += kLanes) {
                const __m256 scale = _mm256_set1_ps(scales[j * scaleBlocks + i / kKvScaleBlock]);
                const size_t at = j * stride + i;
                _mm256_store_ps(scratch + at, _mm256_mul_ps(scale, widen(from + at)));
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
        switch (count) {
        case 1:
            return scoreRange<1>(q, headSize, keys, range, scores);
        case 2:
            return scoreRange<2>(q, headSize, keys, range, scores);
        case 3:
            return scoreRange<3>(q, headSize, keys, range, scores);
        case 4:
            return scoreRange<4>(q, headSize, keys, range, scores);
        case 5:
            return scoreRange<5>(q, headSize, keys, range, scores);
        default:
            return scoreRange<6>(q, headSize, keys, range, scores);
        }
    }

    // Replaces scores by exp(score − largest), zero where nothing is visible.
    static void
    softmax(float* scores, BlockRange range, BlockRange visible, float softcap, float* tail) {
        for (size_t i = 0; i < kAttentionStateTail; ++i) {
            tail[i] = 0;
        }
        if (softcap != 0) {
            for (size_t j = range.begin; j < range.end; j += kLanes) {
                _mm256_store_ps(scores + j, cap8(_mm256_load_ps(scores + j), softcap));
            }
        }
        if (visible.begin >= visible.end) {
            for (size_t j = range.begin; j < range.end; ++j) {
                scores[j] = 0;
            }
            return;
        }
        // −∞ takes part in neither the maximum nor the sum.
        for (size_t j = range.begin; j < visible.begin; ++j) {
            scores[j] = -__builtin_inff();
        }
        for (size_t j = visible.end; j < range.end; ++j) {
            scores[j] = -__builtin_inff();
        }
        __m256 largest = _mm256_set1_ps(-__builtin_inff());
        for (size_t j = range.begin; j < range.end; j += kLanes) {
            largest = _mm256_max_ps(largest, _mm256_load_ps(scores + j));
        }
        const float top = largestLane(largest);
        __m256 sum = _mm256_setzero_ps();
        for (size_t j = range.begin; j < range.end; j += kLanes) {
            const __m256 p = exp8(_mm256_sub_ps(_mm256_load_ps(scores + j), _mm256_set1_ps(top)));
            _mm256_store_ps(scores + j, p);
            sum = _mm256_add_ps(sum, p);
        }
        tail[0] = top;
        tail[1] = sumLanes(sum);
    }

    template <typename T>
    static void mix(size_t count,
                    const float* p,
                    const T* values,
                    size_t valueStride,
                    BlockRange range,
                    float* states) {
        switch (count) {
        case 1:
            return mixRange<1>(p, values, valueStride, range, states);
        case 2:
            return mixRange<2>(p, values, valueStride, range, states);
        case 3:
            return mixRange<3>(p, values, valueStride, range, states);
        case 4:
            return mixRange<4>(p, values, valueStride, range, states);
        case 5:
            return mixRange<5>(p, values, valueStride, range, states);
        default:
            return mixRange<6>(p, values, valueStride, range, states);
        }
    }

    static void merge(float* into, const float* from, size_t valueStride) {
        mergeAttention(into, from, valueStride);
    }
};

} // namespace

void attend(const AttentionTile& tile) {
    attendInBlocks<Avx2Set>(tile);
}

void mergeAttention(float* into, const float* from, size_t valueStride) {
    const size_t width = valueStride + kAttentionStateTail;
    if (from[valueStride + 1] == 0) {
        return;
    }
    if (into[valueStride + 1] == 0) {
        for (size_t i = 0; i < width; i += kLanes) {
            _mm256_storeu_ps(into + i, _mm256_loadu_ps(from + i));
        }
        return;
    }
    const float a = into[valueStride];
    const float b = from[valueStride];
    const float top = a < b ? b : a;
    const __m256 keep = exp8(_mm256_set1_ps(a - top));
    const __m256 add = exp8(_mm256_set1_ps(b - top));
    // The sum of the weights is in the second element of the tail, which is merged as the others.
    for (size_t i = 0; i < width; i += kLanes) {
        const __m256 scaled = _mm256_mul_ps(_mm256_loadu_ps(into + i), keep);
        _mm256_storeu_ps(into + i, _mm256_fmadd_ps(_mm256_loadu_ps(from + i), add, scaled));
    }
    into[valueStride] = top;
}

} // namespace attest::engine::avx2
