// Products of quantized weights with one token or two. They wait for the memory, so what
// counts is that the memory never waits for them.
//
// The weights are read row after row, as they lie: one stream, which the processor's own
// prefetching follows, and so do we, a little less than a page ahead. (Further ahead is slower, and
// so is reading sixteen rows side by side, as panels do.) What a row gives are the integer products
// of its blocks. They are laid down in tiles, and while the next sixteen rows are read, the tiles
// of the sixteen before are turned, so that each row has a lane, and scaled and added in the order
// of the blocks.
#include "engine/kernels/always_inline.h"
#include "engine/kernels/avx512/avx512.h"
#include "engine/kernels/avx512/gather.h"
#include "engine/kernels/avx512/panel.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

constexpr size_t kMostTokens = 2; // that there is code for

// Bytes ahead, to the second and to the first cache. GB/s of two threads with 2,048 columns in
// pages of 2 MiB, where a plain read gets 30: Q8_0 28.4 with both, 27.0 with the first alone;
// Q4_0 26.2 and 24.3.
constexpr size_t kAhead = 3072;
constexpr size_t kNear = 768;

template <size_t bytes>
ATTEST_INLINE void readAhead(const unsigned char* w) {
#pragma GCC unroll 16
    for (size_t at = 0; at < bytes; at += 64) {
        _mm_prefetch(w + kAhead + at, _MM_HINT_T1);
        _mm_prefetch(w + kNear + at, _MM_HINT_T0);
    }
}

// In each 128-bit lane: [a0 + a2, b0 + b2, a1 + a3, b1 + b3].
ATTEST_INLINE __m512i addQuarters(__m512i a, __m512i b) {
    return _mm512_add_epi32(_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
}

// Element j of each 128-bit lane is the sum of that lane of v[j].
ATTEST_INLINE __m512i sumLanes(const __m512i v[4]) {
    const __m512i a = addQuarters(v[0], v[1]);
    const __m512i b = addQuarters(v[2], v[3]);
    return _mm512_add_epi32(_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b));
}

ATTEST_INLINE __m512i load64(const void* p) {
    return _mm512_loadu_si512(p);
}

ATTEST_INLINE __m512i dot(__m512i sum, __m512i w, const int8_t* x) {
    return _mm512_dpbusd_epi32(sum, w, load64(x));
}

ATTEST_INLINE __m512 addScaled(__m512 acc, __m512 scale, __m512i dots, float d) {
    return _mm512_fmadd_ps(_mm512_mul_ps(scale, _mm512_set1_ps(d)), _mm512_cvtepi32_ps(dots), acc);
}

// The lower halves of the lanes as f16.
ATTEST_INLINE __m512 lowHalves(__m512i words) {
    return _mm512_cvtph_ps(_mm512_cvtepi32_epi16(words));
}

// The activations of a step, in the order in which the weights' integers come out of a row, and
// what the products begin with: −bias · (sum of the activations).
template <size_t blocks>
struct alignas(64) Activations {
    int8_t q[blocks * 32];
    int32_t start[16];
};

// dwords 0…3 from `first` on of 16 rows of `width` dwords: out[k] has dword k of each row.
template <size_t width>
ATTEST_INLINE void turn(const int32_t* rows, size_t first, __m512i out[4]) {
    PanelRows from;
#pragma GCC unroll 16
    for (size_t r = 0; r < kPanelRows; ++r) {
        from.row[r] = reinterpret_cast<const unsigned char*>(rows + r * width + first);
    }
    gather16(from, 0, out);
}

// A type has
//   kBlocks, kBytes    of a step; the last one of a row may be shorter where kMayEnd
//   Input, Tile        what prepare() and read() write
//   kItems             parts of a tile that add() takes
//   prepare            of `count` blocks, the others as zeros
//   read               a step of row `row` of a panel
//   readEnd            the same of `count` < kBlocks blocks
//   add                an item of a tile with `count` blocks to the sums of 16 rows
template <QuantIndex type>
struct Rows;

