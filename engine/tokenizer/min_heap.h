// A heap of numbers that gives the smallest first. With four children to a node it is half as deep
// as one with two, and choosing among them needs no branch that could be mispredicted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace attest::engine {

class MinHeap {
public:
    void clear() { numbers_.clear(); }

    bool empty() const { return numbers_.empty(); }

    std::uint64_t smallest() const { return numbers_.front(); }

    // Without keeping the order: arrange() must come before anything else is asked.
    void collect(std::uint64_t number) { numbers_.push_back(number); }

    void arrange() {
        if (numbers_.size() > 1) {
            for (std::size_t at = (numbers_.size() - 2) / kChildren + 1; at-- > 0;) {
                sink(at, numbers_[at]);
            }
        }
    }

    void push(std::uint64_t number) {
        std::size_t at = numbers_.size();
        numbers_.push_back(number);
        while (at > 0) {
            const std::size_t parent = (at - 1) / kChildren;
            if (numbers_[parent] <= number) {
                break;
            }
            numbers_[at] = numbers_[parent];
            at = parent;
        }
        numbers_[at] = number;
    }

    // REQUIRES: not empty.
    void pop() {
        const std::uint64_t last = numbers_.back();
        numbers_.pop_back();
        if (!numbers_.empty()) {
            sink(0, last);
        }
    }

    // As pop() and push(), in one way down. REQUIRES: not empty.
    void replaceSmallest(std::uint64_t number) { sink(0, number); }

private:
    static constexpr std::size_t kChildren = 4;

    // Puts `number` at `at` or below, where it belongs.
    void sink(std::size_t at, std::uint64_t number) {
        std::uint64_t* const numbers = numbers_.data();
        const std::size_t size = numbers_.size();
        for (;;) {
            const std::size_t first = kChildren * at + 1;
            std::size_t least = first;
            if (first + kChildren <= size) {
                const std::size_t left = first + std::size_t(numbers[first + 1] < numbers[first]);
                const std::size_t right =
                    first + 2 + std::size_t(numbers[first + 3] < numbers[first + 2]);
                least = numbers[right] < numbers[left] ? right : left;
            } else if (first < size) {
                for (std::size_t child = first + 1; child < size; ++child) {
                    least = numbers[child] < numbers[least] ? child : least;
                }
            } else {
                break;
            }
            if (number <= numbers[least]) {
                break;
            }
            numbers[at] = numbers[least];
            at = least;
        }
        numbers[at] = number;
    }

    std::vector<std::uint64_t> numbers_;
};

} // namespace attest::engine
