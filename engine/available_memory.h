// How much memory this process could use.
#pragma once

#include <cstdint>

namespace attest::engine {

// Bytes that could be used without the system writing memory to disk, and no more than the control
// groups of this process may have in all; 0 where the system does not say.
// Source: Linux, Documentation/filesystems/proc.rst and admin-guide/cgroup-v2.rst.
std::uint64_t availableMemory();

} // namespace attest::engine
