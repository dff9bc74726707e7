#include "engine/tokenizer/keyed_hash.h"

#include <cstring>
#include <random>

namespace attest::engine {

namespace {

std::uint64_t programKey() {
    static const std::uint64_t key = [] {
        std::random_device device;
        return (std::uint64_t(device()) << 32U) ^ device();
    }();
    return key;
}

// The finaliser of MurmurHash3 (public domain, Austin Appleby): every input bit reaches every
// output bit.
std::uint64_t mix(std::uint64_t x) {
    x ^= x >> 33U;
    x *= 0xFF51AFD7ED558CCDULL;
    x ^= x >> 33U;
    x *= 0xC4CEB9FE1A85EC53ULL;
    x ^= x >> 33U;
    return x;
}

} // namespace

std::uint64_t keyedHash(std::string_view text) {
    const std::uint64_t key = programKey();
    std::uint64_t hash = key ^ text.size();
    while (text.size() >= sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), sizeof word);
        // The key enters at every word, so that a collision of one key is none of another.
        hash = mix(hash ^ word) + key;
        text.remove_prefix(sizeof word);
    }
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), text.size());
    return mix(hash ^ word);
}

std::uint64_t keyedHash(std::uint64_t number) {
    const std::uint64_t key = programKey();
    return mix(mix(number ^ key) + key);
}

} // namespace attest::engine
