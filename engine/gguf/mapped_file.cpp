#include "engine/gguf/mapped_file.h"

#include "engine/large_pages.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace attest::engine {

namespace {

Error systemError(int code) {
    const bool missing = code == ENOENT || code == ENOTDIR;
    return Error{missing ? ErrorCode::NotFound : ErrorCode::Io, std::strerror(code)};
}

constexpr std::size_t kReadBytes = std::size_t(4) << 20U; // at a time

constexpr int kTooShort = -1;

// 0, kTooShort, or the system's code.
int readAll(int fd, std::byte* to, std::size_t size, std::size_t offset) {
    while (size > 0) {
        const ssize_t count = ::pread(fd, to, size, off_t(offset));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return count == 0 ? kTooShort : errno;
        }
        to += count;
        offset += std::size_t(count);
        size -= std::size_t(count);
    }
    return 0;
}

} // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
    // Non-blocking, so that a named pipe cannot hold us up before it is refused.
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return systemError(errno);
    }
    struct stat status = {};
    if (::fstat(fd, &status) != 0) {
        Error error = systemError(errno);
        ::close(fd);
        return error;
    }
    if (!S_ISREG(status.st_mode)) {
        ::close(fd);
        return Error{ErrorCode::Io, "not a regular file"};
    }
    if (status.st_size <= 0) {
        ::close(fd);
        return Error{ErrorCode::InvalidInput, "the file is empty"};
    }
    const auto size = std::size_t(status.st_size);
    std::byte* place = reserveForLargePages(size);
    void* data = place == nullptr ? MAP_FAILED
                                  : ::mmap(place, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0);
    if (data == MAP_FAILED) { // NOLINT(performance-no-int-to-ptr): the system's own macro
        Error error = systemError(errno);
        if (place != nullptr) {
            unmapPages(place, size);
        }
        ::close(fd);
        return error;
    }
    // What is not in the page cache yet comes into it in pages of 2 MiB where the file system can
    // do that (ext4 from Linux 6.16, XFS earlier). Reading weights is twice as fast then, as their
    // walk through small pages is what bounds it. Elsewhere, or for a file cached before, this does
    // nothing.
    ::madvise(data, size, MADV_HUGEPAGE);
    return MappedFile(static_cast<const std::byte*>(data), size, fd);
}

Result<void>
MappedFile::copyIntoMemory(ThreadPool& pool,
                           const std::function<Result<void>(std::byte* copy)>& arrange) {
    if (fd_ < 0) {
        return {};
    }
    std::byte* data = mapLargePages(size_);
    if (data == nullptr) {
        return Error{ErrorCode::OutOfResources, "not enough memory for a copy of the file"};
    }
    std::atomic<int> problem = 0;
    pool.forEach((size_ + kReadBytes - 1) / kReadBytes, [&](std::size_t part, std::size_t) {
        const std::size_t first = part * kReadBytes;
        const int error = readAll(fd_, data + first, std::min(kReadBytes, size_ - first), first);
        if (error != 0) {
            problem.store(error, std::memory_order_relaxed);
        }
    });
    if (const int error = problem.load(); error != 0) {
        unmapPages(data, size_);
        return Error{ErrorCode::Io,
                     error == kTooShort ? "the file has become shorter" : std::strerror(error)};
    }
    if (auto arranged = arrange(data); !arranged.ok()) {
        unmapPages(data, size_);
        return arranged;
    }
    ::mprotect(data, size_, PROT_READ);
    // In one step: there is no moment in which nothing is there.
    void* old = const_cast<std::byte*>(data_); // mremap wants it without const
    if (::mremap(data, size_, size_, MREMAP_MAYMOVE | MREMAP_FIXED, old) == MAP_FAILED) { // NOLINT
        unmapPages(data, size_);
        return Error{ErrorCode::OutOfResources, "the copy of the file cannot take its place"};
    }
    ::close(std::exchange(fd_, -1));
    return {};
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr))
    , size_(std::exchange(other.size_, 0))
    , fd_(std::exchange(other.fd_, -1)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(fd_, other.fd_);
    return *this;
}

MappedFile::~MappedFile() {
    if (data_ != nullptr) {
        unmapPages(data_, size_);
    }
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

} // namespace attest::engine
