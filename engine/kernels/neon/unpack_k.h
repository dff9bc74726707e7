// Unpackers of the types whose blocks are 128 or 256 elements; the layouts are described in
// unpack/k_types.cpp, unpack/table_types.cpp and unpack/few_bit_types.cpp. See neon/unpack_parts.h.
#pragma once

#include "engine/kernels/neon/unpack_parts.h"
#include "engine/kernels/neon/unpack_simple.h"

namespace attest::engine::neon {

namespace {

struct UnpackQ2_K {
    static constexpr size_t kGroups = 8;
    static constexpr size_t kBytes = 84;

    static void factors(const unsigned char* block, float32x4_t* out) {
        constexpr uint64_t kNibbles = 0x0F0F0F0F0F0F0F0FU;
        const float32x4_t d = halfToAll(block + 80);
        const float32x4_t dMin = halfToAll(block + 82);
        for (size_t i = 0; i < 2; ++i) {
            const uint64_t packed = load64(block + 8 * i);
            scaleBytes(packed & kNibbles, d, out + 2 * i);
            scaleBytes((packed >> 4U) & kNibbles, dMin, out + 4 + 2 * i);
        }
    }

    static void elements(const unsigned char* block, size_t group, int8x16_t* out) {
        const unsigned char* bits = block + 16 + group / 4 * 32;
        for (size_t i = 0; i < 2; ++i) {
            out[i] = asSigned(bitsFrom(vld1q_u8(bits + 16 * i), 2 * (group % 4), 3));
        }
    }
};

struct UnpackQ3_K {
    static constexpr size_t kGroups = 8;
    static constexpr size_t kBytes = 110;

    static void factors(const unsigned char* block, float32x4_t* out) {
        constexpr uint64_t kNibbles = 0x0F0F0F0F0F0F0F0FU;
        constexpr uint64_t kPairs = 0x03030303U;
        const float32x4_t d = halfToAll(block + 108);
        const uint64_t low = load64(block + 96);
        const uint64_t upper = load32(block + 104);
        for (size_t i = 0; i < 2; ++i) {
            const uint64_t pairs = ((upper >> (4 * i)) & kPairs) | ((upper >> (4 * i + 2)) & kPairs)
                                                                       << 32U;
            const uint64_t scales = ((low >> (4 * i)) & kNibbles) | pairs << 4U;
            const int8x8_t exact = vsub_s8(vreinterpret_s8_u64(vcreate_u64(scales)), vdup_n_s8(32));
            scaleSignedBytes(exact, d, out + 2 * i);
        }
    }

    static void elements(const unsigned char* block, size_t group, int8x16_t* out) {
        const unsigned char* bits = block + 32 + group / 4 * 32;
        for (size_t i = 0; i < 2; ++i) {
            const uint8x16_t low = bitsFrom(vld1q_u8(bits + 16 * i), 2 * (group % 4), 3);
            const uint8x16_t upper = bitsFrom(vld1q_u8(block + 16 * i), group, 1);
            const uint8x16_t both = vorrq_u8(low, vshlq_n_u8(upper, 2));
            out[i] = vsubq_s8(asSigned(both), vdupq_n_s8(4));
        }
    }
};

// Of Q4_K and Q5_K: d, dmin and the twelve bytes of scales and minima, four of these at a time.
[[maybe_unused]] void sixBitFactors(const unsigned char* block, float32x4_t* out) {
    constexpr uint32_t kSix = 0x3F3F3F3FU;
    constexpr uint32_t kNibbles = 0x0F0F0F0FU;
    constexpr uint32_t kPairs = 0x03030303U;
    const uint32_t scales = load32(block + 4);
    const uint32_t minima = load32(block + 8);
    const uint32_t nibbles = load32(block + 12);
    const uint64_t upperScales = (nibbles & kNibbles) | ((scales >> 6U) & kPairs) << 4U;
    const uint64_t upperMinima = ((nibbles >> 4U) & kNibbles) | ((minima >> 6U) & kPairs) << 4U;
    scaleBytes((scales & kSix) | upperScales << 32U, halfToAll(block), out);
    scaleBytes((minima & kSix) | upperMinima << 32U, halfToAll(block + 2), out + 2);
}

struct UnpackQ4_K {
    static constexpr size_t kGroups = 8;
    static constexpr size_t kBytes = 144;

    static void factors(const unsigned char* block, float32x4_t* out) { sixBitFactors(block, out); }

