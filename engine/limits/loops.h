// Loops that do nothing but keep one unit of the processor busy, for limits.h.
//
// The files for instruction sets are compiled with their own flags, so this header includes nothing
// with inline functions, as kernels.h.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace attest::engine {

// Independent chains of one instruction, enough of them to hide its latency.
struct PeakLoop {
    void (*run)(size_t rounds);
    size_t operations; // per round
};

// The sum of the bytes as 64-bit numbers. REQUIRES: size is a multiple of kReadStep.
using ReadLoop = uint64_t (*)(const unsigned char* bytes, size_t size);
constexpr size_t kReadStep = 512;

extern const ReadLoop kPlainRead;
#if defined(__x86_64__)
extern const ReadLoop kAvx2Read;
extern const PeakLoop kAvx2F32;
extern const PeakLoop kAvx2Int8;

extern const PeakLoop kAvxVnniInt8;

extern const ReadLoop kAvx512Read;
extern const PeakLoop kAvx512F32;
extern const PeakLoop kAvx512Int8; // VNNI

extern const PeakLoop kAvx512Bf16; // in a file of its own: not every AVX-512 processor has it

extern const PeakLoop kTileInt8;
extern const PeakLoop kTileBf16;
#endif

} // namespace attest::engine