// Types of 32 elements with a scale at the beginning: a step is 16 blocks, an item 4.
template <typename Codes>
struct SimpleRows {
    static constexpr size_t kBlocks = 16;
    static constexpr size_t kBytes = 16 * Codes::kBlockBytes;
    static constexpr bool kMayEnd = true;
    static constexpr size_t kItems = 4;

    using Input = Activations<kBlocks>;

    struct alignas(64) Tile {
        int32_t dots[kPanelRows][16]; // [row][block]
        uint16_t scales[16][kPanelRows];
    };

    static void prepare(Input& input, const ActivationBlock* x, size_t count) {
        Codes::order(input.q, x, count);
        for (size_t b = 0; b < 16; ++b) {
            input.start[b] = b < count ? x[b].biasedSum * Codes::kBias / 128 : 0; // exact
        }
    }

    static ATTEST_INLINE void
    read(const unsigned char* w, const Input& input, Tile& tile, size_t row) {
        const auto block = [w](size_t b) {
            return w + b * Codes::kBlockBytes;
        };
        const __m512i dots = Codes::dots(block, input.q);
        _mm512_store_si512(tile.dots[row], _mm512_add_epi32(dots, load64(input.start)));
#pragma GCC unroll 16
        for (size_t b = 0; b < 16; ++b) {
            __builtin_memcpy(&tile.scales[b][row], block(b), 2);
        }
    }

    // Blocks after the last are the last once more, times zero.
    static void
    readEnd(const unsigned char* w, size_t count, const Input& input, Tile& tile, size_t row) {
        const auto block = [w, count](size_t b) {
            return w + (b < count ? b : count - 1) * Codes::kBlockBytes;
        };
        const __m512i dots = Codes::dots(block, input.q);
        _mm512_store_si512(tile.dots[row], _mm512_add_epi32(dots, load64(input.start)));
        for (size_t b = 0; b < count; ++b) {
            __builtin_memcpy(&tile.scales[b][row], block(b), 2);
        }
    }

    static ATTEST_INLINE __m512
    add(const Tile& tile, size_t item, size_t count, const ActivationBlock* x, __m512 acc) {
        __m512i dots[4];
        turn<16>(tile.dots[0], 4 * item, dots);
#pragma GCC unroll 4
        for (size_t i = 0; i < 4; ++i) {
            const size_t b = 4 * item + i;
            if (b < count) {
                const __m512 scale = _mm512_cvtph_ps(
                    _mm256_load_si256(reinterpret_cast<const __m256i*>(tile.scales[b])));
                acc = addScaled(acc, scale, dots[i], x[b].d);
            }
        }
        return acc;
    }
};

struct CodesQ8_0 {
    static constexpr size_t kBlockBytes = 34;
    static constexpr int kBias = 128;

    // Two blocks to a register, so that sums come out in order.
    static constexpr size_t first(size_t j) { return j < 4 ? j : j + 4; }

    static void order(int8_t* out, const ActivationBlock* x, size_t count) {
        for (size_t j = 0; j < 8; ++j) {
            for (size_t i = 0; i < 2; ++i) {
                const size_t b = first(j) + 4 * i;
                b < count ? __builtin_memcpy(out + 64 * j + 32 * i, x[b].q, 32)
                          : __builtin_memset(out + 64 * j + 32 * i, 0, 32);
            }
        }
    }

    template <typename BlockAt>
    static ATTEST_INLINE __m512i dots(const BlockAt& block, const int8_t* x) {
        __m512i v[8];
#pragma GCC unroll 8
        for (size_t j = 0; j < 8; ++j) {
            const __m512i q =
                _mm512_inserti64x4(_mm512_castsi256_si512(load32(block(first(j)) + 2)),
                                   load32(block(first(j) + 4) + 2),
                                   1);
            const __m512i biased = _mm512_xor_si512(q, _mm512_set1_epi8(-128)); // + 128
            v[j] = dot(_mm512_setzero_si512(), biased, x + 64 * j);
        }
        const __m512i a = sumLanes(v);
        const __m512i b = sumLanes(v + 4);
        return _mm512_add_epi32(_mm512_shuffle_i32x4(a, b, 0x88), _mm512_shuffle_i32x4(a, b, 0xDD));
    }
};

