// Reading and writing fewer than eight numbers. Only for files compiled for AVX2.
#pragma once

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

} // namespace

} // namespace attest::engine
