// Weight types as panels.
#include "engine/kernels/avx512_gather.h"
#include "engine/kernels/avx512_panel.h"
#include "engine/kernels/panel_types.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

template <QuantIndex type>
using Block = PanelBlock<kQuantForms[type]>;

// Unpackers: one block of the file's (32 … 256 elements) of each row, the `index`-th. Types without
// one here are in panel_types.h.
template <QuantIndex type, PanelForm form>
struct Unpacker : PanelUnpacker<VectorOps, type, form == kSigned> {};

template <PanelForm form>
struct Unpacker<kQuantQ8_0, form> {
    static constexpr size_t kBlocks = 1;
    static constexpr int kBias = 128;

    static void unpack(const PanelRows& rows, size_t index, Block<kQuantQ8_0>* out) {
        const size_t offset = index * 34;
        out->factors[0] = gatherHalf(rows, offset);
        gather32(rows, offset + 2, out->q);
        if constexpr (form == kBiased) {
            for (__m512i& q : out->q) {
                q = _mm512_xor_si512(q, _mm512_set1_epi8(-128)); // + 128
            }
        }
    }
};

template <PanelForm form>
struct Unpacker<kQuantQ4_0, form> {
    static constexpr size_t kBlocks = 1;
    static constexpr int kBias = 8;

    static void unpack(const PanelRows& rows, size_t index, Block<kQuantQ4_0>* out) {
        const size_t offset = index * 18;
        out->factors[0] = gatherHalf(rows, offset);
        __m512i nibbles[4];
        gather16(rows, offset + 2, nibbles);
        for (size_t k = 0; k < 4; ++k) {
            out->q[k] = place<form, 8>(lowNibbles(nibbles[k]));
            out->q[4 + k] = place<form, 8>(highNibbles(nibbles[k]));
        }
    }
};

template <PanelForm form>
struct Unpacker<kQuantQ4_K, form> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 0;

    static void unpack(const PanelRows& rows, size_t index, Block<kQuantQ4_K>* out) {
        const size_t offset = index * 144;
        __m512i head[4]; // d and dmin; then the twelve bytes of scales and minima
        gather16(rows, offset, head);
        const __m512 d = _mm512_cvtph_ps(_mm512_cvtepi32_epi16(head[0]));
        const __m512 dMin = _mm512_cvtph_ps(_mm512_cvtepi32_epi16(_mm512_srli_epi32(head[0], 16)));
        // Four bytes at a time, as the reference does one by one.
        const __m512i six = _mm512_set1_epi32(0x3F3F3F3F);
        const __m512i two = _mm512_set1_epi32(0x03030303);
        const __m512i scales[2] = {
            _mm512_and_si512(head[1], six),
            _mm512_or_si512(
                lowNibbles(head[3]),
                _mm512_slli_epi32(_mm512_and_si512(_mm512_srli_epi32(head[1], 6), two), 4))};
        const __m512i minima[2] = {
            _mm512_and_si512(head[2], six),
            _mm512_or_si512(
                highNibbles(head[3]),
                _mm512_slli_epi32(_mm512_and_si512(_mm512_srli_epi32(head[2], 6), two), 4))};
        for (unsigned pair = 0; pair < 4; ++pair) {
            __m512i nibbles[8];
            gather32(rows, offset + 16 + pair * 32, nibbles);
            for (unsigned i = 0; i < 2; ++i) {
                Block<kQuantQ4_K>& block = out[2 * pair + i];
                const unsigned which = 2 * pair + i;
                const __m512i scale = byteOf(scales[which / 4], which % 4);
                const __m512i minimum = byteOf(minima[which / 4], which % 4);
                block.factors[0] = _mm512_mul_ps(d, _mm512_cvtepi32_ps(scale));
                block.factors[1] = _mm512_mul_ps(dMin, _mm512_cvtepi32_ps(minimum));
                for (size_t k = 0; k < 8; ++k) {
                    block.q[k] = i == 0 ? lowNibbles(nibbles[k]) : highNibbles(nibbles[k]);
                }
            }
        }
    }
};

template <PanelForm form>
struct Unpacker<kQuantQ6_K, form> {
    static constexpr size_t kBlocks = 8;
    static constexpr int kBias = 32;

    static void unpack(const PanelRows& rows, size_t index, Block<kQuantQ6_K>* out) {
        const size_t offset = index * 210;
        const __m512 d = gatherHalf(rows, offset + 208);
        __m512i scales[4];
        gather16(rows, offset + 192, scales);
        for (unsigned half = 0; half < 2; ++half) {
            __m512i high[8];
            gather32(rows, offset + 128 + half * 32, high);
            for (unsigned column = 0; column < 2; ++column) {
                __m512i low[8];
                gather32(rows, offset + half * 64 + column * 32, low);
                for (unsigned i = 0; i < 2; ++i) {
                    const unsigned run = column + 2 * i;
                    Block<kQuantQ6_K>& block = out[half * 4 + run];
                    const unsigned which = half * 8 + run * 2;
                    const __m512i words = scales[which / 4];
                    for (unsigned j = 0; j < 2; ++j) {
                        const __m512i scale = signedByteOf(words, which % 4 + j);
                        block.factors[j] = _mm512_mul_ps(d, _mm512_cvtepi32_ps(scale));
                    }
                    for (size_t k = 0; k < 8; ++k) {
                        const __m512i nibbles = i == 0 ? lowNibbles(low[k]) : highNibbles(low[k]);
                        const __m512i upper = _mm512_and_si512(
                            _mm512_srli_epi16(high[k], int(2 * run)), _mm512_set1_epi8(3));
                        block.q[k] =
                            place<form, 32>(_mm512_or_si512(nibbles, _mm512_slli_epi16(upper, 4)));
                    }
                }
            }
        }
    }
};

template <QuantIndex type, PanelForm form>
void unpackBlocks(const PanelRows& rows, size_t first, size_t count, void* out) {
    constexpr size_t kStep = Unpacker<type, form>::kBlocks;
    Block<type>* blocks = static_cast<Block<type>*>(out);
    for (size_t b = 0; b < count; b += kStep) {
        Unpacker<type, form>::unpack(rows, (first + b) / kStep, blocks + b);
    }
}

template <QuantIndex type>
constexpr PanelType describe() {
    return {{unpackBlocks<type, kBiased>, unpackBlocks<type, kSigned>},
            Unpacker<type, kBiased>::kBias};
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

} // namespace attest::engine::avx512
