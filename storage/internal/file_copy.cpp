#include "storage/internal/file_copy.h"

#include "storage/database.h"
#include "storage/internal/private_file.h"
#include "storage/internal/sqlite_error.h"

#include <sqlite3.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <memory>
#include <system_error>
#include <unistd.h>

namespace attest::storage {

namespace {

namespace fs = std::filesystem;

struct CloseDatabase {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};

using OpenFile = std::unique_ptr<sqlite3, CloseDatabase>;

Error ioError(const std::string& doing, const fs::path& path) {
    const ErrorCode code = errno == ENOSPC ? ErrorCode::OutOfResources : ErrorCode::Io;
    return Error{code, doing + " '" + path.string() + "': " + std::strerror(errno)};
}

Result<void> copyPages(Database& source, const fs::path& target) {
    sqlite3* raw = nullptr;
    const int opened =
        sqlite3_open_v2(target.c_str(),
                        &raw,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE,
                        nullptr);
    const OpenFile file(raw);
    if (opened != SQLITE_OK) {
        return sqliteError(raw, opened, "open '" + target.string() + "'");
    }
    sqlite3_backup* backup = sqlite3_backup_init(raw, "main", source.handle(), "main");
    if (backup == nullptr) {
        return sqliteError(raw, sqlite3_errcode(raw), "begin the copy");
    }
    // All pages in one step are one state of the library; readers and a writer go on meanwhile.
    const int stepped = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (stepped != SQLITE_DONE || finished != SQLITE_OK) {
        return sqliteError(raw, stepped != SQLITE_DONE ? stepped : finished, "copy the library");
    }
    // The copy says "WAL" as its source does; without, it is one file that needs no other.
    if (const int rc = sqlite3_exec(raw, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
        rc != SQLITE_OK) {
        return sqliteError(raw, rc, "finish the copy");
    }
    return {};
}

Result<void> syncPath(const fs::path& path, int flags) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
    if (fd < 0) {
        return ioError("open", path);
    }
    const int rc = ::fsync(fd);
    const int error = errno;
    ::close(fd);
    errno = error;
    return rc == 0 ? Result<void>() : Result<void>(ioError("write", path));
}

} // namespace

Result<void> copyDatabase(Database& source, const fs::path& target) {
    std::error_code ignored;
    fs::remove(target, ignored);
    ATTEST_TRY(createPrivateFile(target));
    auto copied = copyPages(source, target);
    if (copied.ok()) {
        copied = syncPath(target, O_RDONLY);
    }
    if (!copied.ok()) {
        fs::remove(target, ignored);
    }
    return copied;
}

Result<void> syncFolder(const fs::path& folder) {
    return syncPath(folder, O_RDONLY | O_DIRECTORY);
}

std::string compactTime(std::int64_t secondsSince1970) {
    const auto seconds = static_cast<std::time_t>(secondsSince1970);
    std::tm parts = {};
    std::array<char, 32> text{};
    ::gmtime_r(&seconds, &parts);
    const size_t size = std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts);
    return {text.data(), size};
}

} // namespace attest::storage
