// The sums of a tile: of a few panels of eight rows with a few tokens, in registers. `Sums` is the
// way of multiplying bytes, a register of weights by one of activations: begun(), added() to a sum;
// kRun: how many before ended<part>() makes 32 bits of it; kParts: 2 where activations are given as
// two parts, see SplitBlock. Only for files compiled for AVX2.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/avx2/panel.h"
#include "engine/kernels/read_ahead.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

// Steps that are repeated are functions that call themselves with one less, not loops: GCC keeps an
// array in registers only where every index is a constant before it unrolls loops.

template <size_t n, typename V>
ATTEST_INLINE void copy(const V* from, V* to) {
    if constexpr (n > 0) {
        copy<n - 1>(from, to);
        to[n - 1] = from[n - 1];
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

// Blocks of P panels as they lie unpacked, `stride` blocks apart.
template <QuantForm form>
struct UnpackedBlocks {
    const PanelBlock<form>* first;
    size_t stride;

    // Elements 4k…4k+3 of each row of panel p.
    ATTEST_INLINE __m256i codes(size_t p, size_t k) const { return first[p * stride].q[k]; }

    // Scales, then minima.
    ATTEST_INLINE const __m256* factors(size_t p) const { return first[p * stride].factors; }
};

// In what follows `weights` is a block of each of P panels, as UnpackedBlocks has them.

// Adds the products of codes k of P panels with four activations to their sums, which begin with
// the first ones.
template <typename Sums, bool isFirst, size_t P, typename Weights>
ATTEST_INLINE void addPanels(const Weights& weights, size_t k, __m256i four, __m256i* sums) {
    if constexpr (P > 0) {
        addPanels<Sums, isFirst, P - 1>(weights, k, four, sums);
        const __m256i q = weights.codes(P - 1, k);
        if constexpr (isFirst) {
            sums[P - 1] = Sums::begun(q, four);
        } else {
            sums[P - 1] = Sums::added(sums[P - 1], q, four);
        }
    }
}

// The same with the activations of several tokens from `token` on, their n parts one by one.
template <typename Sums, bool isFirst, size_t P, size_t n, typename Weights>
ATTEST_INLINE void addParts(const Weights& weights,
                            const Activations<Sums>& x,
                            size_t token,
                            size_t b,
                            size_t k,
                            __m256i* sums) {
    if constexpr (n > 0) {
        addParts<Sums, isFirst, P, n - 1>(weights, x, token, b, k, sums);
        const __m256i four = x.four(token + (n - 1) / Sums::kParts, b, k, (n - 1) % Sums::kParts);
        addPanels<Sums, isFirst, P>(weights, k, four, sums + (n - 1) * P);
    }
}

// The same with codes k…k + run − 1.
template <typename Sums, size_t run, size_t P, size_t n, typename Weights>
ATTEST_INLINE void addRun(const Weights& weights,
                          const Activations<Sums>& x,
                          size_t token,
                          size_t b,
                          size_t k,
                          __m256i* sums) {
    if constexpr (run > 0) {
        addRun<Sums, run - 1, P, n>(weights, x, token, b, k, sums);
        addParts<Sums, run == 1, P, n>(weights, x, token, b, k + run - 1, sums);
    }
}

// Makes 32 bits of the n sums of a run and adds them to `out`, which begins with the first ones.
template <typename Sums, bool isFirst, size_t P, size_t n>
ATTEST_INLINE void endRun(const __m256i* sums, __m256i* out) {
    if constexpr (n > 0) {
        endRun<Sums, isFirst, P, n - 1>(sums, out);
        constexpr size_t kPart = (n - 1) / P % Sums::kParts;
        __m256i& to = out[(n - 1) / P / Sums::kParts * P + (n - 1) % P];
        const __m256i sum = Sums::template ended<kPart>(sums[n - 1]);
        to = isFirst && kPart == 0 ? sum : _mm256_add_epi32(to, sum);
    }
}

// A run with `groups` groups of tokens, one after the other.
template <typename Sums,
          bool isFirst,
          size_t run,
          size_t P,
          size_t together,
          size_t groups,
          typename Weights>
ATTEST_INLINE void
addGroups(const Weights& weights, const Activations<Sums>& x, size_t b, size_t k, __m256i* out) {
    if constexpr (groups > 0) {
        addGroups<Sums, isFirst, run, P, together, groups - 1>(weights, x, b, k, out);
        constexpr size_t kParts = together * Sums::kParts;
        constexpr size_t kToken = (groups - 1) * together;
        __m256i sums[kParts * P];
        addRun<Sums, run, P, kParts>(weights, x, kToken, b, k, sums);
        endRun<Sums, isFirst, P, kParts * P>(sums, out + kToken * P);
    }
}

// `runs` runs from code `first` on.
template <typename Sums,
          size_t runs,
          size_t run,
          size_t P,
          size_t together,
          size_t groups,
          typename Weights>
ATTEST_INLINE void
addRuns(const Weights& weights, const Activations<Sums>& x, size_t b, size_t first, __m256i* out) {
    if constexpr (runs > 0) {
        addRuns<Sums, runs - 1, run, P, together, groups>(weights, x, b, first, out);
        addGroups<Sums, runs == 1, run, P, together, groups>(
            weights, x, b, first + (runs - 1) * run, out);
    }
}

// Exact integer products of codes first…last − 1 of a block of P panels with N tokens, without the
// bias: of panel p with token t in out[t * P + p].
template <typename Sums, size_t first, size_t last, size_t P, size_t N, typename Weights>
ATTEST_INLINE void
dots(const Weights& weights, const Activations<Sums>& x, size_t b, __m256i* out) {
    constexpr size_t kRun = Sums::kRun < last - first ? Sums::kRun : last - first;
    // Where a run is long, the sums of all tokens go along; else those of one token at a time, so
    // that there are registers enough.
    constexpr size_t kTogether = kRun > 2 ? N : 1;
    addRuns<Sums, (last - first) / kRun, kRun, P, kTogether, N / kTogether>(
        weights, x, b, first, out);
}

// A token's factors for part `half` of a block: its scale, its sum times it, and what the bias of
// the weights adds to every product.
struct TokenFactors {
    __m256 d;
    __m256 dSum;
    __m256i biased;
};

template <QuantForm form, size_t half>
ATTEST_INLINE TokenFactors tokenFactors(const ActivationBlock& block, int bias) {
    const int sum = form.hasHalves ? block.halfSums[half] : block.halfSums[0] + block.halfSums[1];
    TokenFactors token;
    token.d = _mm256_set1_ps(block.d);
    token.biased = _mm256_set1_epi32(bias * sum);
    token.dSum = _mm256_setzero_ps();
    if constexpr (form.hasMinima) {
        token.dSum = form.hasHalves ? _mm256_mul_ps(token.d, _mm256_set1_ps(float(sum)))
                                    : _mm256_set1_ps(block.dSum);
    }
    return token;
}

// Adds a token's products with P panels to its sums.
template <QuantForm form, size_t half, size_t P, typename Weights>
ATTEST_INLINE void
scalePanels(const Weights& weights, const TokenFactors& token, const __m256i* exact, __m256* acc) {
    if constexpr (P > 0) {
        scalePanels<form, half, P - 1>(weights, token, exact, acc);
        const __m256* factors = weights.factors(P - 1);
        const __m256i dot = _mm256_sub_epi32(exact[P - 1], token.biased);
        __m256& to = acc[P - 1];
        to = _mm256_fmadd_ps(_mm256_mul_ps(factors[half], token.d), _mm256_cvtepi32_ps(dot), to);
        if constexpr (form.hasMinima) {
            to = _mm256_fnmadd_ps(factors[kScales<form> + half], token.dSum, to);
        }
    }
}

template <typename Sums, QuantForm form, size_t half, size_t P, size_t N, typename Weights>
ATTEST_INLINE void scaleTokens(const Weights& weights,
                               int bias,
                               const Activations<Sums>& x,
                               size_t b,
                               const __m256i* exact,
                               __m256* acc) {
    if constexpr (N > 0) {
        scaleTokens<Sums, form, half, P, N - 1>(weights, bias, x, b, exact, acc);
        scalePanels<form, half, P>(weights,
                                   tokenFactors<form, half>(x.block(N - 1, b), bias),
                                   exact + (N - 1) * P,
                                   acc + (N - 1) * P);
    }
}

// Adds part `half` (or all, where a block has one scale) of block b of P panels to the sums of N
// tokens.
template <typename Sums, QuantForm form, size_t half, size_t P, size_t N, typename Weights>
ATTEST_INLINE void
addPart(const Weights& weights, int bias, const Activations<Sums>& x, size_t b, __m256* acc) {
    constexpr size_t kFirst = 4 * half;
    constexpr size_t kLast = form.hasHalves ? kFirst + 4 : 8;
    __m256i exact[N * P];
    dots<Sums, kFirst, kLast, P, N>(weights, x, b, exact);
    scaleTokens<Sums, form, half, P, N>(weights, bias, x, b, exact, acc);
}

template <typename Sums, QuantForm form, size_t P, size_t N, typename Weights>
ATTEST_INLINE void
addBlock(const Weights& weights, int bias, const Activations<Sums>& x, size_t b, __m256* acc) {
    addPart<Sums, form, 0, P, N>(weights, bias, x, b, acc);
    if constexpr (form.hasHalves) {
        addPart<Sums, form, 1, P, N>(weights, bias, x, b, acc);
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
    copy<N * P>(sums, acc);
    for (size_t b = 0; b < count; ++b) {
        ahead.fetch();
        addBlock<Sums, form, P, N>(UnpackedBlocks<form>{panel + b, panelStride}, bias, x, b, acc);
    }
    copy<N * P>(acc, sums);
}

} // namespace

} // namespace attest::engine::avx2
