#include "extract/export/output_folder.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;

void syncFolder(const fs::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
}

Error ioError(const char* doing, const fs::path& path, int number) {
    const ErrorCode code = number == ENOENT                       ? ErrorCode::NotFound
                           : number == ENOSPC || number == EDQUOT ? ErrorCode::OutOfResources
                                                                  : ErrorCode::Io;
    return {code,
            std::string(doing) + " '" + path.string() + "': " + std::strerror(number) +
                "; what was there is unchanged"};
}

bool isIn(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> namesIn(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        names.push_back(entry->path().filename().string());
    }
    return names;
}

// Only files that are known, so that nothing else can be lost.
void removeFolder(const fs::path& folder, const std::vector<std::string>& known) {
    std::error_code ignored;
    for (const std::string& name : namesIn(folder)) {
        if (isIn(known, name)) {
            fs::remove(folder / name, ignored);
        }
    }
    fs::remove(folder, ignored); // fails when something is left
}

// What stands in the way of replacing a folder: the name of something in it that is not known.
Result<std::string> strangerIn(const fs::path& folder, const std::vector<std::string>& known) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::error_code ignored;
        if (!isIn(known, name) || !fs::is_regular_file(entry->symlink_status(ignored))) {
            return name;
        }
    }
    if (error) {
        return Error{ErrorCode::Io, "read '" + folder.string() + "': " + error.message()};
    }
    return std::string();
}

} // namespace

fs::path plainPath(const fs::path& path) {
    std::error_code error;
    fs::path plain = fs::weakly_canonical(fs::absolute(path, error), error);
    if (error) {
        plain = path.lexically_normal();
    }
    return plain.has_filename() ? plain : plain.parent_path();
}

Result<OutputFolder> OutputFolder::create(const fs::path& path,
                                          const std::vector<std::string>& replaceable) {
    const fs::path target = plainPath(path);
    if (target.filename().empty()) {
        return Error{ErrorCode::InvalidInput, "'" + path.string() + "' cannot be replaced"};
    }
    std::error_code error;
    const fs::file_status status = fs::status(target, error);
    if (fs::exists(status)) {
        if (!fs::is_directory(status)) {
            return Error{ErrorCode::InvalidInput,
                         "'" + target.string() + "' is not a folder; this export is one"};
        }
        ATTEST_TRY_ASSIGN(const std::string stranger, strangerIn(target, replaceable));
        if (!stranger.empty()) {
            return Error{ErrorCode::InvalidInput,
                         "'" + target.string() + "' holds '" + stranger +
                             "', which no export wrote; choose a new or empty folder"};
        }
    }
    std::string staging = (target.parent_path() / ".attest-export-XXXXXX").string();
    if (::mkdtemp(staging.data()) == nullptr) { // mode 0700
        return ioError("write", target, errno);
    }
    return OutputFolder(target, std::move(staging), replaceable);
}

OutputFolder::OutputFolder(fs::path target, fs::path staging, std::vector<std::string> replaceable)
    : target_(std::move(target))
    , staging_(std::move(staging))
    , replaceable_(std::move(replaceable)) {}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : target_(std::move(other.target_))
    , staging_(std::exchange(other.staging_, {}))
    , replaceable_(std::move(other.replaceable_)) {}

OutputFolder::~OutputFolder() {
    if (!staging_.empty()) {
        removeFolder(staging_, namesIn(staging_));
    }
}

// The old folder is under the name of the new one and the other way round, in one step where the
// file system can; otherwise the old one steps aside and comes back when the new one cannot come.
Result<void> OutputFolder::exchange() {
    if (::renameat2(AT_FDCWD, staging_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) == 0) {
        return {};
    }
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) {
        return ioError("replace", target_, errno);
    }
    const std::string aside = staging_.string() + ".old";
    if (::rename(target_.c_str(), aside.c_str()) != 0) {
        return ioError("replace", target_, errno);
    }
    if (::rename(staging_.c_str(), target_.c_str()) != 0) {
        const int number = errno;
        std::error_code ignored;
        fs::rename(aside, target_, ignored);
        return ioError("replace", target_, number);
    }
    staging_ = aside;
    return {};
}

Result<void> OutputFolder::commit() {
    ATTEST_CHECK(!staging_.empty());
    syncFolder(staging_);
    std::error_code error;
    if (fs::exists(target_, error)) {
        ATTEST_TRY_ASSIGN(const std::string stranger, strangerIn(target_, replaceable_));
        if (!stranger.empty()) {
            return Error{ErrorCode::InvalidInput,
                         "'" + stranger + "' came into '" + target_.string() + "' meanwhile"};
        }
        ATTEST_TRY(exchange());
        removeFolder(staging_, replaceable_); // which is the old one now
    } else if (::rename(staging_.c_str(), target_.c_str()) != 0) {
        return ioError("write", target_, errno);
    }
    staging_.clear();
    syncFolder(target_.parent_path());
    return {};
}

} // namespace attest::extract
