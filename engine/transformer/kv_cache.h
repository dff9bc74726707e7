// Keys and values of the positions of one sequence.
#pragma once

#include "base/result.h"
#include "engine/aligned_buffer.h"
#include "engine/transformer/parameters.h"

#include <cstddef>
#include <span>

namespace attest::engine {

// f32: with half precision, logits of the reference models move by 6e-3, with f32 they agree to
// 3e-5.
//
// Shapes, for each layer and head: keys (groups, headSize, 16), sixteen neighbouring positions side
// by side, so that one register holds the scores of sixteen positions; values (positions,
// valueStride), with zeros behind headSize.
//
// Different positions may be written by different threads at the same time.
class KvCache {
public:
    // Errors: OutOfResources.
    static Result<KvCache> create(const TransformerParameters& parameters,
                                  std::size_t contextLength);

    const float* keys(std::size_t layer, std::size_t head) const;
    const float* values(std::size_t layer, std::size_t head) const;

    std::size_t valueStride() const { return valueStride_; }

    // key, value: (headSize,).
    void write(std::size_t layer,
               std::size_t head,
               std::size_t position,
               std::span<const float> key,
               std::span<const float> value);

    std::size_t bytes() const { return keys_.bytes() + values_.bytes(); }

private:
    KvCache() = default;

    std::size_t heads_ = 0;
    std::size_t headSize_ = 0;
    std::size_t valueStride_ = 0;
    std::size_t positions_ = 0; // a multiple of 16
    AlignedBuffer<float> keys_;
    AlignedBuffer<float> values_;
};

} // namespace attest::engine
