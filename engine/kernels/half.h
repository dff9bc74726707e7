// The 16-bit float formats. Conversions to f32 are exact.
#pragma once

#include <cstdint>

namespace attest::engine {

// Source: IEEE 754-2008, binary16.
float f16ToF32(std::uint16_t bits);

// Rounds to nearest even; infinity from 65520 on, NaN stays NaN.
std::uint16_t f32ToF16(float value);

// The upper half of a binary32.
float bf16ToF32(std::uint16_t bits);

} // namespace attest::engine
