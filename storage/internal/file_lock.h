// A lock that one process holds while it may write to a library.
#pragma once

#include "base/result.h"

#include <filesystem>

namespace attest::storage {

// Held until destruction; the system drops it when the process ends in any way, so a lock is never
// stale. The file stays and holds the process id of its last owner, for messages only.
class FileLock {
public:
    // Errors: Storage ("in use by another process (1234)"), Io.
    static Result<FileLock> acquire(const std::filesystem::path& path);

    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

private:
    explicit FileLock(int fd) : fd_(fd) {}

    int fd_ = -1;
};

} // namespace attest::storage
