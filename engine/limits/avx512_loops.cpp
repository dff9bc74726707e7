#include "engine/limits/loops.h"

#include <immintrin.h>

namespace attest::engine {

namespace {

constexpr size_t kChains = 16;

// Registers 0…15 sum, register 31 is multiplied. Written out, as GCC 12 keeps arrays of registers
// in memory. REQUIRES: rounds > 0.
#define ATTEST_CHAINS(instruction)                                                                 \
    asm volatile(".irp r,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,31\n"                               \
                 "vpxord %%zmm\\r, %%zmm\\r, %%zmm\\r\n"                                           \
                 ".endr\n"                                                                         \
                 "1:\n"                                                                            \
                 ".irp r,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n" instruction                      \
                 " %%zmm31, %%zmm31, %%zmm\\r\n"                                                   \
                 ".endr\n"                                                                         \
                 "dec %0\n"                                                                        \
                 "jnz 1b\n"                                                                        \
                 : "+r"(rounds)                                                                    \
                 :                                                                                 \
                 : "cc",                                                                           \
                   "xmm0",                                                                         \
                   "xmm1",                                                                         \
                   "xmm2",                                                                         \
                   "xmm3",                                                                         \
                   "xmm4",                                                                         \
                   "xmm5",                                                                         \
                   "xmm6",                                                                         \
                   "xmm7",                                                                         \
                   "xmm8",                                                                         \
                   "xmm9",                                                                         \
                   "xmm10",                                                                        \
                   "xmm11",                                                                        \
                   "xmm12",                                                                        \
                   "xmm13",                                                                        \
                   "xmm14",                                                                        \
                   "xmm15",                                                                        \
                   "xmm31")

uint64_t readBytes(const unsigned char* bytes, size_t size) {
    __m512i sums[8];
    for (__m512i& sum : sums) {
        sum = _mm512_setzero_si512();
    }
    for (size_t at = 0; at < size; at += sizeof sums) {
        for (size_t i = 0; i < 8; ++i) {
            const __m512i part = _mm512_loadu_si512(bytes + at + i * sizeof(__m512i));
            sums[i] = _mm512_add_epi64(sums[i], part);
        }
    }
    for (size_t i = 1; i < 8; ++i) {
        sums[0] = _mm512_add_epi64(sums[0], sums[i]);
    }
    return uint64_t(_mm512_reduce_add_epi64(sums[0]));
}

void multiplyF32(size_t rounds) {
    ATTEST_CHAINS("vfmadd231ps");
}

void multiplyInt8(size_t rounds) {
    ATTEST_CHAINS("vpdpbusd");
}

} // namespace

const ReadLoop kAvx512Read = readBytes;
const PeakLoop kAvx512F32 = {multiplyF32, kChains * 16 * 2};
const PeakLoop kAvx512Int8 = {multiplyInt8, kChains * 64 * 2};

} // namespace attest::engine
