#include "support/random_model/weight_format.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace attest::test {

namespace {

void store16(unsigned char* out, std::uint16_t value) {
    std::memcpy(out, &value, sizeof value);
}

// Binary16 of a number between 2⁻²⁴ and 65504, rounded towards zero, with the sign of the number.
std::uint16_t toF16(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = std::uint16_t((bits >> 16U) & 0x8000U);
    const float magnitude = std::fabs(value);
    if (magnitude < 0x1p-14F) {
        return std::uint16_t(sign | std::uint16_t(magnitude * 0x1p24F));
    }
    return std::uint16_t(sign | std::uint16_t(((bits & 0x7FFFFFFFU) >> 13U) - (112U << 10U)));
}

// Blocks with one f16 scale at `offset`, and a minimum behind it that is `minimum` times the scale.
// `unit` is the deviation of the weights for a scale of 1. The scales of blocks differ by up to
// two, as in real files.
struct ScaledBlock {
    std::size_t bytes;
    std::size_t offset;
    float unit;
    float minimum = 0;
};

void setScales(unsigned char* blocks, std::size_t count, float deviation, ScaledBlock layout) {
    for (std::size_t i = 0; i < count; ++i) {
        unsigned char* block = blocks + i * layout.bytes;
        const float spread = 0.67F + float(block[layout.offset]) * (0.67F / 256.0F);
        const float d = deviation / layout.unit * spread;
        store16(block + layout.offset, toF16(d));
        if (layout.minimum != 0) {
            store16(block + layout.offset + 2, toF16(d * layout.minimum));
        }
    }
}

// Sign and fraction are random, the exponent is one of the four below the top.
template <typename Number, unsigned exponentBits>
void finishFloats(unsigned char* values, std::size_t count, float deviation) {
    constexpr unsigned kFractionBits = sizeof(Number) * 8 - 1 - exponentBits;
    constexpr int kBias = (1 << (exponentBits - 1)) - 1;
    // The root of the mean square of such numbers is 0.88 times 2^top.
    const int top = int(std::lround(std::log2(deviation / 0.88F))) + kBias;
    for (std::size_t i = 0; i < count; ++i) {
        Number bits = 0;
        std::memcpy(&bits, values + i * sizeof bits, sizeof bits);
        const auto exponent = Number(top - int((bits >> kFractionBits) & 3U));
        constexpr auto kKept =
            Number(~(((Number(1) << exponentBits) - 1U) << kFractionBits)); // sign and fraction
        bits = Number((bits & kKept) | Number(exponent << kFractionBits));
        std::memcpy(values + i * sizeof bits, &bits, sizeof bits);
    }
}

// No quantizer writes −128, and kernels that use absolute values rely on that.
void finishQ8_0(unsigned char* blocks, std::size_t count, float deviation) {
    for (std::size_t i = 0; i < count; ++i) {
        unsigned char* q = blocks + i * 34 + 2;
        for (std::size_t j = 0; j < 32; ++j) {
            q[j] = q[j] == 0x80 ? 0x81 : q[j];
        }
    }
    setScales(blocks, count, deviation, {34, 0, 73.6F});
}

void finishQ4_0(unsigned char* blocks, std::size_t count, float deviation) {
    setScales(blocks, count, deviation, {18, 0, 4.61F});
}

void finishQ4_1(unsigned char* blocks, std::size_t count, float deviation) {
    setScales(blocks, count, deviation, {20, 0, 4.61F, -7.5F});
}

void finishQ5_0(unsigned char* blocks, std::size_t count, float deviation) {
    setScales(blocks, count, deviation, {22, 0, 9.23F});
}

void finishQ5_1(unsigned char* blocks, std::size_t count, float deviation) {
    setScales(blocks, count, deviation, {24, 0, 9.23F, -15.5F});
}

// Codes 0…3 times a scale of 0…15; the minimum is what centres them where both are equal.
void finishQ2_K(unsigned char* blocks, std::size_t count, float deviation) {
    for (std::size_t i = 0; i < count; ++i) {
        unsigned char* scales = blocks + i * 84;
        for (std::size_t j = 0; j < 16; ++j) {
            scales[j] = std::uint8_t((scales[j] & 15U) | (unsigned(scales[j]) << 4U));
        }
    }
    setScales(blocks, count, deviation, {84, 80, 9.8F, 1.5F});
}

void finishQ3_K(unsigned char* blocks, std::size_t count, float deviation) {
    setScales(blocks, count, deviation, {110, 108, 42.0F});
}

// Scales and minima are independent, the mean over many groups is 0.
void finishQ4_K(unsigned char* blocks, std::size_t count, float deviation) {
    setScales(blocks, count, deviation, {144, 0, 259.0F, 7.5F});
}

void finishQ5_K(unsigned char* blocks, std::size_t count, float deviation) {
    setScales(blocks, count, deviation, {176, 0, 528.0F, 15.5F});
}

void finishQ6_K(unsigned char* blocks, std::size_t count, float deviation) {
    setScales(blocks, count, deviation, {210, 208, 1366.0F});
}

void finishIq4Nl(unsigned char* blocks, std::size_t count, float deviation) {
    setScales(blocks, count, deviation, {18, 0, 70.0F});
}

void finishIq4Xs(unsigned char* blocks, std::size_t count, float deviation) {
    setScales(blocks, count, deviation, {136, 0, 1290.0F});
}

void finishIq3S(unsigned char* blocks, std::size_t count, float deviation) {
    setScales(blocks, count, deviation, {110, 0, 160.0F});
}

// Five digits of three, or four in the last four bytes, as the upper end of v / 243.
void finishTq1_0(unsigned char* blocks, std::size_t count, float deviation) {
    for (std::size_t i = 0; i < count; ++i) {
        unsigned char* block = blocks + i * 54;
        for (std::size_t j = 0; j < 52; ++j) {
            const unsigned digits = j < 48 ? block[j] * 243U / 256U : block[j] * 81U / 256U * 3U;
            block[j] = std::uint8_t((digits * 256U + 242U) / 243U);
        }
    }
    setScales(blocks, count, deviation, {54, 52, 0.816F});
}

// Codes of two bits, of which 3 means nothing.
void clearThrees(unsigned char* bytes, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const unsigned threes = bytes[i] & (bytes[i] >> 1U) & 0x55U;
        bytes[i] = std::uint8_t(bytes[i] & ~(threes << 1U));
    }
}

