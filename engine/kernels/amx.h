// Products and attention of the AMX set. Everything else in it is the AVX-512 set's.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine::amx {

// The same bytes as avx512::multiply. REQUIRES: the process may use the tiles, see cpu.h.
void multiply(const QuantMultiply& job);

// For keys and values of type F32 the same bytes as avx512::attend. Merges with
// avx512::mergeAttention. REQUIRES: as above.
void attend(const AttentionTile& tile);

} // namespace attest::engine::amx
