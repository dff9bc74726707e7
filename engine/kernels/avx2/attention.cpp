// Attention with AVX2, eight lanes.
#include "engine/kernels/lanes/attention.h"

#include "engine/kernels/avx2/avx2.h"
#include "engine/kernels/avx2/lanes.h"
#include "engine/kernels/lanes/store.h"

namespace attest::engine::avx2 {

void attend(const AttentionTile& tile) {
    attendInBlocks<LaneAttention<Avx2Lanes>>(tile);
}

void mergeAttention(float* into, const float* from, size_t valueStride) {
    LaneAttention<Avx2Lanes>::merge(into, from, valueStride);
}

void finishAttention(float* out, const float* state, size_t headSize, size_t valueStride) {
    LaneAttention<Avx2Lanes>::finish(out, state, headSize, valueStride);
}

void storeKeyValues(const KeyValueStore& job) {
    LaneStore<Avx2Lanes>::storeKeyValues(job);
}

} // namespace attest::engine::avx2
