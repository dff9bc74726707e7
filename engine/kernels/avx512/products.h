// Products of panels with tokens. Only for files compiled for AVX-512.
//
// A token's four activations are broadcast and multiplied by a panel's. vpdpbusd multiplies
// unsigned by signed bytes: the weights' integers have a bias added, and the sum starts at −bias
// times the sum of the activations, which makes it exact.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/avx512/panel.h"
#include "engine/kernels/avx512/passes.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

// Where the sums of a block of up to 16 tokens start, see above; one number or one for each half.
struct BiasTile {
    int part[2][kFewTokens];
};

// sum + products of four weights of each row with four activations. As an instruction, because the
// compiler does not know that it can broadcast what it reads.
ATTEST_INLINE __m512i addFour(__m512i sum, __m512i w, const int8_t* activations) {
    struct Four {
        int8_t q[4];
    };

    __asm__("vpdpbusd %2%{1to16%}, %1, %0"
            : "+v"(sum)
            : "v"(w), "m"(*reinterpret_cast<const Four*>(activations)));
    return sum;
}

class Arithmetic {
public:
    static constexpr PanelForm kForm = kBiased;
    static constexpr size_t kInputBytes = sizeof(BiasTile);
    static constexpr size_t kPanelsTogether = 2;

    struct Input {
        const ActivationBlock* x;
        size_t xStride;
        const BiasTile* biases;
        size_t firstBias;

        Input at(size_t token, size_t block) const {
            return {x + token * xStride + block, xStride, biases + block, firstBias + token};
        }
    };

    explicit Arithmetic(int bias) : bias_(bias) {}

    template <QuantForm form>
    Input prepare(const ActivationBlock* x,
                  size_t xStride,
                  size_t tokens,
                  size_t blocks,
                  unsigned char* room) {
        BiasTile* biases = reinterpret_cast<BiasTile*>(room);
        for (size_t t = 0; t < tokens; ++t) {
            for (size_t b = 0; b < blocks; ++b) {
                const int32_t* sums = x[t * xStride + b].halfSums;
                if constexpr (form.hasHalves) {
                    biases[b].part[0][t] = -bias_ * sums[0];
                    biases[b].part[1][t] = -bias_ * sums[1];
                } else {
                    biases[b].part[0][t] = -bias_ * (sums[0] + sums[1]);
                }
            }
        }
        return {x, xStride, biases, 0};
    }

    // Adds `count` blocks to the sums of N tokens, in order.
    template <QuantForm form, size_t N>
    void accumulate(const PanelBlock<form>* panel,
                    size_t count,
                    const Input& input,
                    __m512* sums,
                    ReadAhead ahead) {
        constexpr size_t kTogether = N < 8 ? N : 8;
        __m512 acc[N];
#pragma GCC unroll 16
        for (size_t t = 0; t < N; ++t) {
            acc[t] = sums[t];
        }
        for (size_t b = 0; b < count; ++b) {
            ahead.fetch();
            const PanelBlock<form>& w = panel[b];
            const auto codes = [&](size_t k) __attribute__((always_inline)) {
                return w.q[k];
            };
#pragma GCC unroll 2
            for (size_t t = 0; t < N; t += kTogether) {
                addBlock<form, kTogether>(codes, w.factors, input.at(t, b), acc + t);
            }
        }
#pragma GCC unroll 16
        for (size_t t = 0; t < N; ++t) {
            sums[t] = acc[t];
        }
    }

    // The same with two panels, `stride` blocks apart, to the sums of one and then of the other.
    // They share the activations' broadcasts, and sixteen sums are under way instead of eight: half
    // the loads. ms for 512 tokens, two layers of 1B, two threads of a Zen 5: Q8_0 104 with one
    // panel, 92 with two; Q4_0 102 and 90, Q4_K 113 and 99, Q6_K 121 and 109.
    template <QuantForm form, size_t N>
    void accumulateTwo(const PanelBlock<form>* panels,
                       size_t stride,
                       size_t count,
                       const Input& input,
                       __m512* sums) {
        for (size_t b = 0; b < count; ++b) {
            const PanelBlock<form>* w = panels + b;
            addPartOfTwo<form, 0, N>(w[0], w[stride], input.at(0, b), sums);
            if constexpr (form.hasHalves) {
                addPartOfTwo<form, 1, N>(w[0], w[stride], input.at(0, b), sums);
            }
        }
    }

    // N = 8, 4, 2, 1.
    template <typename Tile>
    void forTokens(size_t tokens, const Tile& tile) {
        size_t token = 0;
        for (; token + 8 <= tokens; token += 8) {
            tile.template operator()<8>(token);
        }
        if (token + 4 <= tokens) {
            tile.template operator()<4>(token);
            token += 4;
        }
        if (token + 2 <= tokens) {
            tile.template operator()<2>(token);
            token += 2;
        }
        if (token < tokens) {
            tile.template operator()<1>(token);
        }
    }

