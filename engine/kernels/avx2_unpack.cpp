// Weight types as panels.
#include "engine/kernels/avx2_gather.h"
#include "engine/kernels/avx2_panel.h"
#include "engine/kernels/panel_types.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

namespace {

template <QuantIndex type>
using Block = PanelBlock<kQuantForms[type]>;

// Types whose integers do not fit 0…63 stay signed.
template <QuantIndex type>
constexpr bool kIsSigned = PanelUnpacker<VectorOps, type, false>::kLargest > 63;

// Unpackers: one block of the file's (32 … 256 elements) of each row, the `index`-th, of PanelRows
// or of a PanelPage. Types without one here are in panel_types.h.
template <QuantIndex type>
struct Unpacker {
    using Base = PanelUnpacker<VectorOps, type, kIsSigned<type>>;
    static constexpr size_t kBlocks = Base::kBlocks;
    static constexpr PanelRange kRange = kIsSigned<type>        ? kSigned
                                         : Base::kLargest <= 15 ? kNibbles
                                                                : kSmall;
    static constexpr int kBias = kIsSigned<type> ? 0 : Base::kBias;

    static void unpack(const PanelRows& rows, size_t index, Block<type>* out) {
        Base::unpack(rows, index, out);
    }

    static ATTEST_INLINE void unpack(const PanelPage<type>& page, size_t index, Block<type>* out) {
        PanelUnpacker<PageOps<type>, type, kIsSigned<type>>::unpack(page, index, out);
    }
};

template <>
struct Unpacker<kQuantQ8_0> {
    static constexpr size_t kBlocks = 1;
    static constexpr PanelRange kRange = kSigned;
    static constexpr int kBias = 0;

    template <typename Rows>
    static ATTEST_INLINE void unpack(const Rows& rows, size_t index, Block<kQuantQ8_0>* out) {
        const size_t offset = index * 34;
        out->factors[0] = gatherHalf(rows, offset);
        gather32(rows, offset + 2, out->q);
    }
};

template <>
struct Unpacker<kQuantQ4_0> {
    static constexpr size_t kBlocks = 1;
    static constexpr PanelRange kRange = kNibbles;
    static constexpr int kBias = 8;

    template <typename Rows>
    static ATTEST_INLINE void unpack(const Rows& rows, size_t index, Block<kQuantQ4_0>* out) {
        const size_t offset = index * 18;
        out->factors[0] = gatherHalf(rows, offset);
        __m256i nibbles[4];
        gather16(rows, offset + 2, nibbles);
        for (size_t k = 0; k < 4; ++k) {
            out->q[k] = lowNibbles(nibbles[k]);
            out->q[4 + k] = highNibbles(nibbles[k]);
        }
    }
};

template <>
struct Unpacker<kQuantQ4_K> {
    static constexpr size_t kBlocks = 8;
    static constexpr PanelRange kRange = kNibbles;
    static constexpr int kBias = 0;

    template <typename Rows>
    static ATTEST_INLINE void unpack(const Rows& rows, size_t index, Block<kQuantQ4_K>* out) {
        const size_t offset = index * 144;
        __m256i head[4]; // d and dmin; then the twelve bytes of scales and minima
        gather16(rows, offset, head);
        const __m256 d = lowHalfs(head[0]);
        const __m256 dMin = lowHalfs(_mm256_srli_epi32(head[0], 16));
        // Four bytes at a time, as the reference does one by one.
        const __m256i six = _mm256_set1_epi32(0x3F3F3F3F);
        const __m256i two = _mm256_set1_epi32(0x03030303);
        const __m256i scales[2] = {
            _mm256_and_si256(head[1], six),
            _mm256_or_si256(
                lowNibbles(head[3]),
                _mm256_slli_epi32(_mm256_and_si256(_mm256_srli_epi32(head[1], 6), two), 4))};
        const __m256i minima[2] = {
            _mm256_and_si256(head[2], six),
            _mm256_or_si256(
                highNibbles(head[3]),
                _mm256_slli_epi32(_mm256_and_si256(_mm256_srli_epi32(head[2], 6), two), 4))};
        for (unsigned pair = 0; pair < 4; ++pair) {
            __m256i nibbles[8];
            gather32(rows, offset + 16 + pair * 32, nibbles);
            for (unsigned i = 0; i < 2; ++i) {
                Block<kQuantQ4_K>& block = out[2 * pair + i];
                const unsigned which = 2 * pair + i;
                const __m256i scale = byteOf(scales[which / 4], which % 4);
                const __m256i minimum = byteOf(minima[which / 4], which % 4);
                block.factors[0] = _mm256_mul_ps(d, _mm256_cvtepi32_ps(scale));
                block.factors[1] = _mm256_mul_ps(dMin, _mm256_cvtepi32_ps(minimum));
                for (size_t k = 0; k < 8; ++k) {
                    block.q[k] = i == 0 ? lowNibbles(nibbles[k]) : highNibbles(nibbles[k]);
                }
            }
        }
    }
};

template <>
struct Unpacker<kQuantQ6_K> {
    static constexpr size_t kBlocks = 8;
    static constexpr PanelRange kRange = kSmall;
    static constexpr int kBias = 32;

