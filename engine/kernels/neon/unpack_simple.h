// Unpackers of the types whose blocks are 32 elements; the layouts are described in
// unpack/simple_types.cpp and unpack/table_types.cpp. See neon/unpack_parts.h.
#pragma once

#include "engine/kernels/neon/unpack_parts.h"

namespace attest::engine::neon {

namespace {

struct UnpackQ8_0 {
    static constexpr size_t kGroups = 1;
    static constexpr size_t kBytes = 34;

    static void factors(const unsigned char* const* blocks, float32x4_t* out) {
        out[0] = gatherHalf(blocks, 0);
    }

    static void elements(const unsigned char* block, size_t, int8x16_t* out) {
        out[0] = asSigned(vld1q_u8(block + 2));
        out[1] = asSigned(vld1q_u8(block + 18));
    }
};

struct UnpackQ4_0 {
    static constexpr size_t kGroups = 1;
    static constexpr size_t kBytes = 18;

    static void factors(const unsigned char* const* blocks, float32x4_t* out) {
        out[0] = gatherHalf(blocks, 0);
    }

    static void elements(const unsigned char* block, size_t, int8x16_t* out) {
        const uint8x16_t nibbles = vld1q_u8(block + 2);
        out[0] = vsubq_s8(asSigned(lowNibbles(nibbles)), vdupq_n_s8(8));
        out[1] = vsubq_s8(asSigned(highNibbles(nibbles)), vdupq_n_s8(8));
    }
};

struct UnpackQ4_1 {
    static constexpr size_t kGroups = 1;
    static constexpr size_t kBytes = 20;

    static void factors(const unsigned char* const* blocks, float32x4_t* out) {
        out[0] = gatherHalf(blocks, 0);
        out[1] = vnegq_f32(gatherHalf(blocks, 2));
    }

    static void elements(const unsigned char* block, size_t, int8x16_t* out) {
        const uint8x16_t nibbles = vld1q_u8(block + 4);
        out[0] = asSigned(lowNibbles(nibbles));
        out[1] = asSigned(highNibbles(nibbles));
    }
};

struct UnpackQ5_0 {
    static constexpr size_t kGroups = 1;
    static constexpr size_t kBytes = 22;

    static void factors(const unsigned char* const* blocks, float32x4_t* out) {
        out[0] = gatherHalf(blocks, 0);
    }

    static void elements(const unsigned char* block, size_t, int8x16_t* out) {
        const uint8x16_t nibbles = vld1q_u8(block + 6);
        const uint8x16_t low = vorrq_u8(lowNibbles(nibbles), sixteens(load16(block + 2)));
        const uint8x16_t high = vorrq_u8(highNibbles(nibbles), sixteens(load16(block + 4)));
        out[0] = vsubq_s8(asSigned(low), vdupq_n_s8(16));
        out[1] = vsubq_s8(asSigned(high), vdupq_n_s8(16));
    }
};

struct UnpackQ5_1 {
    static constexpr size_t kGroups = 1;
    static constexpr size_t kBytes = 24;

    static void factors(const unsigned char* const* blocks, float32x4_t* out) {
        out[0] = gatherHalf(blocks, 0);
        out[1] = vnegq_f32(gatherHalf(blocks, 2));
    }

    static void elements(const unsigned char* block, size_t, int8x16_t* out) {
        const uint8x16_t nibbles = vld1q_u8(block + 8);
        out[0] = asSigned(vorrq_u8(lowNibbles(nibbles), sixteens(load16(block + 4))));
        out[1] = asSigned(vorrq_u8(highNibbles(nibbles), sixteens(load16(block + 6))));
    }
};

constexpr int8_t kIq4Values[16] = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

constexpr int8_t kFp4Values[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

[[maybe_unused]] void lookUpNibbles(const unsigned char* p, const int8_t* table, int8x16_t* out) {
    const uint8x16_t nibbles = vld1q_u8(p);
    const int8x16_t values = vld1q_s8(table);
    out[0] = vqtbl1q_s8(values, lowNibbles(nibbles));
    out[1] = vqtbl1q_s8(values, highNibbles(nibbles));
}

struct UnpackIQ4_NL {
    static constexpr size_t kGroups = 1;
    static constexpr size_t kBytes = 18;

    static void factors(const unsigned char* const* blocks, float32x4_t* out) {
        out[0] = gatherHalf(blocks, 0);
    }

    static void elements(const unsigned char* block, size_t, int8x16_t* out) {
        lookUpNibbles(block + 2, kIq4Values, out);
    }
};

struct UnpackMXFP4 {
    static constexpr size_t kGroups = 1;
    static constexpr size_t kBytes = 17;

    // 2^(e − 128), of which the first two are not normal numbers.
    static void factors(const unsigned char* const* blocks, float32x4_t* out) {
        uint32_t bits[4];
        for (size_t i = 0; i < 4; ++i) {
            const uint32_t exponent = blocks[i][0];
            bits[i] = exponent < 2 ? 0x00200000U << exponent : (exponent - 1) << 23U;
        }
        out[0] = vreinterpretq_f32_u32(vld1q_u32(bits));
    }

    static void elements(const unsigned char* block, size_t, int8x16_t* out) {
        lookUpNibbles(block + 1, kFp4Values, out);
    }
};

} // namespace

} // namespace attest::engine::neon
