#include "support/counted_memory.h"

#include <cstdlib>
#include <new>

namespace {

thread_local std::size_t allocatedBytes = 0;
thread_local int counters = 0;

void* allocate(std::size_t size) {
    if (counters > 0) {
        allocatedBytes += size;
    }
    if (void* memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    throw std::bad_alloc();
}

} // namespace

void* operator new(std::size_t size) {
    return allocate(size);
}

void* operator new[](std::size_t size) {
    return allocate(size);
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete[](void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept {
    std::free(memory);
}

void operator delete[](void* memory, std::size_t /*size*/) noexcept {
    std::free(memory);
}

namespace attest::test {

CountedMemory::CountedMemory() : before_(allocatedBytes) {
    ++counters;
}

CountedMemory::~CountedMemory() {
    --counters;
}

std::size_t CountedMemory::bytes() const {
    return allocatedBytes - before_;
}

} // namespace attest::test
