// What the unpackers of weight types are made of. Only for files compiled for 64-bit ARM.
//
// An unpacker describes a type whose blocks in the file have `kGroups` groups of 32 elements:
//   kBytes                        of a block
//   factors(block, out)           scales, then minima (kQuantForms), of all groups in order; with
//                                 halves, two for each group
//   elements(block, group, out)   out[0], out[1]: elements 0…15 and 16…31 of the group
// `factors` of a type of one group sees four rows at once and has one of them in each lane.
#pragma once

#include <arm_neon.h>
#include <stddef.h>
#include <stdint.h>

namespace attest::engine::neon {

namespace {

[[maybe_unused]] uint16_t load16(const unsigned char* p) {
    uint16_t bits = 0;
    __builtin_memcpy(&bits, p, 2);
    return bits;
}

[[maybe_unused]] uint32_t load32(const unsigned char* p) {
    uint32_t bits = 0;
    __builtin_memcpy(&bits, p, 4);
    return bits;
}

[[maybe_unused]] uint64_t load64(const unsigned char* p) {
    uint64_t bits = 0;
    __builtin_memcpy(&bits, p, 8);
    return bits;
}

// An f16 number in every lane.
[[maybe_unused]] float32x4_t halfToAll(const unsigned char* p) {
    return vcvt_f32_f16(vreinterpret_f16_u16(vdup_n_u16(load16(p))));
}

// The f16 number at `offset` of each of four places.
[[maybe_unused]] float32x4_t gatherHalf(const unsigned char* const* place, size_t offset) {
    uint16x4_t bits = vdup_n_u16(load16(place[0] + offset));
    bits = vset_lane_u16(load16(place[1] + offset), bits, 1);
    bits = vset_lane_u16(load16(place[2] + offset), bits, 2);
    bits = vset_lane_u16(load16(place[3] + offset), bits, 3);
    return vcvt_f32_f16(vreinterpret_f16_u16(bits));
}

// out[0…1] = factor times each of eight unsigned bytes.
[[maybe_unused]] void scaleBytes(uint64_t bytes, float32x4_t factor, float32x4_t* out) {
    const uint16x8_t words = vmovl_u8(vcreate_u8(bytes));
    out[0] = vmulq_f32(factor, vcvtq_f32_u32(vmovl_u16(vget_low_u16(words))));
    out[1] = vmulq_f32(factor, vcvtq_f32_u32(vmovl_u16(vget_high_u16(words))));
}

// The same with signed bytes.
[[maybe_unused]] void scaleSignedBytes(int8x8_t bytes, float32x4_t factor, float32x4_t* out) {
    const int16x8_t words = vmovl_s8(bytes);
    out[0] = vmulq_f32(factor, vcvtq_f32_s32(vmovl_s16(vget_low_s16(words))));
    out[1] = vmulq_f32(factor, vcvtq_f32_s32(vmovl_s16(vget_high_s16(words))));
}

[[maybe_unused]] int8x16_t asSigned(uint8x16_t bytes) {
    return vreinterpretq_s8_u8(bytes);
}

[[maybe_unused]] uint8x16_t lowNibbles(uint8x16_t bytes) {
    return vandq_u8(bytes, vdupq_n_u8(15));
}

[[maybe_unused]] uint8x16_t highNibbles(uint8x16_t bytes) {
    return vshrq_n_u8(bytes, 4);
}

// Bits `from` and up of each byte, those of `mask`.
[[maybe_unused]] uint8x16_t bitsFrom(uint8x16_t bytes, size_t from, uint8_t mask) {
    return vandq_u8(vshlq_u8(bytes, vdupq_n_s8(int8_t(-int(from)))), vdupq_n_u8(mask));
}

// 16 in each byte whose bit is set: bit i of `bits` is for byte i.
[[maybe_unused]] uint8x16_t sixteens(uint16_t bits) {
    const uint8x16_t spread = vcombine_u8(vdup_n_u8(uint8_t(bits)), vdup_n_u8(uint8_t(bits >> 8)));
    const uint8x16_t each = vreinterpretq_u8_u64(vdupq_n_u64(0x8040201008040201U));
    return vandq_u8(vtstq_u8(spread, each), vdupq_n_u8(16));
}

} // namespace

} // namespace attest::engine::neon
