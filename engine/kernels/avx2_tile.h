// The sums of a tile: of a few panels of eight rows with a few tokens, in registers. `Sums` is the
// way of multiplying bytes, a register of weights by one of activations: begun(), added() to a sum;
// kRun: how many before ended<part>() makes 32 bits of it; kParts: 2 where activations are given as
// two parts, see SplitBlock. Only for files compiled for AVX2.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/avx2_panel.h"
#include "engine/kernels/read_ahead.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

// Calls step.operator()<0>() to <n − 1>() inline, before arrays are put into registers, which GCC
// does not do after it has unrolled a loop.
template <size_t n, typename Step>
ATTEST_INLINE void unrolled(const Step& step) {
    if constexpr (n > 0) {
        unrolled<n - 1>(step);
        step.template operator()<n - 1>();
    }
}

// A block of activations in two parts, q = 16 · part[1] + part[0], each −8…8, so that the sums of
// eight registers of products with any byte fit into 16 bits: 8 · 2 · 255 · 8 = 32,640.
struct alignas(32) SplitBlock {
    signed char part[2][kActivationBlock];
};

void splitBlock(const signed char* q, SplitBlock* out) {
    const __m256i whole = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(q));
    // (q + 128 + 8) >> 4 by way of the average, which does not overflow; then −8.
    const __m256i biased = _mm256_xor_si256(whole, _mm256_set1_epi8(-128));
    const __m256i halved = _mm256_avg_epu8(biased, _mm256_set1_epi8(7));
    const __m256i shifted = _mm256_and_si256(_mm256_srli_epi16(halved, 3), _mm256_set1_epi8(0x1F));
    const __m256i high = _mm256_sub_epi8(shifted, _mm256_set1_epi8(8));
    const __m256i sixteenfold =
        _mm256_slli_epi16(_mm256_and_si256(high, _mm256_set1_epi8(0x0F)), 4);
    __m256i* parts = reinterpret_cast<__m256i*>(out->part);
    parts[0] = _mm256_sub_epi8(whole, sixteenfold);
    parts[1] = high;
}

// Blocks of activations as `Sums` take them: block b of token t.
template <typename Sums>
struct Activations {
    const ActivationBlock* x;
    size_t stride;
    const SplitBlock* split; // null where they are taken whole
    size_t splitStride;

    // The same from a token and a block on.
    ATTEST_INLINE Activations from(size_t token, size_t block) const {
        return {x + token * stride + block,
                stride,
                Sums::kParts == 2 ? split + token * splitStride + block : nullptr,
                splitStride};
    }

    ATTEST_INLINE const ActivationBlock& block(size_t t, size_t b) const {
        return x[t * stride + b];
    }

    // Activations 4k…4k+3 of a block, or that part of them, in every lane.
    ATTEST_INLINE __m256i four(size_t t, size_t b, size_t k, size_t part) const {
        const signed char* q =
            Sums::kParts == 2 ? split[t * splitStride + b].part[part] : block(t, b).q;
        int bits = 0;
        __builtin_memcpy(&bits, q + 4 * k, 4);
        return _mm256_set1_epi32(bits);
    }
};

// The first `count` blocks of `tokens`, split into `space` if that is how they are taken. Not just
// before they are used: short reads of what was written in long pieces wait until it is stored.
template <typename Sums>
Activations<Sums> activations(
    const ActivationBlock* x, size_t stride, size_t tokens, size_t count, SplitBlock* space) {
    if constexpr (Sums::kParts == 2) {
        for (size_t t = 0; t < tokens; ++t) {
            for (size_t b = 0; b < count; ++b) {
                splitBlock(x[t * stride + b].q, space + t * count + b);
            }
        }
    }
    return {x, stride, space, count};
}

// Adds a product to the sum, which begins with the first one.
template <typename Sums, bool isFirst>
ATTEST_INLINE void addProduct(__m256i& sum, __m256i q, __m256i a) {
    if constexpr (isFirst) {
        sum = Sums::begun(q, a);
    } else {
        sum = Sums::added(sum, q, a);
    }
}

