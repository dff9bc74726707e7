// Rows of numbers in a quantized weight type, with the scales that lose least.
//
// Every encoder tries scales around the one that covers the largest number, rounds with each, takes
// the scale that fits those integers best (least squares) and keeps what leaves the smallest
// squared error; what is stored is rounded once more against the scale as the file holds it. The
// layouts are those of kernels/unpack/.
#pragma once

#include "engine/gguf.h"

#include <cstddef>
#include <span>

namespace attest::engine {

// F16, Q8_0, Q4_0, Q5_0, Q4_K and Q6_K.
bool canEncode(TensorType type);

// Writes the blocks of one row. False: a number is not finite or too large for the type.
// REQUIRES: canEncode(type); x.size() is a multiple of the type's block and `out` has room.
[[nodiscard]] bool encodeRow(TensorType type, std::span<const float> x, std::byte* out);

} // namespace attest::engine
