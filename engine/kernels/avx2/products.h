// Products with quantized weights: as avx512/multiply.cpp and avx512/few.cpp, with panels of eight
// rows. Written for any way of multiplying bytes, see multiplyWith(). Only for files compiled for
// AVX2.
#pragma once

#include "engine/kernels/always_inline.h"
#include "engine/kernels/avx2/lanes.h"
#include "engine/kernels/avx2/panel.h"
#include "engine/kernels/avx2/tile.h"
#include "engine/kernels/avx2/types.h"
#include "engine/kernels/panels/blocks.h"
#include "engine/kernels/read_ahead.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

constexpr size_t kFewTokens = 16;
constexpr size_t kPieceBlocks = 8;    // few tokens: unpacked at a time
constexpr size_t kStretchBlocks = 32; // many tokens: unpacked at a time, of each panel of a group
constexpr size_t kGroupPanels = 16;

static_assert(sizeof(PanelBlock<QuantForm{true, true}>) * kStretchBlocks * kGroupPanels <=
              kScratchBytes);

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

// What n sums of a tile of P panels have come to so far, sums[t * P + p].
template <size_t P, size_t n>
ATTEST_INLINE void loadSums(const QuantMultiply& job, size_t first, size_t token, __m256* sums) {
    if constexpr (n > 0) {
        loadSums<P, n - 1>(job, first, token, sums);
        const size_t row = first + (n - 1) % P * kPanelRows;
        sums[n - 1] = loadUpTo8(job.y + (token + (n - 1) / P) * job.yStride + row, job.rows - row);
    }
}

template <size_t P, size_t n>
ATTEST_INLINE void
storeSums(const QuantMultiply& job, size_t first, size_t token, const __m256* sums, float scale) {
    if constexpr (n > 0) {
        storeSums<P, n - 1>(job, first, token, sums, scale);
        const size_t row = first + (n - 1) % P * kPanelRows;
        storeUpTo8(job.y + (token + (n - 1) / P) * job.yStride + row,
                   job.rows - row,
                   _mm256_mul_ps(sums[n - 1], _mm256_set1_ps(scale)));
    }
}

template <typename Sums, QuantForm form>
void multiplyFew(const QuantMultiply& job) {
    const PanelType& type = kPanelTypes[job.type];
    PanelBlock<form> pieces[2 * kPieceBlocks];
    const Activations<Sums> x = activations<Sums>(job);
    const size_t panelBytes = kPanelRows * job.rowBytes;
    const size_t lines = panelBytes / job.blocks / 64 + 1;
    forPanels(job.rows, [&]<size_t P>(size_t first) {
        // The next panels as one stretch of memory, see avx512/passes.h.
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
            storeSums<P, P * N>(job, first, token, sums + token * P, job.outputScale);
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
                        loadSums<P, P * N>(job, group + row, token, sums);
                    }
                    accumulate<Sums, form, P, N>(panels + row / kPanelRows * kStretchBlocks,
                                                 kStretchBlocks,
                                                 count,
                                                 type.bias,
                                                 x,
                                                 sums,
                                                 ReadAhead());
                    storeSums<P, P * N>(
                        job, group + row, token, sums, isLast ? job.outputScale : 1.0F);
                });
            });
        }
    }
}

// ---- Few tokens with weights in panels: as avx512/few.cpp. What registers cannot hold is read
// again from the page, which lies in the first cache then.

// A block of one panel, unpacked where it is used. codes(k): elements 4k…4k+3 of each row.
template <typename Codes>
struct UnpackedNow {
    const Codes& unpack;
    const __m256* scales; // then minima

    ATTEST_INLINE __m256i codes(size_t, size_t k) const { return unpack(k); }

    ATTEST_INLINE const __m256* factors(size_t) const { return scales; }
};

template <typename Codes>
UnpackedNow(const Codes&, const __m256*) -> UnpackedNow<Codes>;

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
            addBlock<Sums, form, 1, N>(UnpackedNow{codes, factors},
                                       Sums::kIsSigned ? 0 : Unpacker<type>::kBias,
                                       x,
                                       b + i,
                                       acc);
        };
        forBlocks<VectorOps, type, Sums::kIsSigned>(Page{data}, add);
        data += Page::kBytes;
    }
    storeSums<1, N>(job, first, token, acc, job.outputScale);
}

// False, and nothing done, for more tokens than are faster this way.
template <template <PanelRange> typename Sums, QuantIndex type>
bool multiplyType(const QuantMultiply& job) {
    using Own = Sums<kRange<type>>;
    using OfOne = typename Own::OfOneToken;
    // More share what is unpacked where it is stored.
    constexpr size_t kMost = kIsCommon<type> ? 4 : type == kQuantQ3_K ? 1 : 2;
    if (job.tokens > kMost || !fitsScratch<Own>(job)) {
        return false;
    }
    if (job.tokens == 1) {
        const Activations<OfOne> x = activations<OfOne>(job);
        for (size_t first = 0; first < job.rows; first += kPanelRows) {
            multiplyPanel<OfOne, type, 1>(job, 0, first, x);
        }
        return true;
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

// The product, with `Sums` for the integer products of four bytes, see avx2/tile.h.
template <template <PanelRange> typename Sums>
void multiplyWith(const QuantMultiply& job) {
    const auto multiply = [&]<QuantIndex type>() {
        return multiplyType<Sums, type>(job);
    };
    if (job.isInPanels && withFurtherBlockType(job.type, multiply)) {
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
