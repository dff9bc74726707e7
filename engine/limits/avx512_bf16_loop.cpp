#include "engine/limits/chains.h"
#include "engine/limits/loops.h"

namespace attest::engine {

namespace {

void multiplyBf16(size_t rounds) {
    ATTEST_ZMM_CHAINS("vdpbf16ps");
}

} // namespace

const PeakLoop kAvx512Bf16 = {multiplyBf16, size_t(ATTEST_ZMM_CHAIN_COUNT) * 32 * 2};

} // namespace attest::engine
