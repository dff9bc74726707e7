// The AVX-512 kernels, spread over several files. Internal to them.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine::avx512 {

void attention(const AttentionTile& tile);

void multiply(const QuantMultiply& job);

} // namespace attest::engine::avx512
