// The AVX-512 kernels, spread over several files. Internal to them.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine::avx512 {

void attend(const AttentionTile& tile);
void mergeAttention(float* into, const float* from, size_t valueStride);

void multiply(const QuantMultiply& job);

// The same for up to three tokens and some types; false, and nothing done, for others and for rows
// that are too long.
bool multiplyByRows(const QuantMultiply& job);

void multiplyFloat(const FloatMultiply& job);

} // namespace attest::engine::avx512
