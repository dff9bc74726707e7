// The kernel set for an instruction set.
#pragma once

#include "engine/cpu.h"
#include "engine/kernels/kernels.h"

namespace attest::engine {

// REQUIRES: isa is one of availableIsas().
const KernelTable& kernels(Isa isa);

} // namespace attest::engine