// Exact integer products of a block of P panels, or of half a block, with N tokens, without the
// bias: of panel p with token t in out[t * P + p]. codes(p, k): elements 4k…4k+3 of each row.
template <typename Sums, size_t first, size_t last, size_t P, size_t N, typename Codes>
ATTEST_INLINE void dots(const Codes& codes, const Activations<Sums>& x, size_t b, __m256i* out) {
    constexpr size_t kRun = Sums::kRun < last - first ? Sums::kRun : last - first;
    constexpr size_t kParts = Sums::kParts;
    // Where a run is long, the sums of all tokens go along; else those of one token at a time, so
    // that there are registers enough.
    constexpr size_t kTogether = kRun > 2 ? N : 1;
    unrolled<(last - first) / kRun>([&]<size_t run>() __attribute__((always_inline)) {
        unrolled<N / kTogether>([&]<size_t group>() __attribute__((always_inline)) {
            __m256i sums[kTogether * kParts * P];
            unrolled<kRun>([&]<size_t i>() __attribute__((always_inline)) {
                constexpr size_t k = first + run * kRun + i;
                unrolled<kTogether * kParts>([&]<size_t j>() __attribute__((always_inline)) {
                    const __m256i four = x.four(group * kTogether + j / kParts, b, k, j % kParts);
                    unrolled<P>([&]<size_t p>() __attribute__((always_inline)) {
                        addProduct<Sums, i == 0>(sums[j * P + p], codes(p, k), four);
                    });
                });
            });
            unrolled<kTogether * kParts * P>([&]<size_t i>() __attribute__((always_inline)) {
                constexpr size_t part = i / P % kParts;
                __m256i& to = out[(group * kTogether + i / P / kParts) * P + i % P];
                const __m256i sum = Sums::template ended<part>(sums[i]);
                to = part == 0 && run == 0 ? sum : _mm256_add_epi32(to, sum);
            });
        });
    });
}

// Adds part `half` (or all, where a block has one scale) of block b of P panels to the sums of N
// tokens. factors(p): scales, then minima.
template <typename Sums,
          QuantForm form,
          size_t half,
          size_t P,
          size_t N,
          typename Codes,
          typename Factors>
ATTEST_INLINE void addPart(const Codes& codes,
                           const Factors& factors,
                           int bias,
                           const Activations<Sums>& x,
                           size_t b,
                           __m256* acc) {
    constexpr size_t kFirst = 4 * half;
    constexpr size_t kLast = form.hasHalves ? kFirst + 4 : 8;
    __m256i exact[N * P];
    dots<Sums, kFirst, kLast, P, N>(codes, x, b, exact);
    unrolled<N>([&]<size_t t>() __attribute__((always_inline)) {
        const ActivationBlock& block = x.block(t, b);
        const __m256 d = _mm256_set1_ps(block.d);
        const int sum =
            form.hasHalves ? block.halfSums[half] : block.halfSums[0] + block.halfSums[1];
        const __m256i biased = _mm256_set1_epi32(bias * sum);
        __m256 dSum = _mm256_setzero_ps();
        if constexpr (form.hasMinima) {
            dSum = form.hasHalves ? _mm256_mul_ps(d, _mm256_set1_ps(float(sum)))
                                  : _mm256_set1_ps(block.dSum);
        }
        unrolled<P>([&]<size_t p>() __attribute__((always_inline)) {
            __m256& to = acc[t * P + p];
            const __m256i dot = _mm256_sub_epi32(exact[t * P + p], biased);
            to = _mm256_fmadd_ps(_mm256_mul_ps(factors(p)[half], d), _mm256_cvtepi32_ps(dot), to);
            if constexpr (form.hasMinima) {
                to = _mm256_fnmadd_ps(factors(p)[kScales<form> + half], dSum, to);
            }
        });
    });
}

template <typename Sums, QuantForm form, size_t P, size_t N, typename Codes, typename Factors>
ATTEST_INLINE void addBlock(const Codes& codes,
                            const Factors& factors,
                            int bias,
                            const Activations<Sums>& x,
                            size_t b,
                            __m256* acc) {
    addPart<Sums, form, 0, P, N>(codes, factors, bias, x, b, acc);
    if constexpr (form.hasHalves) {
        addPart<Sums, form, 1, P, N>(codes, factors, bias, x, b, acc);
    }
}

// Adds `count` blocks of P panels, `panelStride` blocks apart, to the sums of N tokens, in order:
// sums[t * P + p].
// A function of its own, so that what goes on around it takes no registers from the loop.
template <typename Sums, QuantForm form, size_t P, size_t N>
__attribute__((noinline)) void accumulate(const PanelBlock<form>* panel,
                                          size_t panelStride,
                                          size_t count,
                                          int bias,
                                          const Activations<Sums>& x,
                                          __m256* sums,
                                          ReadAhead ahead) {
    __m256 acc[N * P];
    unrolled<N * P>([&]<size_t i>() __attribute__((always_inline)) { acc[i] = sums[i]; });
    for (size_t b = 0; b < count; ++b) {
        ahead.fetch();
        const auto codes = [&](size_t p, size_t k) __attribute__((always_inline)) {
            return panel[p * panelStride + b].q[k];
        };
        const auto factors = [&](size_t p) __attribute__((always_inline)) {
            return panel[p * panelStride + b].factors;
        };
        addBlock<Sums, form, P, N>(codes, factors, bias, x, b, acc);
    }
    unrolled<N * P>([&]<size_t i>() __attribute__((always_inline)) { sums[i] = acc[i]; });
}

} // namespace

} // namespace attest::engine::avx2
