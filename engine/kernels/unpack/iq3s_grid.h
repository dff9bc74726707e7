// The code book of the weight type IQ3_S.
#pragma once

#include <stdint.h>

namespace attest::engine {

// entries[index]: the magnitudes of four neighbouring weights, one a byte, the first in the lowest;
// each is odd, 1…15. Source: the format's definition in the ggml project (iq3s_grid).
struct Iq3sGrid {
    uint32_t entries[512];
};

extern const Iq3sGrid kIq3sGrid;

} // namespace attest::engine