    static void elements(const unsigned char* block, size_t group, int8x16_t* out) {
        const unsigned char* nibbles = block + 16 + group / 2 * 32;
        for (size_t i = 0; i < 2; ++i) {
            out[i] = asSigned(bitsFrom(vld1q_u8(nibbles + 16 * i), 4 * (group % 2), 15));
        }
    }
};

struct UnpackQ5_K {
    static constexpr size_t kGroups = 8;
    static constexpr size_t kBytes = 176;

    static void factors(const unsigned char* block, float32x4_t* out) { sixBitFactors(block, out); }

    static void elements(const unsigned char* block, size_t group, int8x16_t* out) {
        const unsigned char* nibbles = block + 48 + group / 2 * 32;
        for (size_t i = 0; i < 2; ++i) {
            const uint8x16_t low = bitsFrom(vld1q_u8(nibbles + 16 * i), 4 * (group % 2), 15);
            const uint8x16_t fifth = bitsFrom(vld1q_u8(block + 16 + 16 * i), group, 1);
            out[i] = asSigned(vorrq_u8(low, vshlq_n_u8(fifth, 4)));
        }
    }
};

struct UnpackQ6_K {
    static constexpr size_t kGroups = 8;
    static constexpr size_t kBytes = 210;

    static void factors(const unsigned char* block, float32x4_t* out) {
        const float32x4_t d = halfToAll(block + 208);
        const int8x16_t scales = asSigned(vld1q_u8(block + 192));
        scaleSignedBytes(vget_low_s8(scales), d, out);
        scaleSignedBytes(vget_high_s8(scales), d, out + 2);
    }

    static void elements(const unsigned char* block, size_t group, int8x16_t* out) {
        const size_t half = group / 4;
        const size_t run = group % 4;
        const unsigned char* low = block + half * 64 + run % 2 * 32;
        const unsigned char* high = block + 128 + half * 32;
        for (size_t i = 0; i < 2; ++i) {
            const uint8x16_t nibbles = bitsFrom(vld1q_u8(low + 16 * i), run / 2 * 4, 15);
            const uint8x16_t upper = bitsFrom(vld1q_u8(high + 16 * i), 2 * run, 3);
            const uint8x16_t both = vorrq_u8(nibbles, vshlq_n_u8(upper, 4));
            out[i] = vsubq_s8(asSigned(both), vdupq_n_s8(32));
        }
    }
};

struct UnpackIQ4_XS {
    static constexpr size_t kGroups = 8;
    static constexpr size_t kBytes = 136;

    static void factors(const unsigned char* block, float32x4_t* out) {
        int8_t scales[8];
        for (size_t group = 0; group < 8; ++group) {
            const unsigned low = (unsigned(block[4 + group / 2]) >> (4 * (group % 2))) & 15U;
            const unsigned upper = (unsigned(block[2 + group / 4]) >> (2 * (group % 4))) & 3U;
            scales[group] = int8_t(int(low | upper << 4U) - 32);
        }
        scaleSignedBytes(vld1_s8(scales), halfToAll(block), out);
    }

    static void elements(const unsigned char* block, size_t group, int8x16_t* out) {
        lookUpNibbles(block + 8 + group * 16, kIq4Values, out);
    }
};

struct UnpackTQ2_0 {
    static constexpr size_t kGroups = 8;
    static constexpr size_t kBytes = 66;

    static void factors(const unsigned char* block, float32x4_t* out) {
        out[0] = halfToAll(block + 64);
        out[1] = out[0];
    }

    static void elements(const unsigned char* block, size_t group, int8x16_t* out) {
        const unsigned char* bits = block + group / 4 * 32;
        for (size_t i = 0; i < 2; ++i) {
            const uint8x16_t pair = bitsFrom(vld1q_u8(bits + 16 * i), 2 * (group % 4), 3);
            out[i] = vsubq_s8(asSigned(pair), vdupq_n_s8(1));
        }
    }
};

struct UnpackI2_S {
    static constexpr size_t kGroups = 4;
    static constexpr size_t kBytes = 32;

    static void factors(const unsigned char*, float32x4_t* out) { out[0] = vdupq_n_f32(1.0F); }

    static void elements(const unsigned char* block, size_t group, int8x16_t* out) {
        for (size_t i = 0; i < 2; ++i) {
            const uint8x16_t pair = bitsFrom(vld1q_u8(block + 16 * i), 6 - 2 * group, 3);
            out[i] = vsubq_s8(asSigned(pair), vdupq_n_s8(1));
        }
    }
};

} // namespace

} // namespace attest::engine::neon
