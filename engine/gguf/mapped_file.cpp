#include "engine/gguf/mapped_file.h"

#include <cerrno>
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
    void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    const int mapError = errno;
    ::close(fd);              // the mapping stays
    if (data == MAP_FAILED) { // NOLINT(performance-no-int-to-ptr): the system's own macro
        return systemError(mapError);
    }
    // What is not in the page cache yet comes into it in pages of 2 MiB where the file system can
    // do that (ext4 from Linux 6.16, XFS earlier). Reading weights is twice as fast then, as their
    // walk through small pages is what bounds it. Elsewhere, or for a file cached before, this does
    // nothing.
    ::madvise(data, size, MADV_HUGEPAGE);
    return MappedFile(static_cast<const std::byte*>(data), size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

MappedFile::~MappedFile() {
    if (data_ != nullptr) {
        ::munmap(const_cast<std::byte*>(data_), size_); // munmap wants it without const
    }
}

} // namespace attest::engine
