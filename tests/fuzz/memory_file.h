// A file that is nowhere but in memory, for readers that want a path.
#pragma once

#include "base/check.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

namespace attest::test {

class MemoryFile {
public:
    explicit MemoryFile(std::string_view bytes) : fd_(::memfd_create("fuzz", MFD_CLOEXEC)) {
        ATTEST_CHECK(fd_ >= 0);
        ATTEST_CHECK(::write(fd_, bytes.data(), bytes.size()) == ssize_t(bytes.size()));
    }

    ~MemoryFile() { ::close(fd_); }

    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(fd_); }

private:
    int fd_;
};

} // namespace attest::test
