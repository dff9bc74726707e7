// Products and attention of the AMX set. Everything else in it is the AVX-512 set's.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine::amx {

// The same bytes as avx512::multiply. REQUIRES: the process may use the tiles, see cpu.h.
void multiply(const QuantMultiply& job);

// The same for up to 16 tokens and some types; false, and nothing done, for others and for rows
// that are too long. REQUIRES: as above.
bool multiplyBatch(const QuantMultiply& job);

// For keys and values of type F32 the same bytes as avx512::attend. Merges with
// avx512::mergeAttention. REQUIRES: as above.
void attend(const AttentionTile& tile);

} // namespace attest::engine::amx
