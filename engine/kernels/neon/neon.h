// The NEON kernels, spread over several files. Internal to them.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine::neon {

void attend(const AttentionTile& tile);
void mergeAttention(float* into, const float* from, size_t valueStride);
void finishAttention(float* out, const float* state, size_t headSize, size_t valueStride);
void storeKeyValues(const KeyValueStore& job);

void multiply(const QuantMultiply& job);    // any 64-bit ARM processor
void multiplyDot(const QuantMultiply& job); // those with the dot product instructions of ARMv8.2

void multiplyFloat(const FloatMultiply& job);

} // namespace attest::engine::neon
