// Products of quantized weights with few tokens, 3 to 16, on AMX. A product is a tile of 16 rows of
// weights, 32 columns deep, times a tile of the tokens' activations, and what comes out of it has
// the tokens side by side. So the weights need not be turned: they go into tiles as they lie, or
// after their bits were spread over bytes row by row. (The other way round, amx/multiply.cpp, the
// panels take longer to unpack than all else takes together.)
//
// As in avx512/rows.cpp, the memory must never wait: while sixteen rows are multiplied, the next
// sixteen are fetched into the second cache, in the order in which they lie, a few lines at a time.
#include "engine/kernels/amx/amx.h"
#include "engine/kernels/amx/batch_types.h"
#include "engine/kernels/amx/tiles.h"
#include "engine/kernels/avx512/avx512.h"
#include "engine/kernels/avx512/gather.h"
#include "engine/kernels/avx512/panel.h"

#include <immintrin.h>
#include <stddef.h>

namespace attest::engine::amx {

namespace {

using avx512::gather16;
using avx512::gather32;
using avx512::PanelRows;

// How far ahead of what is multiplied, beside a panel, lines are fetched the first time; a second
// time without this. GB/s of one thread with eight tokens and 2,048 columns, of a plain read's 16:
// Q8_0 11.0 and Q4_0 7.7 with both; 10.3 and 7.3 with the second alone.
constexpr size_t kAhead = 3072;

// The same block of kLanes tokens (8 or 16); for tokens that are not there the first one stands. A
// register holds 16 tokens, or 8 tokens twice, for two rows.
template <size_t kLanes>
struct alignas(64) TokenBlock {
    int8_t q[8][kLanes][4];
    float d[16];
    float dSum[16];
};

// Weights of a panel, a whole one.
template <QuantIndex type, size_t kLanes>
class Panel {
    using T = Type<type>;
    using F = Factors<T::kParts, T::kHasMinima>;
    static constexpr size_t kPartsOfGroup = kGroup * T::kParts;
    static constexpr size_t kSums = kLanes; // registers: 16 rows · kLanes / 16

public:
    Panel(const TokenBlock<kLanes>* x, size_t blocks) : x_(x), blocks_(blocks) {
        if constexpr (kLanes == 8) {
            for (int p = 0; p < 8; ++p) {
                const __m512i odd = _mm512_set1_epi32(2 * p + 1);
                pair_[p] = _mm512_mask_set1_epi32(odd, 0x00FF, 2 * p);
            }
        }
    }

    // sums[r] or, of 8 tokens, of two rows.
    void multiply(const Weights& rows, const unsigned char* next, __m512* sums) {
        next_ = next;
        rows_ = rows;
        __m512 acc[kSums];
#pragma GCC unroll 16
        for (size_t i = 0; i < kSums; ++i) {
            acc[i] = _mm512_setzero_ps();
        }
        const size_t groups = (blocks_ + kGroup - 1) / kGroup;
        const size_t lines = kPanelRows * rows.rowBytes / 64 / (groups * kPartsOfGroup) + 1;
        prepare(0);
        start(0);
        for (size_t g = 0; g < groups; ++g) {
            // The last time the same once more, which nobody looks at.
            const size_t following = g + 1 < groups ? g + 1 : g;
            if (g + 1 < groups) {
                prepare(g + 1);
            }
            store();
            if constexpr (T::kParts == 1) {
                part<0>(g, following, lines, acc);
                part<1>(g, following, lines, acc);
                part<2>(g, following, lines, acc);
                part<3>(g, following, lines, acc);
            } else {
                part<0>(g, g, lines, acc);
                part<1>(g, g, lines, acc);
                part<2>(g, g, lines, acc);
                part<3>(g, g, lines, acc);
                store();
                part<4>(g, following, lines, acc);
                part<5>(g, following, lines, acc);
                part<6>(g, following, lines, acc);
                part<7>(g, following, lines, acc);
            }
        }
#pragma GCC unroll 16
        for (size_t i = 0; i < kSums; ++i) {
            sums[i] = acc[i];
        }
    }

private:
    ATTEST_INLINE void prepare(size_t group) {
        const size_t left = blocks_ - group * kGroup;
        const size_t count = left < kGroup ? left : kGroup;
        if (group % T::kStep == 0) {
            T::scales(rows_, group, count, factors_ + group % 4);
        }
        T::unpack(rows_, group, count, codes_[group % 2]);
    }

