// Gives every tensor of a file its bytes.
#pragma once

#include "base/result.h"
#include "engine/gguf.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attest::engine {

// Sets `data` of every tensor. `offsets` are those of the tensor table, in the same order, relative
// to `data`, the file's tensor data.
// Errors: InvalidInput (a shape that overflows or does not fit the type's blocks, a tensor outside
//         the data or over another one).
// REQUIRES: as many offsets as tensors; shapes have 1 to 4 dimensions, none of them 0.
Result<void> placeTensors(std::span<TensorInfo> tensors,
                          std::span<const std::uint64_t> offsets,
                          std::span<const std::byte> data);

} // namespace attest::engine
