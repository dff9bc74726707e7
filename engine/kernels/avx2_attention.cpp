#include "engine/kernels/avx2.h"
#include "engine/kernels/avx2_math.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

constexpr size_t kLanes = 8;
constexpr size_t kHalves = kKeyGroup / kLanes; // registers of a group of positions

// Scores of one group of 16 positions for N queries; one lane per position.
template <size_t N>
void scoreGroup(const AttentionTile& tile, size_t group) {
    __m256 acc[N][kHalves];
    for (size_t n = 0; n < N; ++n) {
        for (size_t h = 0; h < kHalves; ++h) {
            acc[n][h] = _mm256_setzero_ps();
        }
    }
    const float* keys = tile.k + group * kKeyGroup * tile.headSize;
    for (size_t i = 0; i < tile.headSize; ++i) {
        __m256 k[kHalves];
        for (size_t h = 0; h < kHalves; ++h) {
            k[h] = _mm256_loadu_ps(keys + i * kKeyGroup + h * kLanes);
        }
        for (size_t n = 0; n < N; ++n) {
            const __m256 q = _mm256_set1_ps(tile.q[n][i]);
            for (size_t h = 0; h < kHalves; ++h) {
                acc[n][h] = _mm256_fmadd_ps(q, k[h], acc[n][h]);
            }
        }
    }
    const __m256 scale = _mm256_set1_ps(tile.scale);
    for (size_t n = 0; n < N; ++n) {
        float* scores = tile.scores + n * tile.scoreStride + group * kKeyGroup;
        for (size_t h = 0; h < kHalves; ++h) {
            _mm256_storeu_ps(scores + h * kLanes, _mm256_mul_ps(acc[n][h], scale));
        }
    }
}

// Replaces scores by exp(score − largest), zeros behind `visible`; returns their sum.
float softmaxNumerators(float* scores, size_t visible) {
    const size_t end = (visible + kLanes - 1) / kLanes * kLanes;
    // What lies behind is not a score; −∞ takes part in neither the maximum nor the sum.
    for (size_t j = visible; j < end; ++j) {
        scores[j] = -__builtin_inff();
    }
    __m256 largest = _mm256_set1_ps(-__builtin_inff());
    for (size_t j = 0; j < end; j += kLanes) {
        largest = _mm256_max_ps(largest, _mm256_loadu_ps(scores + j));
    }
    const __m256 top = _mm256_set1_ps(largestLane(largest));
    __m256 sum = _mm256_setzero_ps();
    for (size_t j = 0; j < end; j += kLanes) {
        const __m256 e = exp8(_mm256_sub_ps(_mm256_loadu_ps(scores + j), top));
        _mm256_storeu_ps(scores + j, e);
        sum = _mm256_add_ps(sum, e);
    }
    return sumLanes(sum);
}

// 16 elements of the weighted sum of values, from element `first`.
template <size_t N>
void mixValues(const AttentionTile& tile, const float* sums, size_t first) {
    __m256 acc[N][2];
    size_t common = tile.visible[0];
    for (size_t n = 0; n < N; ++n) {
        common = tile.visible[n] < common ? tile.visible[n] : common;
        acc[n][0] = _mm256_setzero_ps();
        acc[n][1] = _mm256_setzero_ps();
    }
    for (size_t j = 0; j < common; ++j) {
        const float* row = tile.v + j * tile.valueStride + first;
        const __m256 low = _mm256_loadu_ps(row);
        const __m256 high = _mm256_loadu_ps(row + kLanes);
        for (size_t n = 0; n < N; ++n) {
            const __m256 p = _mm256_set1_ps(tile.scores[n * tile.scoreStride + j]);
            acc[n][0] = _mm256_fmadd_ps(p, low, acc[n][0]);
            acc[n][1] = _mm256_fmadd_ps(p, high, acc[n][1]);
        }
    }
    for (size_t n = 0; n < N; ++n) {
        for (size_t j = common; j < tile.visible[n]; ++j) {
            const __m256 p = _mm256_set1_ps(tile.scores[n * tile.scoreStride + j]);
            const float* row = tile.v + j * tile.valueStride + first;
            acc[n][0] = _mm256_fmadd_ps(p, _mm256_loadu_ps(row), acc[n][0]);
            acc[n][1] = _mm256_fmadd_ps(p, _mm256_loadu_ps(row + kLanes), acc[n][1]);
        }
        const __m256 sum = _mm256_set1_ps(sums[n]);
        float result[16];
        _mm256_storeu_ps(result, _mm256_div_ps(acc[n][0], sum));
        _mm256_storeu_ps(result + kLanes, _mm256_div_ps(acc[n][1], sum));
        for (size_t i = 0; i < 16 && first + i < tile.headSize; ++i) {
            tile.out[n][first + i] = result[i];
        }
    }
}

template <size_t N>
void attend(const AttentionTile& tile) {
    size_t most = 0;
    for (size_t n = 0; n < N; ++n) {
        most = tile.visible[n] > most ? tile.visible[n] : most;
    }
    for (size_t group = 0; group * kKeyGroup < most; ++group) {
        scoreGroup<N>(tile, group);
    }
    float sums[N];
    for (size_t n = 0; n < N; ++n) {
        sums[n] = softmaxNumerators(tile.scores + n * tile.scoreStride, tile.visible[n]);
    }
    for (size_t first = 0; first < tile.valueStride; first += 16) {
        mixValues<N>(tile, sums, first);
    }
}

} // namespace

// Lanes are positions while scores are computed and elements of the head while values are mixed, so
// every query's sums run over positions (or elements) in order, whatever shares the tile with it.
void attention(const AttentionTile& tile) {
    switch (tile.count) {
    case 1:
        return attend<1>(tile);
    case 2:
        return attend<2>(tile);
    case 3:
        return attend<3>(tile);
    default:
        return attend<4>(tile);
    }
}

} // namespace attest::engine::avx2
