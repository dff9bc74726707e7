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

float bf16ToF32(std::uint16_t bits) {
    return std::bit_cast<float>(std::uint32_t(bits) << 16U);
}

} // namespace attest::engine
