// Products with quantized weights on AMX: a tile of up to 16 tokens times a panel of 16 rows
// (avx512/panel.h), 32 elements deep, is one instruction. It gives exact integers, which are then
// scaled and added as everywhere; so the results are those of the AVX-512 set.
//
// The integers pass through memory, as there is no other way out of a tile. Writing a tile keeps
// the processor from issuing anything else for 16 cycles and waits for the product, so four tiles
// are written in a row, and while their numbers are scaled the next four products are computed
// (alone, from the first cache: 48 cycles for a block of 16 tokens, against 64 for one at a time).
#include "engine/kernels/amx/amx.h"
#include "engine/kernels/amx/tiles.h"
#include "engine/kernels/avx512/avx512.h"
#include "engine/kernels/avx512/panel.h"
#include "engine/kernels/avx512/passes.h"

#include <immintrin.h>

namespace attest::engine::amx {

namespace {

using avx512::kPanelRows;
using avx512::PanelBlock;

constexpr size_t kTileTokens = 16;
constexpr size_t kGroup = 4; // products on their way

// A tile of fewer tokens takes as long as this many on the AVX-512 set.
constexpr size_t kLeastTokens = 9;

// Of weights in panels up to so many tokens go through registers, as on the AVX-512 set. Sixteen
// cost 2.5 single ones at 1B Q4_0 there, and 2.1 in a tile.
constexpr size_t kMostInRegisters = 8;

// Of weights in rows fewer tokens are faster one row after the other, see avx512/rows.cpp.
constexpr size_t kLeastBatch = 3;

// Tile 0 holds activations, tile 1 weights, tiles 4 to 7 products.
constexpr size_t kX = 0;
constexpr size_t kW = 1;
constexpr size_t kY = 4;

// Integer products of 32 elements, or of 16, of a tile of tokens.
struct alignas(64) Dots {
    int dot[kTileTokens][kPanelRows];
};

// A block of up to 16 tokens, close together.
struct alignas(64) TokenTile {
    int8_t q[kTileTokens][32];
    float d[kTileTokens];
    float sums[2][kTileTokens]; // what minima are multiplied by
};

// The products of one block, or of one half of it, as they stand in a sequence of such parts.
template <QuantForm form>
class Parts {
public:
    static constexpr size_t kPerBlock = avx512::kScales<form>;

    Parts(const PanelBlock<form>* panel, const TokenTile* x) : panel_(panel), x_(x) {}

    template <int tile>
    inline __attribute__((always_inline)) void start(size_t part) const {
        const size_t block = part / kPerBlock;
        const size_t half = part % kPerBlock;
        startProduct<tile>(x_[block].q[0] + 16 * half, 32, panel_[block].q + 4 * half, 64);
    }

    template <size_t N>
    inline __attribute__((always_inline)) void
    add(size_t part, const Dots& dots, __m512* acc) const {
        const size_t block = part / kPerBlock;
        const size_t half = part % kPerBlock;
        const PanelBlock<form>& w = panel_[block];
        const TokenTile& x = x_[block];
        const __m512 scale = w.factors[half];
#pragma GCC unroll 16
        for (size_t t = 0; t < N; ++t) {
            const __m512 d = _mm512_set1_ps(x.d[t]);
            const __m512 dot = _mm512_cvtepi32_ps(_mm512_load_si512(dots.dot[t]));
            acc[t] = _mm512_fmadd_ps(_mm512_mul_ps(scale, d), dot, acc[t]);
            if constexpr (form.hasMinima) {
                acc[t] = _mm512_fnmadd_ps(
                    w.factors[kPerBlock + half], _mm512_set1_ps(x.sums[half][t]), acc[t]);
            }
        }
    }

private:
    const PanelBlock<form>* panel_;
    const TokenTile* x_;
};

class Arithmetic {
public:
    static constexpr avx512::PanelForm kForm = avx512::kSigned;
    static constexpr size_t kInputBytes = sizeof(TokenTile);
    static constexpr size_t kPanelsTogether = 1;

    struct Input {
        const TokenTile* tiles;

        Input at(size_t, size_t block) const { return {tiles + block}; }
    };

    // REQUIRES: at most 16 tokens, so that there is one tile and at() is asked for token 0.
    template <QuantForm form>
    Input prepare(const ActivationBlock* x,
                  size_t xStride,
                  size_t tokens,
                  size_t blocks,
                  unsigned char* room) {
        TokenTile* tiles = reinterpret_cast<TokenTile*>(room);
        for (size_t t = 0; t < tokens; ++t) {
            for (size_t b = 0; b < blocks; ++b) {
                const ActivationBlock& block = x[t * xStride + b];
                TokenTile& tile = tiles[b];
                __builtin_memcpy(tile.q[t], block.q, 32);
                tile.d[t] = block.d;
                if constexpr (form.hasMinima && form.hasHalves) {
                    tile.sums[0][t] = block.d * float(block.halfSums[0]);
                    tile.sums[1][t] = block.d * float(block.halfSums[1]);
                } else if constexpr (form.hasMinima) {
                    tile.sums[0][t] = block.dSum;
                }
            }
        }
        return {tiles};
    }

