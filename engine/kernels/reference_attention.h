// The attention kernels in plain C++. The other sets store Q8_0, and what is not finite, with this.
#pragma once

#include "engine/kernels/attention_tile.h"

namespace attest::engine::reference {

void storeKeyValues(const KeyValueStore& job);
void attend(const AttentionTile& tile);
void mergeAttention(float* into, const float* from, size_t valueStride);
void finishAttention(float* out, const float* state, size_t headSize, size_t valueStride);

} // namespace attest::engine::reference
