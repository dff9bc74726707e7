#include "engine/limits/chains.h"
#include "engine/limits/loops.h"

#include <immintrin.h>

namespace attest::engine {

namespace {

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
    ATTEST_ZMM_CHAINS("vfmadd231ps");
}

void multiplyInt8(size_t rounds) {
    ATTEST_ZMM_CHAINS("vpdpbusd");
}

} // namespace

const ReadLoop kAvx512Read = readBytes;
const PeakLoop kAvx512F32 = {multiplyF32, size_t(ATTEST_ZMM_CHAIN_COUNT) * 16 * 2};
const PeakLoop kAvx512Int8 = {multiplyInt8, size_t(ATTEST_ZMM_CHAIN_COUNT) * 64 * 2};

} // namespace attest::engine
