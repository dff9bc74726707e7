// Repeatable random bytes, fast enough for files of gigabytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace attest::test {

// Source: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators" (SplitMix).
class RandomBytes {
public:
    explicit RandomBytes(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }

    // 0…1, without 1.
    float unit() { return float(next() >> 40U) * 0x1p-24F; }

    void fill(unsigned char* out, std::size_t size) {
        for (; size >= sizeof(std::uint64_t); size -= sizeof(std::uint64_t)) {
            const std::uint64_t value = next();
            std::memcpy(out, &value, sizeof value);
            out += sizeof value;
        }
        const std::uint64_t value = next();
        std::memcpy(out, &value, size);
    }

private:
    std::uint64_t state_;
};

} // namespace attest::test