// Nibbles: four blocks to a register, so that sums come out in order; the lower half of a block's
// elements, then the upper.
struct NibbleOrder {
    static void order(int8_t* out, const ActivationBlock* x, size_t count) {
        for (size_t j = 0; j < 4; ++j) {
            for (size_t lane = 0; lane < 4; ++lane) {
                const size_t b = j + 4 * lane;
                for (size_t half = 0; half < 2; ++half) {
                    int8_t* to = out + 128 * j + 64 * half + 16 * lane;
                    b < count ? __builtin_memcpy(to, x[b].q + 16 * half, 16)
                              : __builtin_memset(to, 0, 16);
                }
            }
        }
    }

    // The 16 bytes at `offset` of the four blocks of register j.
    template <typename BlockAt>
    static ATTEST_INLINE __m512i nibbles(const BlockAt& block, size_t j, size_t offset) {
        __m512i q = _mm512_castsi128_si512(load16(block(j) + offset));
        q = _mm512_inserti32x4(q, load16(block(j + 4) + offset), 1);
        q = _mm512_inserti32x4(q, load16(block(j + 8) + offset), 2);
        return _mm512_inserti32x4(q, load16(block(j + 12) + offset), 3);
    }
};

struct CodesQ4_0 : NibbleOrder {
    static constexpr size_t kBlockBytes = 18;
    static constexpr int kBias = 8;

    template <typename BlockAt>
    static ATTEST_INLINE __m512i dots(const BlockAt& block, const int8_t* x) {
        __m512i v[4];
#pragma GCC unroll 4
        for (size_t j = 0; j < 4; ++j) {
            const __m512i q = nibbles(block, j, 2);
            v[j] = dot(_mm512_setzero_si512(), lowNibbles(q), x + 128 * j);
            v[j] = dot(v[j], highNibbles(q), x + 128 * j + 64);
        }
        return sumLanes(v);
    }
};

struct CodesQ5_0 : NibbleOrder {
    static constexpr size_t kBlockBytes = 22;
    static constexpr int kBias = 16;

    // The fifth bits, two bytes at `offset`, of the four blocks of register j.
    template <typename BlockAt>
    static ATTEST_INLINE __mmask64 fifth(const BlockAt& block, size_t j, size_t offset) {
        uint64_t bits = 0;
#pragma GCC unroll 4
        for (size_t lane = 0; lane < 4; ++lane) {
            uint16_t some = 0;
            __builtin_memcpy(&some, block(j + 4 * lane) + offset, 2);
            bits |= uint64_t(some) << (16 * lane);
        }
        return bits;
    }

    template <typename BlockAt>
    static ATTEST_INLINE __m512i dots(const BlockAt& block, const int8_t* x) {
        const __m512i sixteen = _mm512_set1_epi8(16);
        __m512i v[4];
#pragma GCC unroll 4
        for (size_t j = 0; j < 4; ++j) {
            const __m512i q = nibbles(block, j, 6);
            const __m512i low = lowNibbles(q);
            const __m512i high = highNibbles(q);
            v[j] = dot(_mm512_setzero_si512(),
                       _mm512_mask_add_epi8(low, fifth(block, j, 2), low, sixteen),
                       x + 128 * j);
            v[j] = dot(v[j],
                       _mm512_mask_add_epi8(high, fifth(block, j, 4), high, sixteen),
                       x + 128 * j + 64);
        }
        return sumLanes(v);
    }
};

template <>
struct Rows<kQuantQ5_0> : SimpleRows<CodesQ5_0> {};

template <>
struct Rows<kQuantQ8_0> : SimpleRows<CodesQ8_0> {};

template <>
struct Rows<kQuantQ4_0> : SimpleRows<CodesQ4_0> {};

