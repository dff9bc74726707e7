#include "engine/transformer/kv_cache.h"

#include "base/check.h"
#include "engine/kernels/kernels.h"

#include <algorithm>
#include <string>

namespace attest::engine {

namespace {

std::size_t roundUp(std::size_t value, std::size_t multiple) {
    return (value + multiple - 1) / multiple * multiple;
}

} // namespace

Result<KvCache> KvCache::create(const TransformerParameters& parameters,
                                std::size_t contextLength) {
    KvCache cache;
    cache.heads_ = parameters.kvHeadCount;
    cache.headSize_ = parameters.headSize;
    cache.valueStride_ = roundUp(parameters.headSize, 16);
    cache.positions_ = roundUp(contextLength, kKeyGroup);
    // The limits of the parameters keep this below 2^62.
    const std::size_t perColumn =
        std::size_t(parameters.layerCount) * cache.heads_ * cache.positions_;
    if (!cache.keys_.allocate(perColumn * cache.headSize_) ||
        !cache.values_.allocate(perColumn * cache.valueStride_)) {
        return Error{ErrorCode::OutOfResources,
                     "not enough memory for the keys and values of " +
                         std::to_string(contextLength) + " tokens"};
    }
    return cache;
}

const float* KvCache::keys(std::size_t layer, std::size_t head) const {
    return keys_.data() + (layer * heads_ + head) * positions_ * headSize_;
}

const float* KvCache::values(std::size_t layer, std::size_t head) const {
    return values_.data() + (layer * heads_ + head) * positions_ * valueStride_;
}

void KvCache::write(std::size_t layer,
                    std::size_t head,
                    std::size_t position,
                    std::span<const float> key,
                    std::span<const float> value) {
    ATTEST_DCHECK(position < positions_ && key.size() == headSize_ && value.size() == headSize_);
    const std::size_t first = layer * heads_ + head;
    const std::size_t group = position / kKeyGroup;
    float* keyLane = keys_.data() + first * positions_ * headSize_ + group * kKeyGroup * headSize_ +
                     position % kKeyGroup;
    for (std::size_t i = 0; i < headSize_; ++i) {
        keyLane[i * kKeyGroup] = key[i];
    }
    float* row = values_.data() + (first * positions_ + position) * valueStride_;
    std::copy(value.begin(), value.end(), row);
    std::fill(row + headSize_, row + valueStride_, 0.0F);
}

} // namespace attest::engine
