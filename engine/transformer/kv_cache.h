// Keys and values of the positions of one sequence.
#pragma once

#include "base/result.h"
#include "engine/kernels/attention_tile.h"
#include "engine/kv_type.h"
#include "engine/zeroed_pages.h"

#include <cstddef>
#include <cstdint>

namespace attest::engine {

struct KvShape {
    std::size_t layers = 0;
    std::size_t kvHeads = 0;
    std::size_t headSize = 0; // of keys and of values
};

// The layout is in kernels/attention_tile.h. Memory is taken from the system as positions are
// written, not before.
//
// Different positions may be written by different threads at the same time.
class KvCache {
public:
    // Errors: OutOfResources.
    static Result<KvCache> create(const KvShape& shape, std::size_t contextLength, KvType type);

    const KvShape& shape() const { return shape_; }

    // The context length rounded up to whole blocks.
    std::size_t positions() const { return positions_; }

    KeyValues view(std::size_t layer, std::size_t head) const;

    // Where the positions from `position` on are to be stored; the caller adds what and how many.
    KeyValueStore place(std::size_t layer, std::size_t head, std::size_t position);

    // When every position is written.
    std::uint64_t bytes() const { return memory_.bytes(); }

private:
    KvCache() = default;

    // Of one layer and head, in bytes from the beginning of the memory.
    struct Offsets {
        std::size_t keys;
        std::size_t values;
        std::size_t keyScales;
        std::size_t valueScales;
    };

    Offsets offsets(std::size_t layer, std::size_t head) const;

    KvShape shape_;
    KvType type_ = KvType::F32;
    std::size_t positions_ = 0;
    ZeroedPages memory_;
};

} // namespace attest::engine
