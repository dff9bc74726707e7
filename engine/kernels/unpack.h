// Reads the blocks of the quantized weight types.
#pragma once

#include "engine/gguf.h"
#include "engine/kernels/kernels.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace attest::engine {

// 32 weights. Element i is scales[i / 16] · q[i] − minima[i / 16].
struct WeightBlock {
    std::array<std::int8_t, 32> q = {};
    std::array<float, 2> scales = {};
    std::array<float, 2> minima = {}; // zero in types without, see kQuantForms
};

// nullopt: F32, F16, BF16.
std::optional<QuantIndex> quantIndex(TensorType type);

// The `index`-th 32 elements of a row. This is the meaning of every type; see unpack/block_types.h.
WeightBlock unpackBlock(QuantIndex type, const unsigned char* row, std::size_t index);

// What all elements of a tensor are multiplied by beside the scales in its blocks: 1 but for I2_S,
// which has one scale behind its last block. Not necessarily finite.
float tensorScale(const TensorInfo& tensor);

// A row of any supported type as f32, the same bytes that ggml's to_float gives, without
// tensorScale().
// REQUIRES: out.size() is a multiple of the type's block.
void dequantizeRow(TensorType type, const std::byte* row, std::span<float> out);
void dequantizeRow(QuantIndex type, const std::byte* row, std::span<float> out);

} // namespace attest::engine
