// How much memory this process has and had.
#pragma once

#include <cstdint>

namespace attest::cli {

// Bytes; 0 where the system does not say.
struct ProcessMemory {
    std::uint64_t peak = 0;    // resident at most, mapped files included
    std::uint64_t present = 0; // resident now
    std::uint64_t own = 0;     // of it not of any file
};

ProcessMemory processMemory();

// Makes the peak what is resident now. Without effect where the system does not let us.
void resetPeakMemory();

} // namespace attest::cli
