#include "engine/large_pages.h"

#include <cstdint>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace attest::engine {

namespace {

// Where large pages begin.
constexpr std::size_t kLargePage = std::size_t(2) << 20U;

std::size_t pageBytes() {
    return std::size_t(::sysconf(_SC_PAGESIZE));
}

bool isFailure(const void* data) {
    return data == MAP_FAILED; // NOLINT(performance-no-int-to-ptr): the system's own macro
}

} // namespace

std::byte* reserveForLargePages(std::size_t size) {
    const std::size_t used = (size + pageBytes() - 1) / pageBytes() * pageBytes();
    const std::size_t all = used + kLargePage;
    if (all < size) {
        return nullptr;
    }
    void* reserved =
        ::mmap(nullptr, all, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (isFailure(reserved)) {
        return nullptr;
    }
    auto* begin = static_cast<std::byte*>(reserved);
    const std::size_t before =
        (kLargePage - reinterpret_cast<std::uintptr_t>(begin) % kLargePage) % kLargePage;
    if (before != 0) {
        ::munmap(begin, before);
    }
    ::munmap(begin + before + used, kLargePage - before);
    return begin + before;
}

std::byte* mapLargePages(std::size_t size) {
    std::byte* place = reserveForLargePages(size);
    if (place == nullptr) {
        return nullptr;
    }
    void* data =
        ::mmap(place, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    if (isFailure(data)) {
        unmapPages(place, size);
        return nullptr;
    }
    ::madvise(data, size, MADV_HUGEPAGE);
    return static_cast<std::byte*>(data);
}

void unmapPages(const std::byte* begin, std::size_t size) {
    ::munmap(const_cast<std::byte*>(begin), size); // munmap wants it without const
}

void dropPages(std::byte* begin, std::size_t size) {
    const std::size_t page = pageBytes();
    const std::size_t before = (page - reinterpret_cast<std::uintptr_t>(begin) % page) % page;
    if (before < size) {
        ::madvise(begin + before, (size - before) / page * page, MADV_DONTNEED);
    }
}

LargeBuffer::LargeBuffer(LargeBuffer&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

LargeBuffer& LargeBuffer::operator=(LargeBuffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

LargeBuffer::~LargeBuffer() {
    if (data_ != nullptr) {
        unmapPages(data_, size_);
    }
}

bool LargeBuffer::allocate(std::size_t size) {
    *this = LargeBuffer();
    data_ = mapLargePages(size);
    size_ = data_ == nullptr ? 0 : size;
    return data_ != nullptr;
}

} // namespace attest::engine