    // Where the last group is not whole, its last block stands for those that are not there.
    template <int tile>
    ATTEST_INLINE void startPart(size_t group, size_t part) {
        const size_t h = part % T::kParts;
        const size_t first = group * kGroup;
        const size_t wanted = part / T::kParts;
        const size_t b = first + wanted < blocks_ ? wanted : blocks_ - 1 - first;
        const TokenBlock<kLanes>& x = x_[first + b];
        if constexpr (T::kIsDirect) {
            startProduct<tile>(
                rows_.w + first * T::kBlockBytes + T::place(b), rows_.rowBytes, x.q, kLanes * 4);
        } else {
            startProduct<tile>(
                codes_[group % 2].q[0][0] + T::place(b) + 16 * h, 64, x.q[4 * h], kLanes * 4);
        }
    }

    ATTEST_INLINE void start(size_t group) {
        startPart<0>(group, 0);
        startPart<1>(group, 1);
        startPart<2>(group, 2);
        startPart<3>(group, 3);
    }

    ATTEST_INLINE void store() {
        storeProduct<0>(dots_[0], kLanes * 4);
        storeProduct<1>(dots_[1], kLanes * 4);
        storeProduct<2>(dots_[2], kLanes * 4);
        storeProduct<3>(dots_[3], kLanes * 4);
    }

    template <size_t kPart>
    ATTEST_INLINE void part(size_t group, size_t following, size_t lines, __m512* acc) {
        startPart<kPart % 4>(following, (kPart + 4) % kPartsOfGroup);
        for (size_t i = 0; i < lines; ++i) {
            _mm_prefetch(next_ + kAhead, _MM_HINT_T1);
            _mm_prefetch(next_, _MM_HINT_T1);
            next_ += 64;
        }
        if (group * kGroup + kPart / T::kParts < blocks_) {
            add(group, kPart, dots_[kPart % 4], acc);
        }
    }

    ATTEST_INLINE void add(size_t group, size_t part, const int32_t* dots, __m512* acc) {
        const size_t b = part / T::kParts;
        const TokenBlock<kLanes>& x = x_[group * kGroup + b];
        const F& f = factors_[group % 4];
        const __m512 d = _mm512_load_ps(x.d);
        if constexpr (kLanes == 16) {
#pragma GCC unroll 16
            for (size_t r = 0; r < 16; ++r) {
                const __m512 scale = _mm512_mul_ps(d, _mm512_set1_ps(f.scale[part][r]));
                const __m512 dot = _mm512_cvtepi32_ps(_mm512_load_si512(dots + 16 * r));
                acc[r] = _mm512_fmadd_ps(scale, dot, acc[r]);
                if constexpr (T::kHasMinima) {
                    acc[r] = _mm512_fnmadd_ps(
                        _mm512_set1_ps(f.minimum[part][r]), _mm512_load_ps(x.dSum), acc[r]);
                }
            }
        } else {
            const __m512 scales = _mm512_load_ps(f.scale[part]);
#pragma GCC unroll 8
            for (size_t p = 0; p < 8; ++p) {
                const __m512 scale = _mm512_mul_ps(d, _mm512_permutexvar_ps(pair_[p], scales));
                const __m512 dot = _mm512_cvtepi32_ps(_mm512_load_si512(dots + 16 * p));
                acc[p] = _mm512_fmadd_ps(scale, dot, acc[p]);
                if constexpr (T::kHasMinima) {
                    const __m512 minimum =
                        _mm512_permutexvar_ps(pair_[p], _mm512_load_ps(f.minimum[part]));
                    acc[p] = _mm512_fnmadd_ps(minimum, _mm512_load_ps(x.dSum), acc[p]);
                }
            }
        }
    }

