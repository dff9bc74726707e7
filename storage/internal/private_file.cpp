#include "storage/internal/private_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace attest::storage {

Result<void> createPrivateFile(const std::filesystem::path& path) {
    constexpr mode_t kFileMode = 0600;
    const int fd =
        ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kFileMode);
    if (fd < 0) {
        const ErrorCode code = errno == ENOSPC ? ErrorCode::OutOfResources : ErrorCode::Io;
        return Error{code, "create '" + path.string() + "': " + std::strerror(errno)};
    }
    ::close(fd);
    return {};
}

} // namespace attest::storage
