#include "engine/zeroed_pages.h"

#include <sys/mman.h>

namespace attest::engine {

bool ZeroedPages::allocate(std::size_t bytes) {
    release();
    if (bytes == 0) {
        return true;
    }
    void* data = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED) {
        return false;
    }
    data_ = static_cast<std::byte*>(data);
    bytes_ = bytes;
    return true;
}

void ZeroedPages::release() {
    if (data_ != nullptr) {
        ::munmap(data_, bytes_);
    }
    data_ = nullptr;
    bytes_ = 0;
}

} // namespace attest::engine