    alignas(64) int32_t dots_[4][16 * kLanes];
    Codes codes_[T::kIsDirect ? 1 : 2];
    F factors_[4];
    __m512i pair_[8];
    const TokenBlock<kLanes>* x_;
    size_t blocks_;
    Weights rows_{};
    const unsigned char* next_ = nullptr;
};

template <size_t kLanes>
void prepareTokens(const QuantMultiply& job, TokenBlock<kLanes>* out) {
    PanelRows tokens;
    for (size_t t = 0; t < 16; ++t) {
        const size_t token = t % kLanes < job.tokens ? t % kLanes : 0;
        tokens.row[t] = reinterpret_cast<const unsigned char*>(job.x + token * job.xStride);
    }
    for (size_t b = 0; b < job.blocks; ++b) {
        TokenBlock<kLanes>& block = out[b];
        const size_t offset = b * sizeof(ActivationBlock);
        static_assert(offsetof(ActivationBlock, d) == 0 && offsetof(ActivationBlock, dSum) == 4);
        __m512i head[4];
        gather16(tokens, offset, head);
        _mm512_store_si512(block.d, head[0]);
        _mm512_store_si512(block.dSum, head[1]);
        __m512i q[8]; // [k]: activations 4k…4k+3 of each token
        gather32(tokens, offset + offsetof(ActivationBlock, q), q);
        for (size_t k = 0; k < 8; ++k) {
            if constexpr (kLanes == 16) {
                _mm512_store_si512(block.q[k], q[k]);
            } else {
                _mm256_store_si256(reinterpret_cast<__m256i*>(block.q[k]),
                                   _mm512_castsi512_si256(q[k]));
            }
        }
    }
}

void configure(size_t depth, size_t lanes) {
    TileConfig config;
    config.shape(0, kPanelRows, depth);
    config.shape(1, depth / 4, lanes * 4);
    for (size_t i = 4; i < 8; ++i) {
        config.shape(i, kPanelRows, lanes * 4);
    }
    config.load();
}

template <QuantIndex type, size_t kLanes>
void multiplyLanes(const QuantMultiply& job) {
    TokenBlock<kLanes>* x = reinterpret_cast<TokenBlock<kLanes>*>(job.scratch);
    prepareTokens(job, x);
    configure(32 / Type<type>::kParts, kLanes);
    Panel<type, kLanes> panel(x, job.blocks);
    const size_t panelBytes = kPanelRows * job.rowBytes;
    const __m512 outputScale = _mm512_set1_ps(job.outputScale);
    for (size_t i = 0; i < panelBytes; i += 64) {
        _mm_prefetch(job.w + i, _MM_HINT_T1);
    }
    for (size_t first = 0; first + kPanelRows <= job.rows; first += kPanelRows) {
        const unsigned char* w = job.w + first * job.rowBytes;
        alignas(64) float sums[kPanelRows * kLanes];
        __m512 acc[kLanes];
        panel.multiply({w, job.rowBytes}, w + panelBytes, acc);
        for (size_t i = 0; i < kLanes; ++i) {
            _mm512_store_ps(sums + 16 * i, _mm512_mul_ps(acc[i], outputScale));
        }
        PanelRows from;
        for (size_t r = 0; r < kPanelRows; ++r) {
            from.row[r] = reinterpret_cast<const unsigned char*>(sums + r * kLanes);
        }
        for (size_t t = 0; t < job.tokens; t += 4) {
            __m512i turned[4];
            gather16(from, 4 * t, turned);
            for (size_t i = 0; i < 4 && t + i < job.tokens; ++i) {
                _mm512_storeu_si512(job.y + (t + i) * job.yStride + first, turned[i]);
            }
        }
    }
    _tile_release();
    const size_t whole = job.rows / kPanelRows * kPanelRows;
    if (whole < job.rows) {
        QuantMultiply rest = job;
        rest.w += whole * job.rowBytes;
        rest.y += whole;
        rest.rows -= whole;
        avx512::multiply(rest);
    }
}

template <QuantIndex type>
bool tryBatch(const QuantMultiply& job) {
    const bool isSmall = job.tokens <= 8;
    const size_t size = isSmall ? sizeof(TokenBlock<8>) : sizeof(TokenBlock<16>);
    if (job.blocks * size > kScratchBytes) {
        return false;
    }
    isSmall ? multiplyLanes<type, 8>(job) : multiplyLanes<type, 16>(job);
    return true;
}

} // namespace

bool multiplyBatch(const QuantMultiply& job) {
    switch (job.type) {
    case kQuantQ8_0:
        return tryBatch<kQuantQ8_0>(job);
    case kQuantQ4_0:
        return tryBatch<kQuantQ4_0>(job);
    case kQuantQ5_0:
        return tryBatch<kQuantQ5_0>(job);
    case kQuantQ4_K:
        return tryBatch<kQuantQ4_K>(job);
    case kQuantQ6_K:
        return tryBatch<kQuantQ6_K>(job);
    default:
        return false;
    }
}

} // namespace attest::engine::amx
