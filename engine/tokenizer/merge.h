// The merging that both kinds of BPE share: of all neighbouring pairs that may become one, the one
// with the lowest priority number is joined, the leftmost on ties, until none is left.
#pragma once

#include "engine/tokenizer.h"
#include "engine/tokenizer/min_heap.h"

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
// overtaken by another merge is recognised when it comes up, by the priority that the pair at its
// place has now, instead of being searched in the heap. (Should that be the same, the pair there
// is as good a next one, and the leftmost.)
class Merger {
public:
    // Begins a new text. Symbols are added from left to right; at most 2^30 bytes in all.
    void clear() { symbols_.clear(); }

    void add(std::uint32_t begin, std::uint32_t length, TokenId token) {
        const auto index = std::uint32_t(symbols_.size());
        symbols_.push_back({begin, length, token, index - 1, index + 1}); // wraps at the first
    }

    // `mergeOf(left, right)` gives the merge of two neighbouring symbols, if there is one. Where
    // both have a token, it depends on nothing but the two, for as long as the merger lives. No
    // priority is the largest number.
    template <typename MergeOf>
    void run(MergeOf mergeOf) {
        heap_.clear();
        pairs_.assign(symbols_.size(), kNoPair);
        if (symbols_.size() >= kMemoFrom && memo_.empty()) {
            memo_.resize(std::size_t{1} << kMemoBits);
        }
        for (std::uint32_t right = 1; right < symbols_.size(); ++right) {
            const Merge merge = pairs_[right - 1] = look(right - 1, right, mergeOf);
            if (merge.priority != kNoPair.priority) {
                heap_.collect(keyOf(merge.priority, right - 1));
            }
        }
        heap_.arrange();
        while (!heap_.empty()) {
            const std::uint64_t key = heap_.smallest();
            const auto at = std::uint32_t(key);
            if (pairs_[at].priority != std::uint32_t(key >> 32U)) {
                heap_.pop();
                continue;
            }
            MergeSymbol& left = symbols_[at];
            MergeSymbol& right = symbols_[left.next];
            pairs_[left.next] = kNoPair;
            left.length += right.length;
            left.token = pairs_[at].token;
            right.length = 0;
            left.next = right.next;
            if (left.next < symbols_.size()) {
                symbols_[left.next].previous = at;
            }
            if (lookAgain(at, left.next, mergeOf)) {
                heap_.replaceSmallest(keyOf(pairs_[at].priority, at));
            } else {
                heap_.pop();
            }
            if (left.previous < symbols_.size() && lookAgain(left.previous, at, mergeOf)) {
                heap_.push(keyOf(pairs_[left.previous].priority, left.previous));
            }
        }
    }

    // The symbols that are left have a length.
    const std::vector<MergeSymbol>& symbols() const { return symbols_; }

private:
    static constexpr Merge kNoPair = {UINT32_MAX, 0};

    // What mergeOf() said about pairs of tokens that came up before, the last one of each place.
    struct Known {
        std::uint64_t pair = UINT64_MAX;
        Merge merge = kNoPair;
    };

    static constexpr unsigned kMemoBits = 14;
    static constexpr std::size_t kMemoFrom = 2048; // symbols: for fewer, filling it would not pay

    // The smallest comes first: lowest priority number, then leftmost.
    static std::uint64_t keyOf(std::uint32_t priority, std::uint32_t left) {
        return (std::uint64_t(priority) << 32U) | left;
    }

    // Whether the two may be merged, now that one has changed. `right` may be behind the last.
    template <typename MergeOf>
    bool lookAgain(std::uint32_t left, std::uint32_t right, MergeOf& mergeOf) {
        pairs_[left] = right < symbols_.size() ? look(left, right, mergeOf) : kNoPair;
        return pairs_[left].priority != kNoPair.priority;
    }

    template <typename MergeOf>
    Merge look(std::uint32_t left, std::uint32_t right, MergeOf& mergeOf) {
        const MergeSymbol& a = symbols_[left];
        const MergeSymbol& b = symbols_[right];
        if (memo_.empty() || a.token < 0 || b.token < 0) {
            return mergeOf(a, b).value_or(kNoPair);
        }
        const std::uint64_t pair = (std::uint64_t(a.token) << 32U) | std::uint32_t(b.token);
        Known& known = memo_[std::size_t((pair * 0x9E3779B97F4A7C15U) >> (64U - kMemoBits))];
        if (known.pair != pair) {
            known = {pair, mergeOf(a, b).value_or(kNoPair)};
        }
        return known.merge;
    }

    std::vector<MergeSymbol> symbols_;
    std::vector<Merge> pairs_; // of each symbol with the one behind it
    MinHeap heap_;
    std::vector<Known> memo_;
};

} // namespace attest::engine
