// Counts what the calling thread allocates with operator new.
#pragma once

#include <cstddef>

namespace attest::test {

// Sums the sizes of all allocations of this thread while it lives; what is freed again counts too.
class CountedMemory {
public:
    CountedMemory();
    ~CountedMemory();
    CountedMemory(const CountedMemory&) = delete;
    CountedMemory& operator=(const CountedMemory&) = delete;

    std::size_t bytes() const;

private:
    std::size_t before_;
};

} // namespace attest::test
