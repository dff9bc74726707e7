// The products of the AMX set. Everything else in it is the AVX-512 set's.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine::amx {

// The same bytes as avx512::multiply. REQUIRES: the process may use the tiles, see cpu.h.
void multiply(const QuantMultiply& job);

} // namespace attest::engine::amx
