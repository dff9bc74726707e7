#include "storage/internal/file_lock.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace attest::storage {

namespace {

constexpr mode_t kFileMode = 0600;

// Digits only: the file could hold anything.
std::string ownerOf(int fd) {
    std::array<char, 16> bytes{};
    const ssize_t size = ::pread(fd, bytes.data(), bytes.size(), 0);
    std::string digits;
    for (ssize_t i = 0; i < size && bytes[size_t(i)] >= '0' && bytes[size_t(i)] <= '9'; ++i) {
        digits += bytes[size_t(i)];
    }
    return digits;
}

} // namespace

Result<FileLock> FileLock::acquire(const std::filesystem::path& path) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kFileMode);
    if (fd < 0) {
        return Error{ErrorCode::Io, "open '" + path.string() + "': " + std::strerror(errno)};
    }
    FileLock lock(fd);
    int rc = 0;
    do {
        rc = ::flock(fd, LOCK_EX | LOCK_NB);
    } while (rc != 0 && errno == EINTR);
    if (rc != 0 && errno == EWOULDBLOCK) {
        const std::string owner = ownerOf(fd);
        return Error{ErrorCode::Storage,
                     "the library is in use by another process" +
                         (owner.empty() ? std::string() : " (" + owner + ")")};
    }
    if (rc != 0) {
        return Error{ErrorCode::Io, "lock '" + path.string() + "': " + std::strerror(errno)};
    }
    // The id only serves messages: a full disk must not keep anyone from opening the library.
    const std::string id = std::to_string(::getpid()) + "\n";
    if (::ftruncate(fd, 0) == 0) {
        [[maybe_unused]] const ssize_t written = ::pwrite(fd, id.data(), id.size(), 0);
    }
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

FileLock::~FileLock() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

} // namespace attest::storage
