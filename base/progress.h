// How blocking functions report how far they are.
#pragma once

#include <cstdint>
#include <functional>

namespace attest {

struct Progress {
    std::int64_t done = 0;
    std::int64_t total = 0; // 0: not known yet
};

// Called on the thread that does the work.
using ProgressFn = std::function<void(Progress)>;

} // namespace attest
