// exp() and sums across lanes for 8 numbers. Only for files compiled for AVX2 and FMA.
#pragma once

#include "engine/kernels/always_inline.h"

#include <immintrin.h>

namespace attest::engine {

namespace {

// 2^n for n in −126…127.
ATTEST_INLINE __m256 powerOfTwo(__m256i n) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(n, _mm256_set1_epi32(127)), 23));
}

// exp(x) = 2^n · exp(r) with r = x − n ln 2, |r| ≤ 0.35, and the Taylor polynomial of degree 7 for
// exp(r), whose remainder is below 6e-9.
// Accuracy: 2 ulp; overflows to infinity and underflows to zero; NaN stays NaN.
ATTEST_INLINE __m256 exp8(__m256 x) {
    // Operand order: with a NaN, min and max return the second one.
    x = _mm256_max_ps(_mm256_set1_ps(-110.0F), x);
    x = _mm256_min_ps(_mm256_set1_ps(130.0F), x);
    const __m256 n = _mm256_round_ps(_mm256_mul_ps(x, _mm256_set1_ps(1.44269504F)),
                                     _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    // ln 2 in two parts; n · 0.693359375 is exact.
    __m256 r = _mm256_fnmadd_ps(n, _mm256_set1_ps(0.693359375F), x);
    r = _mm256_fnmadd_ps(n, _mm256_set1_ps(-2.12194440e-4F), r);
    __m256 p = _mm256_set1_ps(1.0F / 5040);
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(1.0F / 720));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(1.0F / 120));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(1.0F / 24));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(1.0F / 6));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(0.5F));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(1.0F));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(1.0F));
    // In two steps, because 2^n itself may be out of range where the product is not.
    const __m256i whole = _mm256_cvtps_epi32(n);
    const __m256i half = _mm256_srai_epi32(whole, 1);
    p = _mm256_mul_ps(p, powerOfTwo(half));
    return _mm256_mul_ps(p, powerOfTwo(_mm256_sub_epi32(whole, half)));
}

[[maybe_unused]] float sumLanes(__m256 x) {
    __m128 sum = _mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    return _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
}

[[maybe_unused]] float largestLane(__m256 x) {
    __m128 top = _mm_max_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
    top = _mm_max_ps(top, _mm_movehl_ps(top, top));
    return _mm_cvtss_f32(_mm_max_ss(top, _mm_movehdup_ps(top)));
}

} // namespace

} // namespace attest::engine
