// Attention with NEON, four lanes.
#include "engine/kernels/lanes/attention.h"

#include "engine/kernels/lanes/store.h"
#include "engine/kernels/neon/lanes.h"
#include "engine/kernels/neon/neon.h"

namespace attest::engine::neon {

void attend(const AttentionTile& tile) {
    attendInBlocks<LaneAttention<NeonLanes>>(tile);
}

void mergeAttention(float* into, const float* from, size_t valueStride) {
    LaneAttention<NeonLanes>::merge(into, from, valueStride);
}

void finishAttention(float* out, const float* state, size_t headSize, size_t valueStride) {
    LaneAttention<NeonLanes>::finish(out, state, headSize, valueStride);
}

void storeKeyValues(const KeyValueStore& job) {
    LaneStore<NeonLanes>::storeKeyValues(job);
}

} // namespace attest::engine::neon
