// The AVX-512 kernels, spread over several files. Internal to them.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine::avx512 {

void attend(const AttentionTile& tile);
void mergeAttention(float* into, const float* from, size_t valueStride);
void finishAttention(float* out, const float* state, size_t headSize, size_t valueStride);
void storeKeyValues(const KeyValueStore& job);

void multiply(const QuantMultiply& job);

// The same for some types and up to `mostTokens` tokens, at most two; false, and nothing done, for
// others and for rows that are too long.
bool multiplyByRows(const QuantMultiply& job, size_t mostTokens);

// The same for weights in panels, some types and up to sixteen tokens.
// REQUIRES: job.isInPanels.
bool multiplyFewInPanels(const QuantMultiply& job);

void multiplyFloat(const FloatMultiply& job);

} // namespace attest::engine::avx512
