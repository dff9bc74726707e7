// Weight types as panels. A type without an unpacker of its own goes through the reference's
// unpackBlock(), which is right and slow.
#include "engine/kernels/neon/panel.h"
#include "engine/kernels/neon/unpack_k.h"
#include "engine/kernels/neon/unpack_parts.h"
#include "engine/kernels/neon/unpack_simple.h"
#include "engine/kernels/plain_block.h"

#include <arm_neon.h>

namespace attest::engine::neon {

namespace {

// r[i] of the result holds element i of the four inputs.
void transpose(float32x4_t r[4]) {
    const float64x2_t ab02 = vreinterpretq_f64_f32(vtrn1q_f32(r[0], r[1]));
    const float64x2_t ab13 = vreinterpretq_f64_f32(vtrn2q_f32(r[0], r[1]));
    const float64x2_t cd02 = vreinterpretq_f64_f32(vtrn1q_f32(r[2], r[3]));
    const float64x2_t cd13 = vreinterpretq_f64_f32(vtrn2q_f32(r[2], r[3]));
    r[0] = vreinterpretq_f32_f64(vtrn1q_f64(ab02, cd02));
    r[1] = vreinterpretq_f32_f64(vtrn1q_f64(ab13, cd13));
    r[2] = vreinterpretq_f32_f64(vtrn2q_f64(ab02, cd02));
    r[3] = vreinterpretq_f32_f64(vtrn2q_f64(ab13, cd13));
}

// One block of the file's of each row.
template <typename Unpack, QuantForm form>
void unpackGroups(const unsigned char* const* blocks, PanelBlock<form>* out) {
    constexpr size_t kCount = kScales<form>;
    if constexpr (Unpack::kGroups == 1) {
        static_assert(kCount == 1);
        Unpack::factors(blocks, out->factors);
    } else {
        constexpr size_t kPart = Unpack::kGroups * kCount; // scales, and minima, of a row
        constexpr size_t kVectors = kPart * (form.hasMinima ? 2 : 1) / 4;
        float32x4_t factors[kPanelRows][kVectors];
        for (size_t r = 0; r < kPanelRows; ++r) {
            Unpack::factors(blocks[r], factors[r]);
        }
#pragma GCC unroll 8
        for (size_t v = 0; v < kVectors; ++v) {
            float32x4_t four[4] = {factors[0][v], factors[1][v], factors[2][v], factors[3][v]};
            transpose(four);
#pragma GCC unroll 4
            for (size_t i = 0; i < 4; ++i) {
                const size_t which = (4 * v + i) % kPart;
                const size_t first = 4 * v < kPart ? 0 : kCount;
                out[which / kCount].factors[first + which % kCount] = four[i];
            }
        }
    }
#pragma GCC unroll 8
    for (size_t group = 0; group < Unpack::kGroups; ++group) {
#pragma GCC unroll 4
        for (size_t r = 0; r < kPanelRows; ++r) {
            Unpack::elements(blocks[r], group, out[group].q + 2 * r);
        }
    }
}

template <QuantIndex type, typename Unpack>
void unpackAs(const PanelRows& rows, size_t first, size_t count, void* out) {
    PanelBlock<kQuantForms[type]>* panel = static_cast<PanelBlock<kQuantForms[type]>*>(out);
    for (size_t b = 0; b < count; b += Unpack::kGroups) {
        const size_t offset = (first + b) / Unpack::kGroups * Unpack::kBytes;
        const unsigned char* const blocks[kPanelRows] = {
            rows.row[0] + offset, rows.row[1] + offset, rows.row[2] + offset, rows.row[3] + offset};
        unpackGroups<Unpack>(blocks, panel + b);
    }
}

template <QuantIndex type>
void unpackAny(const PanelRows& rows, size_t first, size_t count, void* out) {
    constexpr QuantForm kForm = kQuantForms[type];
    constexpr size_t kCount = kScales<kForm>;
    PanelBlock<kForm>* panel = static_cast<PanelBlock<kForm>*>(out);
    for (size_t b = 0; b < count; ++b) {
        float factors[kPanelRows][kPanelRows] = {};
        for (size_t r = 0; r < kPanelRows; ++r) {
            PlainBlock block;
            unpackPlain(type, rows.row[r], first + b, &block);
            panel[b].q[2 * r] = vld1q_s8(block.q);
            panel[b].q[2 * r + 1] = vld1q_s8(block.q + 16);
            for (size_t i = 0; i < kCount; ++i) {
                factors[i][r] = block.scales[i];
                factors[kCount + i][r] = block.minima[i];
            }
        }
        for (size_t i = 0; i < kCount * (kForm.hasMinima ? 2 : 1); ++i) {
            panel[b].factors[i] = vld1q_f32(factors[i]);
        }
    }
}

} // namespace

extern const PanelUnpack kPanelUnpack[kQuantCount] = {
    unpackAs<kQuantQ8_0, UnpackQ8_0>,
    unpackAs<kQuantQ4_0, UnpackQ4_0>,
    unpackAs<kQuantQ4_1, UnpackQ4_1>,
    unpackAs<kQuantQ5_0, UnpackQ5_0>,
    unpackAs<kQuantQ5_1, UnpackQ5_1>,
    unpackAs<kQuantQ2_K, UnpackQ2_K>,
    unpackAs<kQuantQ3_K, UnpackQ3_K>,
    unpackAs<kQuantQ4_K, UnpackQ4_K>,
    unpackAs<kQuantQ5_K, UnpackQ5_K>,
    unpackAs<kQuantQ6_K, UnpackQ6_K>,
    unpackAs<kQuantIQ4_NL, UnpackIQ4_NL>,
    unpackAs<kQuantIQ4_XS, UnpackIQ4_XS>,
    unpackAny<kQuantIQ3_S>,
    unpackAny<kQuantTQ1_0>,
    unpackAs<kQuantTQ2_0, UnpackTQ2_0>,
    unpackAs<kQuantI2_S, UnpackI2_S>,
    unpackAs<kQuantMXFP4, UnpackMXFP4>,
    unpackAny<kQuantQ1_0>,
    unpackAny<kQuantQ2_0>,
    unpackAny<kQuantIQ3_SWide>,
    unpackAny<kQuantMXFP4Wide>,
};

} // namespace attest::engine::neon
