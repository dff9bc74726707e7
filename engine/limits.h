// What the machine can do at most: the bounds that the engine's speed is judged against.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <stop_token>

namespace attest::engine {

class ThreadPool;

// All for the threads of the pool together. 0: the processor has no such instructions, or this
// build does not know them. An operation is one multiplication or one addition.
struct MachineLimits {
    std::size_t threads = 0;
    double readBytesPerSecond = 0; // from memory, not from a cache

    // The widest vector instructions: fused f32, pairs of bfloat16, quadruples of 8-bit integers.
    double f32PerSecond = 0;
    double bf16PerSecond = 0;
    double int8PerSecond = 0;

    // The matrix unit (AMX).
    double tileBf16PerSecond = 0;
    double tileInt8PerSecond = 0;
};

// Takes about a second and, while it runs, half a gigabyte of memory (less where less is free).
// Medians of several rounds. Errors: Cancelled, OutOfResources (no memory to read).
Result<MachineLimits> measureLimits(ThreadPool& pool, std::stop_token stop);

} // namespace attest::engine
