// exp() and 2^x for 16 numbers. Only for files compiled for AVX-512.
#pragma once

#include <immintrin.h>

namespace attest::engine {

namespace {

// exp(x) = 2^n · exp(r) with r = x − n ln 2, |r| ≤ 0.35, and the Taylor polynomial of degree 7 for
// exp(r), whose remainder is below 6e-9.
// Accuracy: 2 ulp; overflows to infinity and underflows to zero; NaN stays NaN.
[[maybe_unused]] __m512 exp16(__m512 x) {
    // Operand order: with a NaN, min and max return the second one.
    x = _mm512_max_ps(_mm512_set1_ps(-110.0F), x);
    x = _mm512_min_ps(_mm512_set1_ps(130.0F), x);
    const __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(x, _mm512_set1_ps(1.44269504F)), 0);
    // ln 2 in two parts; n · 0.693359375 is exact.
    __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693359375F), x);
    r = _mm512_fnmadd_ps(n, _mm512_set1_ps(-2.12194440e-4F), r);
    __m512 p = _mm512_set1_ps(1.0F / 5040);
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0F / 720));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0F / 120));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0F / 24));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0F / 6));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.5F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0F));
    return _mm512_scalef_ps(p, n);
}

// 2^x for x < 127, zero below 2^−126: what is subnormal would be slow and counts for nothing.
// A polynomial for 2^r, |r| ≤ ½, minimax but for the first coefficient, which makes 2^0 exact.
// Accuracy: 2 ulp; NaN stays NaN.
[[maybe_unused]] __m512 power16(__m512 x) {
    const __m512 n = _mm512_roundscale_ps(x, 0);
    const __m512 r = _mm512_sub_ps(x, n);
    __m512 p = _mm512_set1_ps(1.3276472e-3F);
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(9.6755413e-3F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(5.5507133e-2F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(2.4022120e-1F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(6.9314697e-1F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0F));
    const __mmask16 isLarge = _mm512_cmp_ps_mask(x, _mm512_set1_ps(-126.0F), _CMP_NLT_UQ);
    return _mm512_maskz_scalef_ps(isLarge, p, n);
}

} // namespace

} // namespace attest::engine
