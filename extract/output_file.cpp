#include "extract/output_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;

constexpr size_t kBufferBytes = 64U << 10;

ErrorCode codeOf(int error) {
    switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return ErrorCode::OutOfResources;
    case ENOENT:
        return ErrorCode::NotFound;
    default:
        return ErrorCode::Io;
    }
}

} // namespace

Result<OutputFile> OutputFile::create(const fs::path& path) {
    std::error_code error;
    fs::path target = path;
    if (fs::exists(path, error)) {
        if (!fs::is_regular_file(path, error)) {
            return Error{ErrorCode::Io, "'" + path.string() + "' is not a regular file"};
        }
        target = fs::canonical(path, error); // a link stays, what it points to is exchanged
        if (error) {
            return Error{ErrorCode::Io, "write '" + path.string() + "': " + error.message()};
        }
    }
    if (target.filename().empty()) {
        return Error{ErrorCode::Io, "write '" + path.string() + "': a file name is missing"};
    }
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    std::string name = (folder / ".attest-XXXXXX").string();
    const int fd = ::mkostemp(name.data(), O_CLOEXEC); // mode 0600
    if (fd < 0) {
        return Error{codeOf(errno), "write '" + path.string() + "': " + std::strerror(errno)};
    }
    return OutputFile(fd, std::move(target), std::move(name));
}

OutputFile::OutputFile(int fd, fs::path target, fs::path temporary)
    : fd_(fd), target_(std::move(target)), temporary_(std::move(temporary)) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1))
    , target_(std::move(other.target_))
    , temporary_(std::exchange(other.temporary_, {}))
    , buffer_(std::move(other.buffer_)) {}

OutputFile::~OutputFile() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
    if (!temporary_.empty()) {
        ::unlink(temporary_.c_str());
    }
}

Error OutputFile::failure(const char* doing) const {
    return Error{codeOf(errno),
                 std::string(doing) + " '" + target_.string() + "': " + std::strerror(errno) +
                     "; an older file of that name is unchanged"};
}

Result<void> OutputFile::write(std::string_view bytes) {
    buffer_ += bytes;
    return buffer_.size() >= kBufferBytes ? flush() : Result<void>();
}

Result<void> OutputFile::flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const ssize_t written = ::write(fd_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return failure("write");
        }
        rest.remove_prefix(static_cast<size_t>(written));
    }
    buffer_.clear();
    return {};
}

Result<void> OutputFile::seal() {
    ATTEST_CHECK(fd_ >= 0);
    ATTEST_TRY(flush());
    if (::fsync(fd_) != 0) {
        return failure("write");
    }
    // Some file systems report a full disk only here.
    if (::close(std::exchange(fd_, -1)) != 0) {
        return failure("write");
    }
    return {};
}

Result<void> OutputFile::publish() {
    ATTEST_CHECK(fd_ < 0 && !temporary_.empty());
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
        return failure("rename to");
    }
    temporary_.clear();
    syncFolder();
    return {};
}

Result<void> OutputFile::commit() {
    ATTEST_TRY(seal());
    return publish();
}

// The name is on the disk when the folder is.
void OutputFile::syncFolder() const {
    const fs::path folder = target_.has_parent_path() ? target_.parent_path() : fs::path(".");
    const int folderFd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folderFd >= 0) {
        ::fsync(folderFd);
        ::close(folderFd);
    }
}

Result<void> publishTogether(OutputFile& first, OutputFile& second) {
    // A second name keeps the old file while the new one takes its place.
    const fs::path kept = first.temporary_.string() + ".old";
    std::error_code error;
    const bool hasOld = fs::exists(first.target_, error);
    if (hasOld && ::link(first.target_.c_str(), kept.c_str()) != 0) {
        // File systems without links: a copy keeps it as well.
        fs::copy_file(first.target_, kept, error);
        if (error) {
            fs::remove(kept, error);
            return Error{ErrorCode::Io,
                         "keep '" + first.target_.string() + "' while it is replaced"};
        }
    }
    auto published = first.publish();
    if (published.ok()) {
        published = second.publish();
        if (!published.ok() && hasOld) {
            fs::rename(kept, first.target_, error);
        } else if (!published.ok()) {
            fs::remove(first.target_, error);
        }
    }
    fs::remove(kept, error);
    return published;
}

} // namespace attest::extract