void finishTq2_0(unsigned char* blocks, std::size_t count, float deviation) {
    for (std::size_t i = 0; i < count; ++i) {
        clearThrees(blocks + i * 66, 64);
    }
    setScales(blocks, count, deviation, {66, 64, 0.866F});
}

// 128 codes; one scale for the whole tensor, in the trailer.
void finishI2S(unsigned char* blocks, std::size_t count, float) {
    clearThrees(blocks, count * 32);
}

void trailI2S(unsigned char* out, float deviation) {
    const float scale = deviation / 0.866F;
    std::memset(out, 0, 32);
    std::memcpy(out, &scale, sizeof scale);
}

// The scale is a power of two: 2^(e − 128) times codes of up to 12.
void finishMxfp4(unsigned char* blocks, std::size_t count, float deviation) {
    const auto exponent = std::uint8_t(128 + std::lround(std::log2(deviation / 5.6F)));
    for (std::size_t i = 0; i < count; ++i) {
        blocks[i * 17] = std::uint8_t(exponent - (blocks[i * 17] & 1U));
    }
}

constexpr WeightFormat kFormats[] = {
    {"F32", 0, 1, 4, finishFloats<std::uint32_t, 8>, nullptr, 0},
    {"F16", 1, 1, 2, finishFloats<std::uint16_t, 5>, nullptr, 0},
    {"Q4_0", 2, 32, 18, finishQ4_0, nullptr, 0},
    {"Q4_1", 3, 32, 20, finishQ4_1, nullptr, 0},
    {"Q5_0", 6, 32, 22, finishQ5_0, nullptr, 0},
    {"Q5_1", 7, 32, 24, finishQ5_1, nullptr, 0},
    {"Q8_0", 8, 32, 34, finishQ8_0, nullptr, 0},
    {"Q2_K", 10, 256, 84, finishQ2_K, nullptr, 0},
    {"Q3_K", 11, 256, 110, finishQ3_K, nullptr, 0},
    {"Q4_K", 12, 256, 144, finishQ4_K, nullptr, 0},
    {"Q5_K", 13, 256, 176, finishQ5_K, nullptr, 0},
    {"Q6_K", 14, 256, 210, finishQ6_K, nullptr, 0},
    {"IQ4_NL", 20, 32, 18, finishIq4Nl, nullptr, 0},
    {"IQ3_S", 21, 256, 110, finishIq3S, nullptr, 0},
    {"IQ4_XS", 23, 256, 136, finishIq4Xs, nullptr, 0},
    {"BF16", 30, 1, 2, finishFloats<std::uint16_t, 8>, nullptr, 0},
    {"TQ1_0", 34, 256, 54, finishTq1_0, nullptr, 0},
    {"TQ2_0", 35, 256, 66, finishTq2_0, nullptr, 0},
    {"I2_S", 36, 128, 32, finishI2S, trailI2S, 32},
    {"MXFP4", 39, 32, 17, finishMxfp4, nullptr, 0},
};

} // namespace

std::span<const WeightFormat> weightFormats() {
    return kFormats;
}

const WeightFormat* findFormat(std::string_view name) {
    const auto* found = std::find_if(std::begin(kFormats),
                                     std::end(kFormats),
                                     [name](const WeightFormat& f) { return f.name == name; });
    return found == std::end(kFormats) ? nullptr : found;
}

} // namespace attest::test
