#include "support/counted_memory.h"

#include <cstdlib>
#include <new>

namespace {

thread_local std::size_t allocatedBytes = 0;
thread_local int counters = 0;

void* allocateOrNull(std::size_t size) noexcept {
    if (counters > 0) {
        allocatedBytes += size;
    }
    return std::malloc(size == 0 ? 1 : size);
}

void* allocate(std::size_t size) {
    if (void* memory = allocateOrNull(size)) {
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

// These too: AddressSanitizer has its own, which do not go through the ones above.
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
    return allocateOrNull(size);
}

void* operator new[](std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
    return allocateOrNull(size);
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
