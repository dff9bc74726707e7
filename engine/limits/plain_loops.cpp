#include "engine/limits/loops.h"

#include <cstdint>
#include <cstring>

namespace attest::engine {

namespace {

std::uint64_t readBytes(const unsigned char* bytes, std::size_t size) {
    std::uint64_t sums[8] = {};
    for (std::size_t at = 0; at < size; at += sizeof sums) {
        std::uint64_t values[8];
        std::memcpy(values, bytes + at, sizeof values);
        for (std::size_t i = 0; i < 8; ++i) {
            sums[i] += values[i];
        }
    }
    std::uint64_t sum = 0;
    for (const std::uint64_t part : sums) {
        sum += part;
    }
    return sum;
}

} // namespace

const ReadLoop kPlainRead = readBytes;

} // namespace attest::engine
