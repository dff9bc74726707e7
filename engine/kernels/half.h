// The 16-bit float formats. Both conversions are exact.
#pragma once

#include <cstdint>

namespace attest::engine {

// Source: IEEE 754-2008, binary16.
float f16ToF32(std::uint16_t bits);

// The upper half of a binary32.
float bf16ToF32(std::uint16_t bits);

} // namespace attest::engine
