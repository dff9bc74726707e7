#include "engine/transformer/kv_cache.h"

#include "base/check.h"

#include <string>

namespace attest::engine {

namespace {

std::size_t roundUp(std::size_t value, std::size_t multiple) {
    return (value + multiple - 1) / multiple * multiple;
}

std::size_t elementBytes(KvType type) {
    return kKvElementBytes[std::size_t(type)];
}

std::size_t valueStride(const KvShape& shape) {
    return roundUp(shape.headSize, 16);
}

std::size_t scaleBlocks(const KvShape& shape) {
    return (shape.headSize + kKvScaleBlock - 1) / kKvScaleBlock;
}

// Of one position.
std::size_t scaleBytes(const KvShape& shape, KvType type) {
    return type == KvType::Q8_0 ? scaleBlocks(shape) * sizeof(float) : 0;
}

} // namespace

Result<KvCache> KvCache::create(const KvShape& shape, std::size_t contextLength, KvType type) {
    KvCache cache;
    cache.shape_ = shape;
    cache.type_ = type;
    cache.positions_ = roundUp(contextLength, kKeyBlock);
    // The limits of a model's parameters keep this below 2^62.
    const std::size_t perPosition =
        (shape.headSize + valueStride(shape)) * elementBytes(type) + 2 * scaleBytes(shape, type);
    if (!cache.memory_.allocate(shape.layers * shape.kvHeads * cache.positions_ * perPosition)) {
        return Error{ErrorCode::OutOfResources,
                     "not enough memory for the keys and values of " +
                         std::to_string(contextLength) + " tokens"};
    }
    return cache;
}

// Keys, values and scales of a head lie one behind the other; the positions being whole blocks,
// each begins at a multiple of 64 bytes.
KvCache::Offsets KvCache::offsets(std::size_t layer, std::size_t head) const {
    ATTEST_DCHECK(layer < shape_.layers && head < shape_.kvHeads);
    const std::size_t keyBytes = positions_ * shape_.headSize * elementBytes(type_);
    const std::size_t valueBytes = positions_ * valueStride(shape_) * elementBytes(type_);
    const std::size_t scales = positions_ * scaleBytes(shape_, type_);
    Offsets at = {};
    at.keys = (layer * shape_.kvHeads + head) * (keyBytes + valueBytes + 2 * scales);
    at.values = at.keys + keyBytes;
    at.keyScales = at.values + valueBytes;
    at.valueScales = at.keyScales + scales;
    return at;
}

KeyValues KvCache::view(std::size_t layer, std::size_t head) const {
    const Offsets at = offsets(layer, head);
    const bool isScaled = type_ == KvType::Q8_0;
    const std::byte* data = memory_.data();
    return {.type = type_,
            .headSize = shape_.headSize,
            .valueStride = valueStride(shape_),
            .keys = data + at.keys,
            .values = data + at.values,
            .keyScales = isScaled ? reinterpret_cast<const float*>(data + at.keyScales) : nullptr,
            .valueScales =
                isScaled ? reinterpret_cast<const float*>(data + at.valueScales) : nullptr};
}

KeyValueStore KvCache::place(std::size_t layer, std::size_t head, std::size_t position) {
    ATTEST_DCHECK(position < positions_);
    const Offsets at = offsets(layer, head);
    const std::size_t group = position / kKeyGroup * kKeyGroup; // its first position
    const std::size_t stride = valueStride(shape_);
    const std::size_t blocks = scaleBlocks(shape_);
    std::byte* data = memory_.data();
    KeyValueStore place = {};
    place.type = type_;
    place.headSize = shape_.headSize;
    place.valueStride = stride;
    place.keys = data + at.keys + group * shape_.headSize * elementBytes(type_);
    place.values = data + at.values + position * stride * elementBytes(type_);
    if (type_ == KvType::Q8_0) {
        place.keyScales = reinterpret_cast<float*>(data + at.keyScales) + group * blocks;
        place.valueScales = reinterpret_cast<float*>(data + at.valueScales) + position * blocks;
    }
    place.lane = position % kKeyGroup;
    return place;
}

} // namespace attest::engine
