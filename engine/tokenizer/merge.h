// The merging that both kinds of BPE share: of all neighbouring pairs that may become one, the one
// with the lowest priority number is joined, the leftmost on ties, until none is left.
#pragma once

#include "engine/tokenizer.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace attest::engine {

// A stretch of the text while it is merged. `token` is kNoToken for a character without token.
struct MergeSymbol {
    std::uint32_t begin = 0;
    std::uint32_t length = 0; // 0: joined to its left neighbour
    TokenId token = 0;
    std::uint32_t previous = 0;
    std::uint32_t next = 0;
};

struct Merge {
    std::uint32_t priority; // lower is earlier
    TokenId token;          // what the pair becomes
};

// Kept between calls to save allocations. Not thread-safe.
//
// O(n log n) for n symbols: a heap of pairs and a doubly linked list. A pair that has been
// overtaken by another merge is recognised by its lengths when it comes up, instead of being
// searched in the heap.
class Merger {
public:
    // Begins a new text. Symbols are added from left to right; at most 2^30 bytes in all.
    void clear() { symbols_.clear(); }

    void add(std::uint32_t begin, std::uint32_t length, TokenId token) {
        const auto index = std::uint32_t(symbols_.size());
        symbols_.push_back({begin, length, token, index - 1, index + 1}); // wraps at the first
    }

    // `mergeOf(left, right)` gives the merge of two neighbouring symbols, if there is one.
    template <typename MergeOf>
    void run(MergeOf mergeOf) {
        heap_.clear();
        for (std::uint32_t right = 1; right < symbols_.size(); ++right) {
            push(right - 1, right, mergeOf);
        }
        while (!heap_.empty()) {
            std::pop_heap(heap_.begin(), heap_.end());
            const Candidate best = heap_.back();
            heap_.pop_back();
            MergeSymbol& left = symbols_[best.left];
            if (left.length != best.leftLength || left.next >= symbols_.size()) {
                continue;
            }
            MergeSymbol& right = symbols_[left.next];
            if (right.length != best.rightLength) {
                continue;
            }
            left.length += right.length;
            left.token = best.token;
            right.length = 0;
            left.next = right.next;
            if (left.next < symbols_.size()) {
                symbols_[left.next].previous = best.left;
                push(best.left, left.next, mergeOf);
            }
            if (left.previous < symbols_.size()) {
                push(left.previous, best.left, mergeOf);
            }
        }
    }

    // The symbols that are left have a length.
    const std::vector<MergeSymbol>& symbols() const { return symbols_; }

private:
    struct Candidate {
        std::uint32_t priority;
        std::uint32_t left;
        std::uint32_t leftLength;
        std::uint32_t rightLength;
        TokenId token;

        // The heap gives its largest: lowest priority number first, then leftmost.
        bool operator<(const Candidate& other) const {
            return priority != other.priority ? priority > other.priority : left > other.left;
        }
    };

    template <typename MergeOf>
    void push(std::uint32_t left, std::uint32_t right, MergeOf& mergeOf) {
        const MergeSymbol& a = symbols_[left];
        const MergeSymbol& b = symbols_[right];
        if (const std::optional<Merge> merge = mergeOf(a, b)) {
            heap_.push_back({merge->priority, left, a.length, b.length, merge->token});
            std::push_heap(heap_.begin(), heap_.end());
        }
    }

    std::vector<MergeSymbol> symbols_;
    std::vector<Candidate> heap_;
};

} // namespace attest::engine