    // depth: elements of a product.
    explicit Arithmetic(size_t depth) : depth_(depth) {}

    ~Arithmetic() { _tile_release(); }

    Arithmetic(const Arithmetic&) = delete;
    Arithmetic& operator=(const Arithmetic&) = delete;

    // N = 16, at the end what is left.
    template <typename Tile>
    void forTokens(size_t tokens, const Tile& tile) {
        size_t token = 0;
        if (tokens >= kTileTokens) {
            configure(kTileTokens);
        }
        for (; token + kTileTokens <= tokens; token += kTileTokens) {
            tile.template operator()<kTileTokens>(token);
        }
        if (token < tokens) {
            configure(tokens - token);
            rest<kTileTokens - 1>(tokens - token, token, tile);
        }
    }

    template <QuantForm form, size_t N>
    void accumulate(const PanelBlock<form>* panel,
                    size_t count,
                    const Input& input,
                    __m512* sums,
                    ReadAhead ahead) {
        const Parts<form> parts(panel, input.tiles);
        const size_t partCount = count * Parts<form>::kPerBlock;
        Dots dots[kGroup];
        __m512 acc[N];
#pragma GCC unroll 16
        for (size_t t = 0; t < N; ++t) {
            acc[t] = sums[t];
        }
        const size_t whole = partCount / kGroup * kGroup;
        if (whole > 0) {
            parts.template start<0>(0);
            parts.template start<1>(1);
            parts.template start<2>(2);
            parts.template start<3>(3);
        }
        for (size_t part = 0; part < whole; part += kGroup) {
            storeProduct<0>(&dots[0], 64);
            storeProduct<1>(&dots[1], 64);
            storeProduct<2>(&dots[2], 64);
            storeProduct<3>(&dots[3], 64);
            for (size_t b = 0; b < kGroup / Parts<form>::kPerBlock; ++b) {
                ahead.fetch();
            }
            // The last time the same products once more, which nobody looks at.
            const size_t next = part + kGroup < whole ? part + kGroup : part;
            parts.template start<0>(next);
            parts.template add<N>(part, dots[0], acc);
            parts.template start<1>(next + 1);
            parts.template add<N>(part + 1, dots[1], acc);
            parts.template start<2>(next + 2);
            parts.template add<N>(part + 2, dots[2], acc);
            parts.template start<3>(next + 3);
            parts.template add<N>(part + 3, dots[3], acc);
        }
        for (size_t part = whole; part < partCount; ++part) {
            ahead.fetch(); // of a part: rather too much
            parts.template start<0>(part);
            storeProduct<0>(&dots[0], 64);
            parts.template add<N>(part, dots[0], acc);
        }
#pragma GCC unroll 16
        for (size_t t = 0; t < N; ++t) {
            sums[t] = acc[t];
        }
    }

private:
    // Calls tile.operator()<N>(first) with N = tokens, at most the first template argument.
    template <size_t N, typename Tile>
    static void rest(size_t tokens, size_t first, const Tile& tile) {
        if (tokens == N) {
            tile.template operator()<N>(first);
        } else if constexpr (N > 1) {
            rest<N - 1>(tokens, first, tile);
        }
    }

    // The tiles of this thread, for products with `tokens` tokens.
    void configure(size_t tokens) {
        if (tokens == configured_) {
            return;
        }
        configured_ = tokens;

        TileConfig config;
        config.shape(kX, tokens, depth_);
        config.shape(kW, depth_ / 4, 64);
        for (size_t i = 0; i < kGroup; ++i) {
            config.shape(kY + i, tokens, 64);
        }
        config.load();
    }

    size_t depth_;
    size_t configured_ = 0;
};

template <QuantForm form>
void multiplyForm(const QuantMultiply& job) {
    avx512::multiplyForm<form>(Arithmetic(form.hasHalves ? 16 : 32), job);
}

// Both return false, and do nothing, for what they are not made for.
bool multiplyFew(const QuantMultiply& job) {
    return job.tokens <= kMostInRegisters && avx512::multiplyFewInPanels(job);
}

bool multiplyFewRows(const QuantMultiply& job) {
    return job.tokens < kLeastBatch ? avx512::multiplyByRows(job, kLeastBatch - 1)
                                    : job.tokens <= kTileTokens && multiplyBatch(job);
}

} // namespace

void multiply(const QuantMultiply& job) {
    if (job.isInPanels ? multiplyFew(job) : multiplyFewRows(job)) {
        return;
    }
    if (job.tokens < kLeastTokens) {
        avx512::multiply(job);
        return;
    }
    const QuantForm form = kQuantForms[job.type];
    if (form.hasHalves) {
        form.hasMinima ? multiplyForm<QuantForm{true, true}>(job)
                       : multiplyForm<QuantForm{true, false}>(job);
    } else {
        form.hasMinima ? multiplyForm<QuantForm{false, true}>(job)
                       : multiplyForm<QuantForm{false, false}>(job);
    }
}

} // namespace attest::engine::amx
