#include "engine/limits/loops.h"

namespace attest::engine {

namespace {

constexpr size_t kChains = 16;

// As the loops of avx512_loops.cpp.
void multiplyBf16(size_t rounds) {
    asm volatile(".irp r,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,31\n"
                 "vpxord %%zmm\\r, %%zmm\\r, %%zmm\\r\n"
                 ".endr\n"
                 "1:\n"
                 ".irp r,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
                 "vdpbf16ps %%zmm31, %%zmm31, %%zmm\\r\n"
                 ".endr\n"
                 "dec %0\n"
                 "jnz 1b\n"
                 : "+r"(rounds)
                 :
                 : "cc",
                   "xmm0",
                   "xmm1",
                   "xmm2",
                   "xmm3",
                   "xmm4",
                   "xmm5",
                   "xmm6",
                   "xmm7",
                   "xmm8",
                   "xmm9",
                   "xmm10",
                   "xmm11",
                   "xmm12",
                   "xmm13",
                   "xmm14",
                   "xmm15",
                   "xmm31");
}

} // namespace

const PeakLoop kAvx512Bf16 = {multiplyBf16, kChains * 32 * 2};

} // namespace attest::engine
