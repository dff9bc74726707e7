// How much memory is to be had.
#pragma once

#include <cstdint>

namespace attest::engine {

// Bytes that could be used without the system writing memory to disk; where it does not say, what
// is free; 0 where nothing is known. Source: Linux, Documentation/filesystems/proc.rst.
std::uint64_t systemMemoryAvailable();

// The same, and no more than the control groups of this process may have in all.
// Source: Linux, Documentation/admin-guide/cgroup-v2.rst.
std::uint64_t availableMemory();

} // namespace attest::engine
