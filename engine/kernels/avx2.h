// The AVX2 kernels, spread over three files. Internal to them.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine::avx2 {

void attention(const AttentionTile& tile);

template <QuantIndex type>
void multiply(const QuantMultiply& job);

} // namespace attest::engine::avx2
