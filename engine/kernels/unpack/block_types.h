// One function per quantized weight type: the `index`-th 32 elements of a row. Internal to
// unpack.cpp; each layout is described at its function.
// Source: the block structs of ggml (ggml-common.h) and their to_float functions; I2_S: Microsoft's
// BitNet as ik_llama.cpp reads it.
#pragma once

#include "engine/kernels/half.h"
#include "engine/kernels/unpack.h"

#include <cstddef>
#include <cstdint>

namespace attest::engine {

// A little-endian f16 anywhere in memory, as f32.
inline float loadF16(const unsigned char* bytes) {
    return f16ToF32(std::uint16_t(bytes[0] | (bytes[1] << 8)));
}

// simple_types.cpp: blocks of 32 with one scale, or a scale and a minimum.
WeightBlock unpackQ8_0(const unsigned char* row, std::size_t index);
WeightBlock unpackQ4_0(const unsigned char* row, std::size_t index);
WeightBlock unpackQ4_1(const unsigned char* row, std::size_t index);
WeightBlock unpackQ5_0(const unsigned char* row, std::size_t index);
WeightBlock unpackQ5_1(const unsigned char* row, std::size_t index);

// k_types.cpp: blocks of 256 whose groups have quantized scales.
WeightBlock unpackQ2_K(const unsigned char* row, std::size_t index);
WeightBlock unpackQ3_K(const unsigned char* row, std::size_t index);
WeightBlock unpackQ4_K(const unsigned char* row, std::size_t index);
WeightBlock unpackQ5_K(const unsigned char* row, std::size_t index);
WeightBlock unpackQ6_K(const unsigned char* row, std::size_t index);

// table_types.cpp: numbers that stand for entries of a table.
WeightBlock unpackIQ4_NL(const unsigned char* row, std::size_t index);
WeightBlock unpackIQ4_XS(const unsigned char* row, std::size_t index);
WeightBlock unpackIQ3_S(const unsigned char* row, std::size_t index);
WeightBlock unpackMXFP4(const unsigned char* row, std::size_t index);
WeightBlock unpackIQ3_SWide(const unsigned char* row, std::size_t index);
WeightBlock unpackMXFP4Wide(const unsigned char* row, std::size_t index);

// few_bit_types.cpp: two, three or four values.
WeightBlock unpackTQ1_0(const unsigned char* row, std::size_t index);
WeightBlock unpackTQ2_0(const unsigned char* row, std::size_t index);
WeightBlock unpackI2_S(const unsigned char* row, std::size_t index);
WeightBlock unpackQ1_0(const unsigned char* row, std::size_t index);
WeightBlock unpackQ2_0(const unsigned char* row, std::size_t index);

} // namespace attest::engine
