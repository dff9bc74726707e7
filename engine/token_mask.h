// The tokens that may come next: a list of ids while they are few, one bit per token otherwise.
#pragma once

#include "engine/tokenizer.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace attest::engine {

class TokenMask {
public:
    // Up to here a list is smaller than the bits of any real vocabulary and faster to go through.
    static constexpr std::size_t kMaxListed = 512;

    TokenMask() = default;

    explicit TokenMask(std::size_t vocabularySize) : vocabularySize_(vocabularySize) {}

    // REQUIRES: 0 ≤ token < vocabularySize; each token is added once.
    void add(TokenId token) {
        ++count_;
        if (!bits_.empty()) {
            set(token);
            return;
        }
        listed_.push_back(token);
        if (listed_.size() > kMaxListed) {
            bits_.resize((vocabularySize_ + 63) / 64);
            for (const TokenId each : listed_) {
                set(each);
            }
            listed_.clear();
            listed_.shrink_to_fit();
        }
    }

    std::size_t count() const { return count_; }

    bool contains(TokenId token) const {
        if (!bits_.empty()) {
            return (bits_[std::size_t(token) / 64] >> (std::size_t(token) % 64) & 1U) != 0;
        }
        for (const TokenId each : listed_) {
            if (each == token) {
                return true;
            }
        }
        return false;
    }

    // Calls visit(token) for each allowed token; in no particular order.
    template <typename Visit>
    void forEach(Visit&& visit) const {
        for (const TokenId each : listed_) {
            visit(each);
        }
        for (std::size_t word = 0; word < bits_.size(); ++word) {
            for (std::uint64_t rest = bits_[word]; rest != 0; rest &= rest - 1) {
                visit(TokenId(word * 64 + std::size_t(std::countr_zero(rest))));
            }
        }
    }

    std::size_t memoryBytes() const {
        return sizeof(*this) + listed_.capacity() * sizeof(TokenId) +
               bits_.capacity() * sizeof(std::uint64_t);
    }

private:
    void set(TokenId token) {
        bits_[std::size_t(token) / 64] |= std::uint64_t(1) << (std::size_t(token) % 64);
    }

    std::size_t vocabularySize_ = 0;
    std::size_t count_ = 0;
    std::vector<TokenId> listed_;
    std::vector<std::uint64_t> bits_;
};

} // namespace attest::engine
