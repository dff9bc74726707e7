#include "storage/library.h"

#include "storage/backup.h"
#include "storage/internal/current_time.h"
#include "storage/internal/file_lock.h"
#include "storage/internal/library_files.h"
#include "storage/migrations.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace attest::storage {

namespace {

namespace fs = std::filesystem;

constexpr mode_t kFolderMode = 0700;
constexpr mode_t kOthersMayWrite = S_IWGRP | S_IWOTH;

Result<void> createFolder(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder, error)) {
        return {};
    }
    if (folder.has_parent_path()) {
        fs::create_directories(folder.parent_path(), error);
    }
    if (::mkdir(folder.c_str(), kFolderMode) != 0 && errno != EEXIST) {
        const ErrorCode code = errno == ENOSPC ? ErrorCode::OutOfResources : ErrorCode::Io;
        return Error{code, "create '" + folder.string() + "': " + std::strerror(errno)};
    }
    return {};
}

// Whoever can write to the folder can exchange the database.
Result<void> checkFolder(const fs::path& folder) {
    struct stat info = {};
    if (::stat(folder.c_str(), &info) != 0) {
        return Error{errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                     "library '" + folder.string() + "': " + std::strerror(errno)};
    }
    if (!S_ISDIR(info.st_mode)) {
        return Error{ErrorCode::Io, "library '" + folder.string() + "' is not a folder"};
    }
    if (info.st_uid != ::geteuid()) {
        return Error{ErrorCode::Io, "library '" + folder.string() + "' belongs to another user"};
    }
    if ((info.st_mode & kOthersMayWrite) != 0) {
        return Error{ErrorCode::Io,
                     "library '" + folder.string() +
                         "' can be written by other users; run: chmod go-w '" + folder.string() +
                         "'"};
    }
    return {};
}

// A schema step rewrites much; what somebody has worked on is kept as it was.
Result<void> backUpBeforeUpgrade(const fs::path& folder) {
    auto old = Database::openOlder(folder / kLibraryFileName);
    if (!old.ok()) {
        return {}; // not there, or not usable: opening it says why
    }
    ATTEST_TRY_ASSIGN(const std::int64_t version, old.value().storedSchemaVersion());
    if (version == 0 || version >= schemaVersion()) {
        return {};
    }
    ATTEST_TRY(backUp(old.value(), folder, currentTime()));
    return {};
}

} // namespace

Result<fs::path> defaultLibraryFolder() {
    // The specification asks to ignore relative paths.
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/') {
        return fs::path(data) / "attest";
    }
    if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
        return fs::path(home) / ".local" / "share" / "attest";
    }
    return Error{ErrorCode::NotFound, "neither XDG_DATA_HOME nor HOME is set; use --library"};
}

Library::Library(fs::path folder, std::unique_ptr<FileLock> lock, Database db)
    : folder_(std::move(folder)), lock_(std::move(lock)), db_(std::move(db)) {}

Library::Library(Library&&) noexcept = default;
Library::~Library() = default;

Library& Library::operator=(Library&& other) noexcept {
    // The default order would drop the old lock while the old connection is still open.
    db_ = std::move(other.db_);
    lock_ = std::move(other.lock_);
    folder_ = std::move(other.folder_);
    return *this;
}

Result<Library> Library::open(const fs::path& folder, Access access) {
    if (access == Access::ReadWrite) {
        ATTEST_TRY(createFolder(folder));
    }
    ATTEST_TRY(checkFolder(folder));
    std::unique_ptr<FileLock> lock;
    if (access == Access::ReadWrite) {
        auto acquired = FileLock::acquire(folder / kLockFileName);
        if (!acquired.ok()) {
            return std::move(acquired).error().in("library '" + folder.string() + "'");
        }
        lock = std::make_unique<FileLock>(std::move(acquired).value());
    }
    if (access == Access::ReadWrite) {
        auto kept = backUpBeforeUpgrade(folder);
        if (!kept.ok()) {
            return std::move(kept).error().in("back up the library before its upgrade");
        }
    }
    ATTEST_TRY_ASSIGN(Database db, Database::open(folder / kLibraryFileName, access));
    return Library(folder, std::move(lock), std::move(db));
}

} // namespace attest::storage
