// Random changes to files, the same ones in every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>

namespace attest::test {

// Overwrites, inserts, removes and copies bytes; favours the numbers at which parsers break.
class ByteMutator {
public:
    explicit ByteMutator(std::uint32_t seed) : random_(seed) {}

    std::string mutate(std::string bytes) {
        const std::size_t changes = 1 + below(3);
        for (std::size_t i = 0; i < changes; ++i) {
            change(bytes);
        }
        return bytes;
    }

private:
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

    // Headers are where the structure is, so half of the changes fall into the first part.
    std::size_t place(const std::string& bytes) {
        return below(2) == 0 ? below(bytes.size()) : below(bytes.size() / 16 + 1);
    }

    void change(std::string& bytes) {
        static constexpr std::uint64_t kNumbers[] = {0,
                                                     1,
                                                     2,
                                                     8,
                                                     9,
                                                     0x7F,
                                                     0xFF,
                                                     0x7FFFFFFF,
                                                     0xFFFFFFFF,
                                                     0x7FFFFFFFFFFFFFFF,
                                                     0xFFFFFFFFFFFFFFFF,
                                                     0x8000000000000000};
        if (bytes.empty()) {
            bytes.push_back(char(random_()));
            return;
        }
        const std::size_t at = place(bytes);
        switch (below(12)) {
        case 0:
        case 1:
        case 2:
            bytes[at] = char(random_());
            break;
        case 3:
        case 4:
        case 5:
        case 6:
            bytes[at] = char(std::uint8_t(bytes[at]) ^ (1U << below(8)));
            break;
        case 7:
        case 8: {
            const std::uint64_t number = kNumbers[below(std::size(kNumbers))];
            const std::size_t size = std::size_t{1} << below(4);
            for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i) {
                bytes[at + i] = char(number >> (8 * i));
            }
            break;
        }
        case 9:
            bytes.erase(at, 1 + below(16));
            break;
        case 10:
            bytes.insert(at, bytes.substr(place(bytes), 1 + below(16)));
            break;
        default:
            bytes.resize(at + 1);
            break;
        }
    }

    std::mt19937 random_; // the one generator whose numbers the standard fixes
};

} // namespace attest::test
