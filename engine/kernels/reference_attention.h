// The attention kernels in plain C++. Storing is fast enough here for every set to use it.
#pragma once

#include "engine/kernels/attention_tile.h"

namespace attest::engine::reference {

void storeKeyValues(const KeyValueStore& job);
void attend(const AttentionTile& tile);
void mergeAttention(float* into, const float* from, size_t valueStride);

} // namespace attest::engine::reference
