// What attention with AVX-512 and with AMX share. Only for files compiled for AVX-512.
#pragma once

#include "engine/kernels/attention_blocks.h"
#include "engine/kernels/avx512/exp.h"

#include <immintrin.h>

namespace attest::engine {

namespace {

// Queries are multiplied by this, so that the products are scores in units of log2 e, or with a
// softcap exponents of what its tanh is made of.
[[maybe_unused]] float queryFactor(const AttentionTile& tile) {
    constexpr float kLog2E = 1.44269504F;
    return tile.softcap == 0 ? tile.scale * kLog2E : tile.scale * (2 * kLog2E / tile.softcap);
}

// c · tanh(s / c) = c · (y − 1) / (y + 1) with y = 2^x, x = 2 log2(e) s / c; in units of log2 e.
[[maybe_unused]] __m512 cap16(__m512 x, float softcap) {
    // Beyond, tanh is ±1 in f32. Operand order: with a NaN, min and max return the second one.
    x = _mm512_min_ps(_mm512_set1_ps(40.0F), _mm512_max_ps(_mm512_set1_ps(-40.0F), x));
    const __m512 one = _mm512_set1_ps(1.0F);
    const __m512 y = power16(x);
    const __m512 t = _mm512_div_ps(_mm512_sub_ps(y, one), _mm512_add_ps(y, one));
    return _mm512_mul_ps(_mm512_set1_ps(softcap * 1.44269504F), t);
}

// Makes scores ready to be compared and raised: the softcap is applied, and positions of the groups
// first…end − 1 that are not visible become −∞.
[[maybe_unused]] void
prepareScores(float* scores, size_t first, size_t end, BlockRange visible, float softcap) {
    if (softcap != 0) {
        for (size_t g = first; g < end; ++g) {
            float* place = scores + g * kKeyGroup;
            _mm512_store_ps(place, cap16(_mm512_load_ps(place), softcap));
        }
    }
    const __m512 hidden = _mm512_set1_ps(-__builtin_inff());
    for (size_t g = first; g * kKeyGroup < visible.begin; ++g) {
        const size_t count = visible.begin - g * kKeyGroup;
        const auto mask = __mmask16(count >= kKeyGroup ? 0xFFFFU : (1U << count) - 1);
        _mm512_mask_store_ps(scores + g * kKeyGroup, mask, hidden);
    }
    for (size_t g = end; g * kKeyGroup > visible.end; --g) {
        const size_t count = g * kKeyGroup - visible.end;
        const auto mask = __mmask16(count >= kKeyGroup ? 0xFFFFU : 0xFFFFU << (kKeyGroup - count));
        _mm512_mask_store_ps(scores + (g - 1) * kKeyGroup, mask, hidden);
    }
}

[[maybe_unused]] float largestScore(const float* scores, size_t first, size_t end) {
    __m512 largest = _mm512_set1_ps(-__builtin_inff());
    for (size_t g = first; g < end; ++g) {
        largest = _mm512_max_ps(largest, _mm512_load_ps(scores + g * kKeyGroup));
    }
    return _mm512_reduce_max_ps(largest);
}

} // namespace

} // namespace attest::engine
