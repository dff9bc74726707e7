// How the keys and values of a session are kept.
#pragma once

#include <stdint.h>

namespace attest::engine {

enum class KvType : uint8_t {
    F32,
    F16,  // half the memory; logits of the reference models move by up to 6e-3
    Q8_0, // signed 8-bit numbers with an f32 scale for every 32: 0.28 of the memory of F32
};

// Bytes of an element, by KvType; Q8_0 without its scales.
constexpr uint8_t kKvElementBytes[] = {4, 2, 1};

} // namespace attest::engine
