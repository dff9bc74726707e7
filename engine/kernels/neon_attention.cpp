// Attention with NEON, four lanes.
#include "engine/kernels/lane_attention.h"
#include "engine/kernels/neon.h"
#include "engine/kernels/neon_lanes.h"

namespace attest::engine::neon {

void attend(const AttentionTile& tile) {
    attendInBlocks<LaneAttention<NeonLanes>>(tile);
}

void mergeAttention(float* into, const float* from, size_t valueStride) {
    LaneAttention<NeonLanes>::merge(into, from, valueStride);
}

} // namespace attest::engine::neon
