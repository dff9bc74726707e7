#include "engine/kernels/plain_block.h"

#include "engine/kernels/unpack.h"

#include <algorithm>

namespace attest::engine {

void unpackPlain(QuantIndex type, const unsigned char* row, std::size_t index, PlainBlock* out) {
    const WeightBlock block = unpackBlock(type, row, index);
    std::copy(block.q.begin(), block.q.end(), out->q);
    std::copy(block.scales.begin(), block.scales.end(), out->scales);
    std::copy(block.minima.begin(), block.minima.end(), out->minima);
}

} // namespace attest::engine
