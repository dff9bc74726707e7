// Products with quantized weights: as avx512_multiply.cpp and avx512_few.cpp, with panels of eight
// rows. Written for any way of multiplying bytes, see multiplyWith(). Only for files compiled for
// AVX2.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/avx2_lanes.h"
#include "engine/kernels/avx2_panel.h"
#include "engine/kernels/avx2_types.h"
#include "engine/kernels/panel_blocks.h"
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

constexpr size_t kFewTokens = 16;
constexpr size_t kPieceBlocks = 8;    // few tokens: unpacked at a time
constexpr size_t kStretchBlocks = 32; // many tokens: unpacked at a time, of each panel of a group
constexpr size_t kGroupPanels = 16;

static_assert(sizeof(PanelBlock<QuantForm{true, true}>) * kStretchBlocks * kGroupPanels <=
              kScratchBytes);

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

// All blocks of the job's tokens; they are split into its scratch memory, see fitsScratch().
template <typename Sums>
Activations<Sums> activations(const QuantMultiply& job) {
    return activations<Sums>(
        job.x, job.xStride, job.tokens, job.blocks, reinterpret_cast<SplitBlock*>(job.scratch));
}

template <typename Sums>
bool fitsScratch(const QuantMultiply& job) {
    return Sums::kParts == 1 || job.tokens * job.blocks * sizeof(SplitBlock) <= kScratchBytes;
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
                        __m256i& sum = sums[j * P + p];
                        sum = i == 0 ? Sums::begun(codes(p, k), four)
                                     : Sums::added(sum, codes(p, k), four);
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

// As many as leave registers for the sums of two panels.
template <typename Sums>
constexpr size_t kTileTokens = 4 / Sums::kParts;

// Calls tile.operator()<N>(first) with N of kTileTokens, then of less until all tokens are done.
template <typename Sums, typename Tile>
void forTokens(size_t tokens, const Tile& tile) {
    size_t token = 0;
    if constexpr (kTileTokens<Sums> == 4) {
        for (; token + 4 <= tokens; token += 4) {
            tile.template operator()<4>(token);
        }
    }
    for (; token + 2 <= tokens; token += 2) {
        tile.template operator()<2>(token);
    }
    if (token < tokens) {
        tile.template operator()<1>(token);
    }
}

// Calls tile.operator()<P>(first) with two panels at a time, and the last one alone where there is
// one left. A register of four activations serves both, which saves loads: there are two a cycle,
// and without it every product of one register needs one.
template <typename Tile>
void forPanels(size_t rows, const Tile& tile) {
    size_t row = 0;
    for (; row + kPanelRows < rows; row += 2 * kPanelRows) {
        tile.template operator()<2>(row);
    }
    if (row < rows) {
        tile.template operator()<1>(row);
    }
}

PanelRows panelRows(const QuantMultiply& job, size_t first) {
    PanelRows rows;
    for (size_t i = 0; i < kPanelRows; ++i) {
        const size_t row = first + i < job.rows ? first + i : job.rows - 1;
        rows.row[i] = job.w + row * job.rowBytes;
    }
    return rows;
}

// Unpacks blocks of the panel that begins at row `first`.
void unpackPiece(const QuantMultiply& job, size_t first, size_t block, size_t count, void* out) {
    const PanelType& type = kPanelTypes[job.type];
    if (job.isInPanels) {
        type.unpackPanel(job.w + first * job.rowBytes, block, count, out);
    } else {
        type.unpack(panelRows(job, first), block, count, out);
    }
}

// What a tile of P panels by N tokens has come to so far.
template <size_t P, size_t N>
ATTEST_INLINE void loadSums(const QuantMultiply& job, size_t first, size_t token, __m256* sums) {
    unrolled<P>([&]<size_t p>() __attribute__((always_inline)) {
        const size_t row = first + p * kPanelRows;
        unrolled<N>([&]<size_t t>() __attribute__((always_inline)) {
            sums[t * P + p] = loadUpTo8(job.y + (token + t) * job.yStride + row, job.rows - row);
        });
    });
}

template <size_t P, size_t N>
ATTEST_INLINE void
storeSums(const QuantMultiply& job, size_t first, size_t token, const __m256* sums, float scale) {
    const __m256 scales = _mm256_set1_ps(scale);
    unrolled<P>([&]<size_t p>() __attribute__((always_inline)) {
        const size_t row = first + p * kPanelRows;
        unrolled<N>([&]<size_t t>() __attribute__((always_inline)) {
            storeUpTo8(job.y + (token + t) * job.yStride + row,
                       job.rows - row,
                       _mm256_mul_ps(sums[t * P + p], scales));
        });
    });
}

template <typename Sums, QuantForm form>
void multiplyFew(const QuantMultiply& job) {
    const PanelType& type = kPanelTypes[job.type];
    PanelBlock<form> pieces[2 * kPieceBlocks];
    const Activations<Sums> x = activations<Sums>(job);
    const size_t panelBytes = kPanelRows * job.rowBytes;
    const size_t lines = panelBytes / job.blocks / 64 + 1;
    forPanels(job.rows, [&]<size_t P>(size_t first) {
        // The next panels as one stretch of memory, see avx512_passes.h.
        const unsigned char* next = job.w + (first + P * kPanelRows) * job.rowBytes;
        __m256 sums[kFewTokens * P] = {};
        for (size_t b = 0; b < job.blocks; b += kPieceBlocks) {
            const size_t count = job.blocks - b < kPieceBlocks ? job.blocks - b : kPieceBlocks;
            for (size_t p = 0; p < P; ++p) {
                unpackPiece(job, first + p * kPanelRows, b, count, pieces + p * kPieceBlocks);
            }
            forTokens<Sums>(job.tokens, [&]<size_t N>(size_t token) {
                accumulate<Sums, form, P, N>(
                    pieces,
                    kPieceBlocks,
                    count,
                    type.bias,
                    x.from(token, b),
                    sums + token * P,
                    token == 0 ? ReadAhead(next + b * P * panelBytes / job.blocks, P * lines)
                               : ReadAhead());
            });
        }
        forTokens<Sums>(job.tokens, [&]<size_t N>(size_t token) {
            storeSums<P, N>(job, first, token, sums + token * P, job.outputScale);
        });
    });
}

template <typename Sums, QuantForm form>
void multiplyMany(const QuantMultiply& job) {
    const PanelType& type = kPanelTypes[job.type];
    PanelBlock<form>* panels = reinterpret_cast<PanelBlock<form>*>(job.scratch);
    SplitBlock split[kTileTokens<Sums> * kStretchBlocks];
    for (size_t group = 0; group < job.rows; group += kGroupPanels * kPanelRows) {
        const size_t left = job.rows - group;
        const size_t groupRows =
            left < kGroupPanels * kPanelRows ? left : kGroupPanels * kPanelRows;
        for (size_t b = 0; b < job.blocks; b += kStretchBlocks) {
            const size_t count = job.blocks - b < kStretchBlocks ? job.blocks - b : kStretchBlocks;
            for (size_t row = 0; row < groupRows; row += kPanelRows) {
                unpackPiece(job, group + row, b, count, panels + row / kPanelRows * kStretchBlocks);
            }
            const bool isFirst = b == 0;
            const bool isLast = b + count == job.blocks;
            forTokens<Sums>(job.tokens, [&]<size_t N>(size_t token) {
                const Activations<Sums> x = activations<Sums>(
                    job.x + token * job.xStride + b, job.xStride, N, count, split);
                forPanels(groupRows, [&]<size_t P>(size_t row) {
                    __m256 sums[N * P] = {};
                    if (!isFirst) {
                        loadSums<P, N>(job, group + row, token, sums);
                    }
                    accumulate<Sums, form, P, N>(panels + row / kPanelRows * kStretchBlocks,
                                                 kStretchBlocks,
                                                 count,
                                                 type.bias,
                                                 x,
                                                 sums,
                                                 ReadAhead());
                    storeSums<P, N>(job, group + row, token, sums, isLast ? job.outputScale : 1.0F);
                });
            });
        }
    }
}

// ---- Few tokens with weights in panels: as avx512_few.cpp. What registers cannot hold is read
// again from the page, which lies in the first cache then.

// The sums of the panel that begins at row `first` with N tokens from `token` on, whose blocks are
// x.
template <typename Sums, QuantIndex type, size_t N>
void multiplyPanel(const QuantMultiply& job,
                   size_t token,
                   size_t first,
                   const Activations<Sums>& x) {
    constexpr QuantForm form = kQuantForms[type];
    constexpr size_t kBlocks = Unpacker<type>::kBlocks;
    using Page = PanelPage<VectorOps, type>;
    const unsigned char* data = job.w + first * job.rowBytes;
    __m256 acc[N] = {};
    for (size_t b = 0; b < job.blocks; b += kBlocks) {
        ReadAhead ahead = token == 0 ? ReadAhead::ofPage(data, Page::kBytes, kBlocks) : ReadAhead();
        const auto add = [&](const auto& codes, const __m256* factors, size_t i)
            __attribute__((always_inline)) {
            ahead.fetch();
            addBlock<Sums, form, 1, N>(
                [&](size_t, size_t k) __attribute__((always_inline)) { return codes(k); },
                [&](size_t) __attribute__((always_inline)) { return factors; },
                Unpacker<type>::kBias,
                x,
                b + i,
                acc);
        };
        forBlocks<VectorOps, type, false>(Page{data}, add);
        data += Page::kBytes;
    }
    const __m256 scale = _mm256_set1_ps(job.outputScale);
    float* y = job.y + token * job.yStride + first;
    unrolled<N>([&]<size_t t>() __attribute__((always_inline)) {
        _mm256_storeu_ps(y + t * job.yStride, _mm256_mul_ps(acc[t], scale));
    });
}

// False, and nothing done, for more tokens than are faster this way.
template <template <PanelRange> typename Sums, QuantIndex type>
bool multiplyType(const QuantMultiply& job) {
    using Own = Sums<kRange<type>>;
    // More share what is unpacked where it is stored.
    constexpr size_t kMost = kIsOfTwoBits<type> ? 2 : 4;
    if (job.tokens > kMost || !fitsScratch<Own>(job)) {
        return false;
    }
    const Activations<Own> x = activations<Own>(job);
    for (size_t first = 0; first < job.rows; first += kPanelRows) {
        forTokens<Own>(job.tokens, [&]<size_t N>(size_t token) {
            multiplyPanel<Own, type, N>(job, token, first, x.from(token, 0));
        });
    }
    return true;
}

template <typename Sums, QuantForm form>
void multiplySums(const QuantMultiply& job) {
    if (job.tokens <= kFewTokens && fitsScratch<Sums>(job)) {
        multiplyFew<Sums, form>(job);
    } else {
        multiplyMany<Sums, form>(job);
    }
}

// Whether there is a type of that range and form.
template <PanelRange range, QuantForm form, size_t type = 0>
constexpr bool isUsed() {
    if constexpr (type == kQuantCount) {
        return false;
    } else {
        constexpr QuantForm ofType = kQuantForms[type];
        return (kRange<QuantIndex(type)> == range && ofType.hasHalves == form.hasHalves &&
                ofType.hasMinima == form.hasMinima) ||
               isUsed<range, form, type + 1>();
    }
}

template <template <PanelRange> typename Sums, PanelRange range, QuantForm form>
void multiplyUsed(const QuantMultiply& job) {
    if constexpr (isUsed<range, form>()) {
        multiplySums<Sums<range>, form>(job);
    }
}

template <template <PanelRange> typename Sums, QuantForm form>
void multiplyForm(const QuantMultiply& job) {
    switch (kPanelTypes[job.type].range) {
    case kNibbles:
        return multiplyUsed<Sums, kNibbles, form>(job);
    case kFiveBits:
        return multiplyUsed<Sums, kFiveBits, form>(job);
    case kSixBits:
        return multiplyUsed<Sums, kSixBits, form>(job);
    case kWide:
        return multiplyUsed<Sums, kWide, form>(job);
    }
}

// The product, with `Sums` for the integer products of four bytes, a register of weights by one of
// activations: begun(), added() to a sum; kRun: how many before ended<part>() makes 32 bits of it;
// kParts: 2 where activations are given as two parts, see SplitBlock.
template <template <PanelRange> typename Sums>
void multiplyWith(const QuantMultiply& job) {
    if (job.isInPanels &&
        withBlockType(job.type, [&]<QuantIndex type>() { return multiplyType<Sums, type>(job); })) {
        return;
    }
    const QuantForm form = kQuantForms[job.type];
    if (form.hasHalves) {
        form.hasMinima ? multiplyForm<Sums, QuantForm{true, true}>(job)
                       : multiplyForm<Sums, QuantForm{true, false}>(job);
    } else {
        form.hasMinima ? multiplyForm<Sums, QuantForm{false, true}>(job)
                       : multiplyForm<Sums, QuantForm{false, false}>(job);
    }
}

} // namespace

} // namespace attest::engine::avx2
