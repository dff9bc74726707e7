// The AVX2 kernels, spread over several files. Internal to them.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine::avx2 {

void attend(const AttentionTile& tile);
void mergeAttention(float* into, const float* from, size_t valueStride);
void finishAttention(float* out, const float* state, size_t headSize, size_t valueStride);
void storeKeyValues(const KeyValueStore& job);

void multiply(const QuantMultiply& job);

// The same with the instructions of AVX-VNNI.
void multiplyVnni(const QuantMultiply& job);

void multiplyFloat(const FloatMultiply& job);

} // namespace attest::engine::avx2
