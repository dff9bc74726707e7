#include "engine/kernels/avx512.h"
#include "engine/kernels/avx512_exp.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

// Scores of kGroups groups of 16 positions for N queries; one lane per position.
template <size_t N, size_t kGroups>
void scoreGroups(const AttentionTile& tile, size_t group) {
    __m512 acc[N][kGroups];
    for (size_t n = 0; n < N; ++n) {
        for (size_t g = 0; g < kGroups; ++g) {
            acc[n][g] = _mm512_setzero_ps();
        }
    }
    const size_t groupSize = kKeyGroup * tile.headSize;
    const float* keys = tile.k + group * groupSize;
    for (size_t i = 0; i < tile.headSize; ++i) {
        __m512 k[kGroups];
        for (size_t g = 0; g < kGroups; ++g) {
            k[g] = _mm512_loadu_ps(keys + g * groupSize + i * kKeyGroup);
        }
        for (size_t n = 0; n < N; ++n) {
            const __m512 q = _mm512_set1_ps(tile.q[n][i]);
            for (size_t g = 0; g < kGroups; ++g) {
                acc[n][g] = _mm512_fmadd_ps(q, k[g], acc[n][g]);
            }
        }
    }
    const __m512 scale = _mm512_set1_ps(tile.scale);
    for (size_t n = 0; n < N; ++n) {
        for (size_t g = 0; g < kGroups; ++g) {
            _mm512_storeu_ps(tile.scores + n * tile.scoreStride + (group + g) * kKeyGroup,
                             _mm512_mul_ps(acc[n][g], scale));
        }
    }
}

// Replaces scores by exp(score − largest), zeros behind `visible`; returns their sum.
float softmaxNumerators(float* scores, size_t visible) {
    const size_t full = visible / kKeyGroup;
    const __mmask16 tail = __mmask16((1U << (visible % kKeyGroup)) - 1);
    __m512 largest = _mm512_set1_ps(-__builtin_inff());
    for (size_t g = 0; g < full; ++g) {
        largest = _mm512_max_ps(largest, _mm512_loadu_ps(scores + g * kKeyGroup));
    }
    if (tail != 0) {
        const __m512 last = _mm512_loadu_ps(scores + full * kKeyGroup);
        largest = _mm512_mask_max_ps(largest, tail, largest, last);
    }
    const __m512 top = _mm512_set1_ps(_mm512_reduce_max_ps(largest));
    __m512 sum = _mm512_setzero_ps();
    for (size_t g = 0; g < full; ++g) {
        float* place = scores + g * kKeyGroup;
        const __m512 e = exp16(_mm512_sub_ps(_mm512_loadu_ps(place), top));
        _mm512_storeu_ps(place, e);
        sum = _mm512_add_ps(sum, e);
    }
    if (tail != 0) {
        float* place = scores + full * kKeyGroup;
        const __m512 e =
            _mm512_maskz_mov_ps(tail, exp16(_mm512_sub_ps(_mm512_loadu_ps(place), top)));
        _mm512_storeu_ps(place, e);
        sum = _mm512_add_ps(sum, e);
    }
    return _mm512_reduce_add_ps(sum);
}

// kWidth registers of the weighted sum of values, from element `first`.
template <size_t N, size_t kWidth>
void mixValues(const AttentionTile& tile, const float* sums, size_t first) {
    __m512 acc[N][kWidth];
    size_t common = tile.visible[0];
    for (size_t n = 0; n < N; ++n) {
        common = tile.visible[n] < common ? tile.visible[n] : common;
        for (size_t c = 0; c < kWidth; ++c) {
            acc[n][c] = _mm512_setzero_ps();
        }
    }
    for (size_t j = 0; j < common; ++j) {
        const float* row = tile.v + j * tile.valueStride + first;
        __m512 v[kWidth];
        for (size_t c = 0; c < kWidth; ++c) {
            v[c] = _mm512_loadu_ps(row + c * 16);
        }
        for (size_t n = 0; n < N; ++n) {
            const __m512 p = _mm512_set1_ps(tile.scores[n * tile.scoreStride + j]);
            for (size_t c = 0; c < kWidth; ++c) {
                acc[n][c] = _mm512_fmadd_ps(p, v[c], acc[n][c]);
            }
        }
    }
    for (size_t n = 0; n < N; ++n) {
        for (size_t j = common; j < tile.visible[n]; ++j) {
            const __m512 p = _mm512_set1_ps(tile.scores[n * tile.scoreStride + j]);
            const float* row = tile.v + j * tile.valueStride + first;
            for (size_t c = 0; c < kWidth; ++c) {
                acc[n][c] = _mm512_fmadd_ps(p, _mm512_loadu_ps(row + c * 16), acc[n][c]);
            }
        }
        const __m512 sum = _mm512_set1_ps(sums[n]);
        for (size_t c = 0; c < kWidth; ++c) {
            const size_t begin = first + c * 16;
            const size_t left = tile.headSize - begin;
            const __mmask16 mask = left >= 16 ? __mmask16(0xFFFF) : __mmask16((1U << left) - 1);
            _mm512_mask_storeu_ps(tile.out[n] + begin, mask, _mm512_div_ps(acc[n][c], sum));
        }
    }
}

template <size_t N>
void attend(const AttentionTile& tile) {
    size_t most = 0;
    for (size_t n = 0; n < N; ++n) {
        most = tile.visible[n] > most ? tile.visible[n] : most;
    }
    const size_t groups = (most + kKeyGroup - 1) / kKeyGroup;
    size_t group = 0;
    for (; group + 4 / N < groups && N < 4; group += 4 / N + 1) {
        scoreGroups<N, 4 / N + 1>(tile, group);
    }
    for (; group + 1 < groups; group += 2) {
        scoreGroups<N, 2>(tile, group);
    }
    if (group < groups) {
        scoreGroups<N, 1>(tile, group);
    }
    float sums[N];
    for (size_t n = 0; n < N; ++n) {
        sums[n] = softmaxNumerators(tile.scores + n * tile.scoreStride, tile.visible[n]);
    }
    size_t first = 0;
    for (; first + 64 <= tile.valueStride; first += 64) {
        mixValues<N, 4>(tile, sums, first);
    }
    for (; first < tile.valueStride; first += 16) {
        mixValues<N, 1>(tile, sums, first);
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

} // namespace attest::engine::avx512
