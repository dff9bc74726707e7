// The AVX2 kernels, spread over several files. Internal to them.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine::avx2 {

void attention(const AttentionTile& tile);

void multiply(const QuantMultiply& job);

} // namespace attest::engine::avx2
