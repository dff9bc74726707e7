// Which tensor of a model gets which weight type.
#pragma once

#include "base/result.h"
#include "engine/gguf.h"
#include "engine/quantize.h"

#include <cstdint>
#include <span>
#include <vector>

namespace attest::engine {

// The number that general.file_type has for the target.
std::uint32_t fileType(QuantizeTarget target);

// The new type of each tensor; its own type where it stays as it is: vectors, and matrices whose
// rows are not whole blocks of 32. The conventions are those of llama.cpp's own program, so that
// files of one name have one composition: the head (the embedding where there is no head) is Q6_K
// but in Q8_0 files; in the mix the value and down projections of the first and last eighth of the
// layers, and of every third between them, are Q6_K. Rows that are not whole blocks of 256 take
// Q5_0 for Q4_K and Q8_0 for Q6_K.
// Errors: Unsupported (a matrix that is quantized already, in another type than Q8_0).
Result<std::vector<TensorType>> planTypes(std::span<const TensorInfo> tensors,
                                          QuantizeTarget target);

} // namespace attest::engine