template <>
struct Rows<kQuantQ4_K> {
    static constexpr size_t kBlocks = 8;
    static constexpr size_t kBytes = 144;
    static constexpr bool kMayEnd = false;
    static constexpr size_t kItems = 1;

    // The order in which the blocks come out of a row.
    static constexpr size_t kOrder[8] = {0, 1, 4, 5, 2, 3, 6, 7};

    using Input = Activations<kBlocks>;

    struct alignas(64) Tile {
        int32_t dots[kPanelRows][8];
        int32_t heads[kPanelRows][4]; // d and dmin; the twelve bytes of scales and minima
    };

    static void prepare(Input& input, const ActivationBlock* x, size_t) {
        for (size_t j = 0; j < 4; ++j) {
            __builtin_memcpy(input.q + 64 * j, x[kOrder[j]].q, 32);
            __builtin_memcpy(input.q + 64 * j + 32, x[kOrder[4 + j]].q, 32);
        }
    }

    static ATTEST_INLINE void
    read(const unsigned char* w, const Input& input, Tile& tile, size_t row) {
        __m512i v[4];
#pragma GCC unroll 2
        for (size_t j = 0; j < 2; ++j) {
            const __m512i q = load64(w + 16 + 64 * j);
            v[2 * j] = dot(_mm512_setzero_si512(), lowNibbles(q), input.q + 128 * j);
            v[2 * j + 1] = dot(_mm512_setzero_si512(), highNibbles(q), input.q + 128 * j + 64);
        }
        const __m512i parts = sumLanes(v);
        const __m512i dots = _mm512_add_epi32(_mm512_shuffle_i32x4(parts, parts, 0x08),
                                              _mm512_shuffle_i32x4(parts, parts, 0x0D));
        _mm256_store_si256(reinterpret_cast<__m256i*>(tile.dots[row]),
                           _mm512_castsi512_si256(dots));
        _mm_store_si128(reinterpret_cast<__m128i*>(tile.heads[row]), load16(w));
    }

    static ATTEST_INLINE __m512
    add(const Tile& tile, size_t, size_t, const ActivationBlock* x, __m512 acc) {
        __m512i head[4];
        turn<4>(tile.heads[0], 0, head);
        __m512i dots[8];
        turn<8>(tile.dots[0], 0, dots);
        turn<8>(tile.dots[0], 4, dots + 4);
        const __m512 d = lowHalves(head[0]);
        const __m512 dMin = lowHalves(_mm512_srli_epi32(head[0], 16));
        const __m512i six = _mm512_set1_epi32(0x3F3F3F3F);
        const __m512i two = _mm512_set1_epi32(0x30303030);
        const __m512i scales[2] = {
            _mm512_and_si512(head[1], six),
            _mm512_or_si512(lowNibbles(head[3]),
                            _mm512_and_si512(_mm512_srli_epi32(head[1], 2), two))};
        const __m512i minima[2] = {
            _mm512_and_si512(head[2], six),
            _mm512_or_si512(highNibbles(head[3]),
                            _mm512_and_si512(_mm512_srli_epi32(head[2], 2), two))};
#pragma GCC unroll 8
        for (unsigned b = 0; b < 8; ++b) {
            const unsigned from = (b & 1U) | (b & 2U) << 1U | (b & 4U) >> 1U; // kOrder[from] == b
            const __m512 scale = _mm512_mul_ps(d, _mm512_cvtepi32_ps(byteOf(scales[b / 4], b % 4)));
            const __m512 minimum =
                _mm512_mul_ps(dMin, _mm512_cvtepi32_ps(byteOf(minima[b / 4], b % 4)));
            acc = addScaled(acc, scale, dots[from], x[b].d);
            acc = _mm512_fnmadd_ps(minimum, _mm512_set1_ps(x[b].dSum), acc);
        }
        return acc;
    }
};

template <>
struct Rows<kQuantQ6_K> {
    static constexpr size_t kBlocks = 8;
    static constexpr size_t kBytes = 210;
    static constexpr bool kMayEnd = false;
    static constexpr size_t kItems = 1;

