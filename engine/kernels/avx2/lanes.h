// Registers of eight numbers: what lanes/*.h take. Only for files compiled for AVX2, F16C and FMA.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/avx2/math.h"
#include "engine/kernels/kernels.h"

#include <immintrin.h>
#include <stddef.h>

namespace attest::engine {

namespace {

[[maybe_unused]] __m256i firstLanes(size_t n) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(int(n)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

// The first n, or all eight, of the numbers at p, zeros behind them; nothing else is touched.
// Eight are not masked: a masked store is a program of dozens of steps on processors of AMD.
[[maybe_unused]] __m256 loadUpTo8(const float* p, size_t n) {
    return n >= 8 ? _mm256_loadu_ps(p) : _mm256_maskload_ps(p, firstLanes(n));
}

[[maybe_unused]] void storeUpTo8(float* p, size_t n, __m256 x) {
    if (n >= 8) {
        _mm256_storeu_ps(p, x);
    } else {
        _mm256_maskstore_ps(p, firstLanes(n), x);
    }
}

struct Avx2Lanes {
    using Vector = __m256;

    static constexpr size_t kLanes = 8;

    // Queries at a time, and registers of positions or elements that they are multiplied by.
    static constexpr size_t kRows = 6;

    static constexpr size_t scoreVectors(size_t n) { return n == 1 ? 8 : n <= 3 ? 4 : 2; }

    static constexpr size_t mixVectors(size_t n) { return scoreVectors(n); }

    static constexpr size_t kTileTokens = 8; // of a product

    static ATTEST_INLINE Vector load(const float* p) { return _mm256_loadu_ps(p); }

    static ATTEST_INLINE Vector load(const float* p, size_t n) { return loadUpTo8(p, n); }

    static ATTEST_INLINE void store(float* p, Vector x) { _mm256_storeu_ps(p, x); }

    static ATTEST_INLINE void store(float* p, size_t n, Vector x) { storeUpTo8(p, n, x); }

    static ATTEST_INLINE Vector broadcast(float x) { return _mm256_set1_ps(x); }

    static ATTEST_INLINE Vector add(Vector a, Vector b) { return _mm256_add_ps(a, b); }

    static ATTEST_INLINE Vector subtract(Vector a, Vector b) { return _mm256_sub_ps(a, b); }

    static ATTEST_INLINE Vector multiply(Vector a, Vector b) { return _mm256_mul_ps(a, b); }

    static ATTEST_INLINE Vector divide(Vector a, Vector b) { return _mm256_div_ps(a, b); }

    static ATTEST_INLINE Vector fma(Vector a, Vector b, Vector c) {
        return _mm256_fmadd_ps(a, b, c);
    }

    // With a NaN, both return the second one.
    static ATTEST_INLINE Vector smaller(Vector a, Vector b) { return _mm256_min_ps(a, b); }

    static ATTEST_INLINE Vector larger(Vector a, Vector b) { return _mm256_max_ps(a, b); }

    static ATTEST_INLINE Vector exp(Vector x) { return exp8(x); }

    static ATTEST_INLINE Vector scoreExp(Vector x) { return exp8(x); }

    static ATTEST_INLINE float largest(Vector x) { return largestLane(x); }

    static ATTEST_INLINE float sum(Vector x) { return sumLanes(x); }

    static ATTEST_INLINE Vector widen(const float* from) { return _mm256_loadu_ps(from); }

    static ATTEST_INLINE Vector widen(const uint16_t* from) {
        return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
    }

    static ATTEST_INLINE Vector widen(const int8_t* from) {
        return _mm256_cvtepi32_ps(
            _mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from))));
    }

    static ATTEST_INLINE void narrow(uint16_t* to, Vector x) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to),
                         _mm256_cvtps_ph(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
    }

    template <FloatType type>
    static ATTEST_INLINE Vector weights(const unsigned char* row, size_t column, size_t n) {
        if constexpr (type == kFloat32) {
            return loadUpTo8(reinterpret_cast<const float*>(row) + column, n);
        } else {
            __m128i bits = _mm_setzero_si128();
            if (n >= kLanes) {
                bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + 2 * column));
            } else {
                __builtin_memcpy(&bits, row + 2 * column, 2 * n);
            }
            if constexpr (type == kFloat16) {
                return _mm256_cvtph_ps(bits);
            } else {
                return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
            }
        }
    }

    static ATTEST_INLINE void transpose(__m256 r[8]) {
        __m256 t[8];
        for (size_t i = 0; i < 8; i += 4) {
            const __m256 a = _mm256_unpacklo_ps(r[i], r[i + 1]);
            const __m256 b = _mm256_unpackhi_ps(r[i], r[i + 1]);
            const __m256 c = _mm256_unpacklo_ps(r[i + 2], r[i + 3]);
            const __m256 d = _mm256_unpackhi_ps(r[i + 2], r[i + 3]);
            // Column 4j + k of rows i…i+3 is in lane j of t[i + k].
            t[i] = _mm256_shuffle_ps(a, c, 0x44);
            t[i + 1] = _mm256_shuffle_ps(a, c, 0xEE);
            t[i + 2] = _mm256_shuffle_ps(b, d, 0x44);
            t[i + 3] = _mm256_shuffle_ps(b, d, 0xEE);
        }
        for (size_t k = 0; k < 4; ++k) {
            r[k] = _mm256_permute2f128_ps(t[k], t[4 + k], 0x20);
            r[4 + k] = _mm256_permute2f128_ps(t[k], t[4 + k], 0x31);
        }
    }
};

} // namespace

} // namespace attest::engine
