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

// 32 weights: element i is scales[i / 16] · q[i] − minima[i / 16].
struct WeightBlock {
    std::array<std::int8_t, 32> q = {};
    std::array<float, 2> scales = {};
    std::array<float, 2> minima = {};
};

// nullopt: F32, F16, BF16.
std::optional<QuantIndex> quantIndex(TensorType type);

// The `index`-th 32 elements of a row.
// Source: the block layouts in ggml (block_q8_0, block_q4_0, block_q4_K, block_q6_K).
WeightBlock unpackBlock(QuantIndex type, const unsigned char* row, std::size_t index);

// A row of any supported type as f32, the same bytes that ggml's to_float gives.
// REQUIRES: out.size() is a multiple of the type's block.
void dequantizeRow(TensorType type, const std::byte* row, std::span<float> out);

} // namespace attest::engine