    using Input = Activations<kBlocks>;

    // Half h of block b is number 2b + h; number 4j + l comes out of a row at place 4l + j.
    struct alignas(64) Tile {
        int32_t dots[kPanelRows][16];
        int32_t scales[kPanelRows][4]; // sixteen bytes
        uint16_t d[kPanelRows];
    };

    static void prepare(Input& input, const ActivationBlock* x, size_t) {
        for (size_t b = 0; b < 8; ++b) {
            __builtin_memcpy(input.q + 32 * b, x[b].q, 32);
            for (size_t h = 0; h < 2; ++h) {
                const size_t number = 2 * b + h;
                input.start[number % 4 * 4 + number / 4] = x[b].biasedHalfs[h] / 4; // exact
            }
        }
    }

    static ATTEST_INLINE void
    read(const unsigned char* w, const Input& input, Tile& tile, size_t row) {
        const __m512i upperBits = _mm512_set1_epi8(0x30);
        const __m512i left = _mm512_inserti64x4(_mm512_set1_epi16(4), _mm256_set1_epi16(2), 1);
        const __m512i right = _mm512_inserti64x4(_mm512_setzero_si512(), _mm256_set1_epi16(2), 1);
        __m512i v[4];
#pragma GCC unroll 2
        for (size_t half = 0; half < 2; ++half) {
            const __m512i low = load64(w + 64 * half);
            const __m512i high = _mm512_broadcast_i64x4(load32(w + 128 + 32 * half));
            // nibbles | (upper & upperBits)
            const __m512i first = _mm512_ternarylogic_epi32(
                lowNibbles(low), _mm512_sllv_epi16(high, left), upperBits, 0xF8);
            const __m512i second = _mm512_ternarylogic_epi32(
                highNibbles(low), _mm512_srlv_epi16(high, right), upperBits, 0xF8);
            v[2 * half] = dot(_mm512_setzero_si512(), first, input.q + 128 * half);
            v[2 * half + 1] = dot(_mm512_setzero_si512(), second, input.q + 128 * half + 64);
        }
        _mm512_store_si512(tile.dots[row], _mm512_add_epi32(sumLanes(v), load64(input.start)));
        _mm_store_si128(reinterpret_cast<__m128i*>(tile.scales[row]), load16(w + 192));
        __builtin_memcpy(&tile.d[row], w + 208, 2);
    }

    static ATTEST_INLINE __m512
    add(const Tile& tile, size_t, size_t, const ActivationBlock* x, __m512 acc) {
        __m512i scales[4];
        turn<4>(tile.scales[0], 0, scales);
        const __m512 d =
            _mm512_cvtph_ps(_mm256_load_si256(reinterpret_cast<const __m256i*>(tile.d)));
        __m512i dots[4][4];
#pragma GCC unroll 4
        for (size_t l = 0; l < 4; ++l) {
            turn<16>(tile.dots[0], 4 * l, dots[l]);
        }
#pragma GCC unroll 16
        for (unsigned number = 0; number < 16; ++number) {
            const __m512i byte = signedByteOf(scales[number / 4], number % 4);
            const __m512 scale = _mm512_mul_ps(d, _mm512_cvtepi32_ps(byte));
            acc = addScaled(acc, scale, dots[number % 4][number / 4], x[number / 2].d);
        }
        return acc;
    }
};

