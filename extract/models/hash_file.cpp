#include "base/sha256.h"
#include "extract/model_card.h"
#include "extract/reader_client/unique_fd.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <span>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace attest::extract {

namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;

Error systemError(const std::filesystem::path& path) {
    const bool isMissing = errno == ENOENT || errno == ENOTDIR;
    return Error{isMissing ? ErrorCode::NotFound : ErrorCode::Io,
                 "'" + path.string() + "': " + std::strerror(errno)};
}

} // namespace

Result<std::string>
hashFile(const std::filesystem::path& path, const ProgressFn& onProgress, std::stop_token stop) {
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    const UniqueFd file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct stat status = {};
    if (!file.isOpen() || fstat(file.value(), &status) != 0) {
        return systemError(path);
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{ErrorCode::Io, "'" + path.string() + "': not a regular file"};
    }
    Sha256 hash;
    std::vector<std::byte> block(kBlockBytes);
    Progress progress{0, std::int64_t{status.st_size}};
    while (true) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, "hashing was cancelled"};
        }
        const ssize_t got = read(file.value(), block.data(), block.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return systemError(path);
        }
        if (got == 0) {
            return hash.hexDigest();
        }
        hash.update(std::span(block).first(static_cast<std::size_t>(got)));
        progress.done += got;
        if (onProgress) {
            onProgress(progress);
        }
    }
}

} // namespace attest::extract