    template <typename Rows>
    static ATTEST_INLINE void unpack(const Rows& rows, size_t index, Block<kQuantQ6_K>* out) {
        const size_t offset = index * 210;
        const __m256 d = gatherHalf(rows, offset + 208);
        __m256i scales[4];
        gather16(rows, offset + 192, scales);
        for (unsigned half = 0; half < 2; ++half) {
            __m256i high[8];
            gather32(rows, offset + 128 + half * 32, high);
            for (unsigned column = 0; column < 2; ++column) {
                __m256i low[8];
                gather32(rows, offset + half * 64 + column * 32, low);
                for (unsigned i = 0; i < 2; ++i) {
                    const unsigned run = column + 2 * i;
                    Block<kQuantQ6_K>& block = out[half * 4 + run];
                    const unsigned which = half * 8 + run * 2;
                    const __m256i words = scales[which / 4];
                    block.factors[0] =
                        _mm256_mul_ps(d, _mm256_cvtepi32_ps(signedByteOf(words, which % 4)));
                    block.factors[1] =
                        _mm256_mul_ps(d, _mm256_cvtepi32_ps(signedByteOf(words, which % 4 + 1)));
                    for (size_t k = 0; k < 8; ++k) {
                        const __m256i nibbles = i == 0 ? lowNibbles(low[k]) : highNibbles(low[k]);
                        const __m256i upper = _mm256_and_si256(
                            _mm256_srli_epi16(high[k], int(2 * run)), _mm256_set1_epi8(3));
                        block.q[k] = _mm256_or_si256(nibbles, _mm256_slli_epi16(upper, 4));
                    }
                }
            }
        }
    }
};

template <QuantIndex type>
void unpackBlocks(const PanelRows& rows, size_t first, size_t count, void* out) {
    constexpr size_t kStep = Unpacker<type>::kBlocks;
    Block<type>* blocks = static_cast<Block<type>*>(out);
    for (size_t b = 0; b < count; b += kStep) {
        Unpacker<type>::unpack(rows, (first + b) / kStep, blocks + b);
    }
}

template <QuantIndex type>
void unpackPanel(const unsigned char* panel, size_t first, size_t count, void* out) {
    constexpr size_t kStep = Unpacker<type>::kBlocks;
    Block<type>* blocks = static_cast<Block<type>*>(out);
    const unsigned char* data = panel + first / kStep * PanelPage<type>::kBytes;
    for (size_t b = 0; b < count; b += kStep) {
        Unpacker<type>::unpack(PanelPage<type>{data}, 0, blocks + b);
        data += PanelPage<type>::kBytes;
    }
}

template <QuantIndex type>
constexpr PanelType describe() {
    PanelType known = {unpackBlocks<type>, nullptr, Unpacker<type>::kRange, Unpacker<type>::kBias};
    if constexpr (kPanelLayouts[type].blockBytes != 0) {
        known.unpackPanel = unpackPanel<type>;
    }
    return known;
}

} // namespace

extern const PanelType kPanelTypes[kQuantCount] = {
    describe<kQuantQ8_0>(),  describe<kQuantQ4_0>(),   describe<kQuantQ4_1>(),
    describe<kQuantQ5_0>(),  describe<kQuantQ5_1>(),   describe<kQuantQ2_K>(),
    describe<kQuantQ3_K>(),  describe<kQuantQ4_K>(),   describe<kQuantQ5_K>(),
    describe<kQuantQ6_K>(),  describe<kQuantIQ4_NL>(), describe<kQuantIQ4_XS>(),
    describe<kQuantIQ3_S>(), describe<kQuantTQ1_0>(),  describe<kQuantTQ2_0>(),
    describe<kQuantI2_S>(),  describe<kQuantMXFP4>(),  describe<kQuantQ1_0>(),
    describe<kQuantQ2_0>(),
};

} // namespace attest::engine::avx2
