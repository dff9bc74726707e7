// unpackBlock() for files compiled for an instruction set: no standard library in this header.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine {

// As WeightBlock in unpack.h.
struct PlainBlock {
    int8_t q[32];
    float scales[2];
    float minima[2];
};

void unpackPlain(QuantIndex type, const unsigned char* row, size_t index, PlainBlock* out);

} // namespace attest::engine
