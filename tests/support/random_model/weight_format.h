// Random weights in the block layouts of GGUF files.
//
// The layouts are written down here a second time, apart from the engine's, so that a file of the
// generator checks the engine and not itself.
#pragma once

#include "support/random_model/random_bytes.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace attest::test {

struct WeightFormat {
    std::string_view name; // "Q4_K"
    std::uint32_t id;      // as in the file
    std::size_t elements;  // per block
    std::size_t bytes;     // per block

    // Makes `count` blocks of bytes that are random already into weights whose standard deviation
    // is about `deviation`: sets scales, replaces codes that no quantizer writes.
    void (*finish)(unsigned char* blocks, std::size_t count, float deviation);

    // What a tensor holds behind its blocks; nullptr: nothing. Only I2_S.
    void (*trailer)(unsigned char* out, float deviation);
    std::size_t trailerBytes;
};

// F32 F16 BF16 Q8_0 Q4_0 Q4_1 Q5_0 Q5_1 Q2_K Q3_K Q4_K Q5_K Q6_K IQ4_NL IQ4_XS IQ3_S TQ1_0 TQ2_0
// I2_S MXFP4.
std::span<const WeightFormat> weightFormats();

// nullptr: no format of this name.
const WeightFormat* findFormat(std::string_view name);

} // namespace attest::test
