#include "engine/limits/chains.h"
#include "engine/limits/loops.h"

namespace attest::engine {

namespace {

void multiplyInt8(size_t rounds) {
    ATTEST_YMM_CHAINS("%{vex%} vpdpbusd");
}

} // namespace

const PeakLoop kAvxVnniInt8 = {multiplyInt8, size_t(ATTEST_YMM_CHAIN_COUNT) * 32 * 2};

} // namespace attest::engine
