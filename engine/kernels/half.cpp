#include "engine/kernels/half.h"

#include <bit>

namespace attest::engine {

float f16ToF32(std::uint16_t bits) {
    const std::uint32_t sign = std::uint32_t(bits & 0x8000U) << 16U;
    const std::uint32_t exponent = (bits >> 10U) & 0x1FU;
    const std::uint32_t fraction = bits & 0x3FFU;
    if (exponent == 0) { // zero or subnormal: fraction · 2⁻²⁴ is exact in f32
        const float magnitude = float(fraction) * 0x1p-24F;
        return sign == 0 ? magnitude : -magnitude;
    }
    if (exponent == 31) { // infinity, or NaN made quiet as the processor's conversion does
        const std::uint32_t quiet = fraction == 0 ? 0 : 0x400000U;
        return std::bit_cast<float>(sign | 0x7F800000U | quiet | (fraction << 13U));
    }
    return std::bit_cast<float>(sign | ((exponent + 112U) << 23U) | (fraction << 13U));
}

std::uint16_t f32ToF16(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = std::uint16_t((bits >> 16U) & 0x8000U);
    const std::uint32_t magnitude = bits & 0x7FFFFFFFU;
    if (magnitude > 0x7F800000U) {
        return std::uint16_t(sign | 0x7E00U | ((magnitude >> 13U) & 0x1FFU));
    }
    if (magnitude >= 0x477FF000U) { // 65520, half way to what would be 65536
        return std::uint16_t(sign | 0x7C00U);
    }
    if (magnitude < 0x38800000U) { // below 2⁻¹⁴: a multiple of 2⁻²⁴, which this sum rounds to
        const float sum = std::bit_cast<float>(magnitude) + 0.5F;
        return std::uint16_t(sign | (std::bit_cast<std::uint32_t>(sum) - 0x3F000000U));
    }
    const std::uint32_t odd = (magnitude >> 13U) & 1U;
    return std::uint16_t(sign | ((magnitude - 0x38000000U + 0xFFFU + odd) >> 13U));
}

float bf16ToF32(std::uint16_t bits) {
    return std::bit_cast<float>(std::uint32_t(bits) << 16U);
}

} // namespace attest::engine
