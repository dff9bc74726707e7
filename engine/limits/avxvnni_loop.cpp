#include "engine/limits/loops.h"

namespace attest::engine {

namespace {

constexpr size_t kChains = 12;

// As the loops of avx2_loops.cpp.
void multiplyInt8(size_t rounds) {
    asm volatile(".irp r,0,1,2,3,4,5,6,7,8,9,10,11,15\n"
                 "vpxor %%ymm\\r, %%ymm\\r, %%ymm\\r\n"
                 ".endr\n"
                 "1:\n"
                 ".irp r,0,1,2,3,4,5,6,7,8,9,10,11\n"
                 "%{vex%} vpdpbusd %%ymm15, %%ymm15, %%ymm\\r\n"
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
                   "xmm15");
}

} // namespace

const PeakLoop kAvxVnniInt8 = {multiplyInt8, kChains * 32 * 2};

} // namespace attest::engine
