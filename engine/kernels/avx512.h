// The AVX-512 kernels, spread over three files. Internal to them.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine::avx512 {

void attention(const AttentionTile& tile);

template <QuantIndex type>
void multiply(const QuantMultiply& job);

} // namespace attest::engine::avx512