    // Adds a block to the sums of N tokens, at most eight. codes(k): elements 4k…4k+3 of each row;
    // factors: scales, then minima.
    template <QuantForm form, size_t N, typename Codes>
    static ATTEST_INLINE void
    addBlock(const Codes& codes, const __m512* factors, const Input& input, __m512* acc) {
        addPart<form, 0, N>(codes, factors, input, acc);
        if constexpr (form.hasHalves) {
            addPart<form, 1, N>(codes, factors, input, acc);
        }
    }

private:
    // Adds a block, or half a block, to the sums of N tokens. The tokens take turns, so that none
    // waits for its last product: a sum can be added to every fourth or fifth cycle only.
    template <QuantForm form, size_t part, size_t N, typename Codes>
    static ATTEST_INLINE void
    addPart(const Codes& codes, const __m512* factors, const Input& input, __m512* acc) {
        constexpr size_t kFirst = 4 * part;
        constexpr size_t kLast = form.hasHalves ? kFirst + 4 : 8;
        __m512i dots[N];
#pragma GCC unroll 8
        for (size_t t = 0; t < N; ++t) {
            dots[t] = _mm512_set1_epi32(input.biases->part[part][input.firstBias + t]);
        }
#pragma GCC unroll 8
        for (size_t k = kFirst; k < kLast; ++k) {
            const __m512i q = codes(k);
#pragma GCC unroll 8
            for (size_t t = 0; t < N; ++t) {
                dots[t] = addFour(dots[t], q, input.x[t * input.xStride].q + 4 * k);
            }
        }
#pragma GCC unroll 8
        for (size_t t = 0; t < N; ++t) {
            acc[t] = plusScaled<form, part>(acc[t], dots[t], factors, input.x[t * input.xStride]);
        }
    }

    template <QuantForm form, size_t part, size_t N>
    static ATTEST_INLINE void addPartOfTwo(const PanelBlock<form>& first,
                                           const PanelBlock<form>& second,
                                           const Input& input,
                                           __m512* sums) {
        constexpr size_t kFirst = 4 * part;
        constexpr size_t kLast = form.hasHalves ? kFirst + 4 : 8;
        __m512i dots[2][N];
#pragma GCC unroll 8
        for (size_t t = 0; t < N; ++t) {
            dots[0][t] = _mm512_set1_epi32(input.biases->part[part][input.firstBias + t]);
            dots[1][t] = dots[0][t];
        }
#pragma GCC unroll 8
        for (size_t k = kFirst; k < kLast; ++k) {
            const __m512i a = first.q[k];
            const __m512i b = second.q[k];
#pragma GCC unroll 8
            for (size_t t = 0; t < N; ++t) {
                int bits = 0;
                __builtin_memcpy(&bits, input.x[t * input.xStride].q + 4 * k, 4);
                const __m512i four = _mm512_set1_epi32(bits);
                dots[0][t] = _mm512_dpbusd_epi32(dots[0][t], a, four);
                dots[1][t] = _mm512_dpbusd_epi32(dots[1][t], b, four);
            }
        }
#pragma GCC unroll 8
        for (size_t t = 0; t < N; ++t) {
            const ActivationBlock& x = input.x[t * input.xStride];
            sums[t] = plusScaled<form, part>(sums[t], dots[0][t], first.factors, x);
            sums[N + t] = plusScaled<form, part>(sums[N + t], dots[1][t], second.factors, x);
        }
    }

    // sum + the products of a block, or half a block, with their scales, − minima.
    template <QuantForm form, size_t part>
    static ATTEST_INLINE __m512
    plusScaled(__m512 sum, __m512i dots, const __m512* factors, const ActivationBlock& x) {
        const __m512 d = _mm512_set1_ps(x.d);
        sum = _mm512_fmadd_ps(_mm512_mul_ps(factors[part], d), _mm512_cvtepi32_ps(dots), sum);
        if constexpr (form.hasHalves && form.hasMinima) {
            const __m512 dSum = _mm512_mul_ps(d, _mm512_set1_ps(float(x.halfSums[part])));
            sum = _mm512_fnmadd_ps(factors[2 + part], dSum, sum);
        } else if constexpr (form.hasMinima) {
            sum = _mm512_fnmadd_ps(factors[1], _mm512_set1_ps(x.dSum), sum);
        }
        return sum;
    }

    int bias_;
};

} // namespace

} // namespace attest::engine::avx512
