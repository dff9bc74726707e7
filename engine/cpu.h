// What the processor offers, and which of the kernel sets to use on it.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace attest::engine {

enum class Isa {
    Reference, // plain C++
    Avx2,      // AVX2, FMA and F16C
    AvxVnni,   // the same, and the 8-bit products of AVX-VNNI
    Avx512,    // AVX-512 F, BW, DQ, VL and VNNI
    Amx,       // the same, and AMX tiles of 8-bit integers and bfloat16
    Neon,      // Advanced SIMD, which every 64-bit ARM processor has
    NeonDot,   // and the dot product instructions of ARMv8.2
};

// "reference", "avx2", "avxvnni", "avx512", "amx", "neon", "neondot": the values of ATTEST_ISA.
std::string_view toString(Isa isa);

// The sets this machine can run, Reference first, the fastest last. Asks the processor and the
// operating system (which has to save the wide registers).
std::vector<Isa> availableIsas();

// The fastest set, or the one that the environment variable ATTEST_ISA names.
// Errors: InvalidInput (ATTEST_ISA has another value), Unsupported (this machine cannot run it).
Result<Isa> chooseIsa();

// Physical cores this process may use (affinity mask, hyper-threads counted once); at least 1.
std::size_t physicalCoreCount();

} // namespace attest::engine
