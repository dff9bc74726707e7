// Registers of sixteen numbers: what lanes/*.h take. Only for files compiled for AVX-512.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/avx512/exp.h"
#include "engine/kernels/kernels.h"

#include <immintrin.h>

namespace attest::engine {

namespace {

struct Avx512Lanes {
    using Vector = __m512;

    static constexpr size_t kLanes = 16;

    // Queries at a time, and registers of positions or elements that they are multiplied by.
    static constexpr size_t kRows = 8;

    static constexpr size_t scoreVectors(size_t n) { return n <= 3 ? 8 : 24 / n; }

    static constexpr size_t mixVectors(size_t n) { return n <= 4 ? 4 : 2; }

    static constexpr size_t kTileTokens = 16; // of a product

    static ATTEST_INLINE __mmask16 firstLanes(size_t n) {
        return n >= kLanes ? __mmask16(0xFFFF) : __mmask16((1U << n) - 1);
    }

    static ATTEST_INLINE Vector load(const float* p) { return _mm512_loadu_ps(p); }

    static ATTEST_INLINE Vector load(const float* p, size_t n) {
        return _mm512_maskz_loadu_ps(firstLanes(n), p);
    }

    static ATTEST_INLINE void store(float* p, Vector x) { _mm512_storeu_ps(p, x); }

    static ATTEST_INLINE void store(float* p, size_t n, Vector x) {
        _mm512_mask_storeu_ps(p, firstLanes(n), x);
    }

    static ATTEST_INLINE Vector broadcast(float x) { return _mm512_set1_ps(x); }

    static ATTEST_INLINE Vector add(Vector a, Vector b) { return _mm512_add_ps(a, b); }

    static ATTEST_INLINE Vector subtract(Vector a, Vector b) { return _mm512_sub_ps(a, b); }

    static ATTEST_INLINE Vector multiply(Vector a, Vector b) { return _mm512_mul_ps(a, b); }

    static ATTEST_INLINE Vector divide(Vector a, Vector b) { return _mm512_div_ps(a, b); }

    static ATTEST_INLINE Vector fma(Vector a, Vector b, Vector c) {
        return _mm512_fmadd_ps(a, b, c);
    }

    // With a NaN, both return the second one.
    static ATTEST_INLINE Vector smaller(Vector a, Vector b) { return _mm512_min_ps(a, b); }

    static ATTEST_INLINE Vector larger(Vector a, Vector b) { return _mm512_max_ps(a, b); }

    static ATTEST_INLINE Vector exp(Vector x) { return exp16(x); }

    static ATTEST_INLINE Vector scoreExp(Vector x) { return power16(x); }

    static ATTEST_INLINE Vector widen(const float* from) { return _mm512_loadu_ps(from); }

    static ATTEST_INLINE Vector widen(const uint16_t* from) {
        return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));
    }

    static ATTEST_INLINE Vector widen(const int8_t* from) {
        return _mm512_cvtepi32_ps(
            _mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))));
    }

    static ATTEST_INLINE void narrow(uint16_t* to, Vector x) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to),
                            _mm512_cvtps_ph(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
    }

    template <FloatType type>
    static ATTEST_INLINE Vector weights(const unsigned char* row, size_t column, size_t n) {
        const __mmask16 mask = firstLanes(n);
        if constexpr (type == kFloat32) {
            return _mm512_maskz_loadu_ps(mask, row + 4 * column);
        } else {
            const __m256i bits = _mm256_maskz_loadu_epi16(mask, row + 2 * column);
            if constexpr (type == kFloat16) {
                return _mm512_cvtph_ps(bits);
            } else {
                return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16));
            }
        }
    }

    static ATTEST_INLINE void transpose(__m512 r[16]) {
        __m512 t[16];
        for (size_t i = 0; i < 16; i += 4) {
            const __m512 a = _mm512_unpacklo_ps(r[i], r[i + 1]);
            const __m512 b = _mm512_unpackhi_ps(r[i], r[i + 1]);
            const __m512 c = _mm512_unpacklo_ps(r[i + 2], r[i + 3]);
            const __m512 d = _mm512_unpackhi_ps(r[i + 2], r[i + 3]);
            const auto join = [](__m512 low, __m512 high, bool isHigh) {
                const __m512d x = _mm512_castps_pd(low);
                const __m512d y = _mm512_castps_pd(high);
                return _mm512_castpd_ps(isHigh ? _mm512_unpackhi_pd(x, y)
                                               : _mm512_unpacklo_pd(x, y));
            };
            // Column 4j + k of rows i…i+3 is in lane j of t[i + k].
            t[i] = join(a, c, false);
            t[i + 1] = join(a, c, true);
            t[i + 2] = join(b, d, false);
            t[i + 3] = join(b, d, true);
        }
        for (size_t k = 0; k < 4; ++k) {
            const __m512 a = _mm512_shuffle_f32x4(t[k], t[4 + k], 0x88); // lanes 0, 2
            const __m512 b = _mm512_shuffle_f32x4(t[k], t[4 + k], 0xDD); // lanes 1, 3
            const __m512 c = _mm512_shuffle_f32x4(t[8 + k], t[12 + k], 0x88);
            const __m512 d = _mm512_shuffle_f32x4(t[8 + k], t[12 + k], 0xDD);
            r[k] = _mm512_shuffle_f32x4(a, c, 0x88);
            r[8 + k] = _mm512_shuffle_f32x4(a, c, 0xDD);
            r[4 + k] = _mm512_shuffle_f32x4(b, d, 0x88);
            r[12 + k] = _mm512_shuffle_f32x4(b, d, 0xDD);
        }
    }
};

} // namespace

} // namespace attest::engine