template <QuantIndex type, size_t kTokens>
void multiplyRows(const QuantMultiply& job) {
    using Type = Rows<type>;
    using Input = typename Type::Input;
    using Tile = typename Type::Tile;
    const size_t whole = job.blocks / Type::kBlocks;
    const size_t rest = job.blocks % Type::kBlocks;
    const size_t steps = whole + (rest != 0 ? 1 : 0);
    Input* inputs = reinterpret_cast<Input*>(job.scratch); // (tokens, steps), as the tiles
    Tile* tiles[2] = {reinterpret_cast<Tile*>(inputs + kTokens * steps), nullptr};
    tiles[1] = tiles[0] + kTokens * steps;
    for (size_t t = 0; t < kTokens; ++t) {
        for (size_t s = 0; s < steps; ++s) {
            const ActivationBlock* x = job.x + t * job.xStride + s * Type::kBlocks;
            Type::prepare(inputs[t * steps + s], x, s < whole ? Type::kBlocks : rest);
        }
    }
    const size_t items = steps * Type::kItems;
    const size_t panels = (job.rows + kPanelRows - 1) / kPanelRows;
    for (size_t panel = 0; panel <= panels; ++panel) {
        Tile* now = tiles[panel % 2];
        const Tile* before = tiles[1 - panel % 2];
        __m512 acc[kTokens] = {};
        for (size_t r = 0; r < kPanelRows; ++r) {
            const size_t row = panel * kPanelRows + r;
            if (row < job.rows) {
                const unsigned char* w = job.w + row * job.rowBytes;
                for (size_t s = 0; s < whole; ++s) {
                    readAhead<Type::kBytes>(w);
                    for (size_t t = 0; t < kTokens; ++t) {
                        Type::read(w, inputs[t * steps + s], now[t * steps + s], r);
                    }
                    w += Type::kBytes;
                }
                if constexpr (Type::kMayEnd) {
                    for (size_t t = 0; rest != 0 && t < kTokens; ++t) {
                        const size_t s = t * steps + whole;
                        Type::readEnd(w, rest, inputs[s], now[s], r);
                    }
                }
            }
            if (panel > 0) {
                const size_t end = items * (r + 1) / kPanelRows;
                for (size_t item = items * r / kPanelRows; item < end; ++item) {
                    const size_t s = item / Type::kItems;
                    for (size_t t = 0; t < kTokens; ++t) {
                        acc[t] = Type::add(before[t * steps + s],
                                           item % Type::kItems,
                                           s < whole ? Type::kBlocks : rest,
                                           job.x + t * job.xStride + s * Type::kBlocks,
                                           acc[t]);
                    }
                }
            }
        }
        if (panel > 0) {
            const size_t first = (panel - 1) * kPanelRows;
            const size_t left = job.rows - first;
            const __mmask16 mask =
                left >= kPanelRows ? __mmask16(0xFFFF) : __mmask16((1U << left) - 1);
            const __m512 scale = _mm512_set1_ps(job.outputScale);
            for (size_t t = 0; t < kTokens; ++t) {
                _mm512_mask_storeu_ps(
                    job.y + t * job.yStride + first, mask, _mm512_mul_ps(acc[t], scale));
            }
        }
    }
}

template <QuantIndex type>
bool tryRows(const QuantMultiply& job, size_t mostTokens) {
    using Type = Rows<type>;
    const size_t steps = (job.blocks + Type::kBlocks - 1) / Type::kBlocks;
    if (job.tokens > mostTokens || job.tokens > kMostTokens ||
        job.tokens * steps * (sizeof(typename Type::Input) + 2 * sizeof(typename Type::Tile)) >
            kScratchBytes) {
        return false;
    }
    if (job.tokens == 1) {
        multiplyRows<type, 1>(job);
    } else {
        multiplyRows<type, kMostTokens>(job);
    }
    return true;
}

} // namespace

bool multiplyByRows(const QuantMultiply& job, size_t mostTokens) {
    switch (job.type) {
    case kQuantQ8_0:
        return tryRows<kQuantQ8_0>(job, mostTokens);
    case kQuantQ4_0:
        return tryRows<kQuantQ4_0>(job, mostTokens);
    case kQuantQ5_0:
        return tryRows<kQuantQ5_0>(job, mostTokens);
    case kQuantQ4_K:
        return tryRows<kQuantQ4_K>(job, mostTokens);
    case kQuantQ6_K:
        return tryRows<kQuantQ6_K>(job, mostTokens);
    default:
        return false;
    }
}

} // namespace attest::engine::avx512
