#include "engine/limits/chains.h"
#include "engine/limits/loops.h"

#include <immintrin.h>

namespace attest::engine {

namespace {

constexpr size_t kInt8Chains = 6;

uint64_t readBytes(const unsigned char* bytes, size_t size) {
    __m256i sums[8];
    for (__m256i& sum : sums) {
        sum = _mm256_setzero_si256();
    }
    for (size_t at = 0; at < size; at += sizeof sums) {
        for (size_t i = 0; i < 8; ++i) {
            const auto* part = reinterpret_cast<const __m256i*>(bytes + at + i * sizeof(__m256i));
            sums[i] = _mm256_add_epi64(sums[i], _mm256_loadu_si256(part));
        }
    }
    for (size_t i = 1; i < 8; ++i) {
        sums[0] = _mm256_add_epi64(sums[0], sums[i]);
    }
    uint64_t lanes[4];
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(lanes), sums[0]);
    return lanes[0] + lanes[1] + lanes[2] + lanes[3];
}

void multiplyF32(size_t rounds) {
    ATTEST_YMM_CHAINS("vfmadd231ps");
}

// What products of 8-bit numbers take without VNNI: two multiplications and an addition. Registers
// 0…5 sum, 6…11 are between.
void multiplyInt8(size_t rounds) {
    asm volatile(".irp r,0,1,2,3,4,5,15\n"
                 "vpxor %%ymm\\r, %%ymm\\r, %%ymm\\r\n"
                 ".endr\n"
                 "1:\n"
                 ".irp r,6,7,8,9,10,11\n"
                 "vpmaddubsw %%ymm15, %%ymm15, %%ymm\\r\n"
                 "vpmaddwd %%ymm15, %%ymm\\r, %%ymm\\r\n"
                 ".endr\n"
                 "vpaddd %%ymm6, %%ymm0, %%ymm0\n"
                 "vpaddd %%ymm7, %%ymm1, %%ymm1\n"
                 "vpaddd %%ymm8, %%ymm2, %%ymm2\n"
                 "vpaddd %%ymm9, %%ymm3, %%ymm3\n"
                 "vpaddd %%ymm10, %%ymm4, %%ymm4\n"
                 "vpaddd %%ymm11, %%ymm5, %%ymm5\n"
                 "dec %0\n"
                 "jnz 1b\n"
                 : "+r"(rounds)
                 :
                 : "cc", ATTEST_LOWER_REGISTERS, "xmm15");
}

} // namespace

const ReadLoop kAvx2Read = readBytes;
const PeakLoop kAvx2F32 = {multiplyF32, size_t(ATTEST_YMM_CHAIN_COUNT) * 8 * 2};
const PeakLoop kAvx2Int8 = {multiplyInt8, kInt8Chains * 32 * 2};

} // namespace attest::engine
