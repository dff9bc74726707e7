#include "storage/backup.h"

#include "storage/audit_log.h"
#include "storage/database.h"
#include "storage/internal/file_copy.h"
#include "storage/internal/file_lock.h"
#include "storage/internal/library_files.h"
#include "storage/statement.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace attest::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "library-";
constexpr std::string_view kSuffix = ".sqlite";
constexpr size_t kTimeLength = 16; // 20261121T091500Z
constexpr std::int64_t kSecondsOfDay = 86400;
constexpr mode_t kFolderMode = 0700;

Error ioError(const std::string& doing, const fs::path& path, int error) {
    const ErrorCode code = error == ENOSPC ? ErrorCode::OutOfResources : ErrorCode::Io;
    return Error{code, doing + " '" + path.string() + "': " + std::strerror(error)};
}

Result<void> renameFile(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return ioError("rename to", to, errno);
    }
    return {};
}

// nullopt: not the name of a backup.
std::optional<std::int64_t> timeOf(const std::string& name) {
    if (name.size() != kPrefix.size() + kTimeLength + kSuffix.size() ||
        name.compare(0, kPrefix.size(), kPrefix) != 0 || !name.ends_with(kSuffix)) {
        return std::nullopt;
    }
    const std::string time = name.substr(kPrefix.size(), kTimeLength);
    std::tm parts = {};
    const char* end = ::strptime(time.c_str(), "%Y%m%dT%H%M%SZ", &parts);
    if (end == nullptr || *end != '\0') {
        return std::nullopt;
    }
    const auto seconds = static_cast<std::int64_t>(::timegm(&parts));
    return compactTime(seconds) == time ? std::optional(seconds) : std::nullopt;
}

Result<void> createBackupFolder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), kFolderMode) != 0 && errno != EEXIST) {
        return ioError("create", folder, errno);
    }
    return {};
}

// The file holds a library of this program and nothing in it is damaged.
Result<void> checkCopy(const fs::path& path) {
    ATTEST_TRY_ASSIGN(Database copy, Database::openOlder(path));
    return copy.verify();
}

// Removing is a courtesy: what cannot be removed stays and is tried again next time.
Result<void> prune(const fs::path& libraryFolder) {
    ATTEST_TRY_ASSIGN(const std::vector<BackupFile> backups, listBackups(libraryFolder));
    for (size_t i = kBackupsKept; i < backups.size(); ++i) {
        std::error_code ignored;
        fs::remove(backups[i].path, ignored);
    }
    return {};
}

// The library as it is gets a second name, so that there is no moment without a library; where the
// file system knows no second names it is renamed.
Result<void> keepAside(const fs::path& current, const fs::path& aside) {
    std::error_code error;
    if (!fs::exists(current, error)) {
        return {};
    }
    // Of a sound library nothing is left in the log after this; of a damaged one it is kept too.
    static_cast<void>(Database::foldLog(current));
    const fs::path log = current.string() + "-wal";
    if (fs::exists(log, error)) {
        ATTEST_TRY(renameFile(log, aside.string() + "-wal"));
    }
    fs::remove(current.string() + "-shm", error);
    fs::remove(aside, error);
    if (::link(current.c_str(), aside.c_str()) == 0) {
        return {};
    }
    return renameFile(current, aside);
}

} // namespace

Result<BackupFile> backUp(Database& db, const fs::path& libraryFolder, std::int64_t now) {
    const fs::path folder = libraryFolder / kBackupFolderName;
    ATTEST_TRY(createBackupFolder(folder));
    const fs::path unfinished = folder / "unfinished.sqlite";
    ATTEST_TRY(copyDatabase(db, unfinished));
    auto checked = checkCopy(unfinished);
    if (!checked.ok()) {
        std::error_code ignored;
        fs::remove(unfinished, ignored);
        return std::move(checked).error().in("check the backup");
    }
    BackupFile backup{
        folder / (std::string(kPrefix) + compactTime(now) + std::string(kSuffix)), now, 0};
    ATTEST_TRY(renameFile(unfinished, backup.path));
    ATTEST_TRY(syncFolder(folder));
    std::error_code error;
    backup.byteSize = fs::file_size(backup.path, error);
    ATTEST_TRY(prune(libraryFolder));
    return backup;
}

Result<std::vector<BackupFile>> listBackups(const fs::path& libraryFolder) {
    const fs::path folder = libraryFolder / kBackupFolderName;
    std::vector<BackupFile> backups;
    std::error_code error;
    fs::directory_iterator entries(folder, error);
    if (error) {
        return error == std::errc::no_such_file_or_directory
                   ? Result<std::vector<BackupFile>>(backups)
                   : Error{ErrorCode::Io, "list '" + folder.string() + "': " + error.message()};
    }
    for (; entries != fs::directory_iterator(); entries.increment(error)) {
        const auto madeAt = timeOf(entries->path().filename().string());
        std::error_code unreadable;
        if (madeAt && entries->is_regular_file(unreadable)) {
            const std::uintmax_t size = entries->file_size(unreadable);
            backups.push_back({entries->path(), *madeAt, unreadable ? 0 : size});
        }
        if (error) {
            break;
        }
    }
    std::sort(backups.begin(), backups.end(), [](const BackupFile& a, const BackupFile& b) {
        return a.madeAt > b.madeAt;
    });
    return backups;
}

Result<bool> isBackupDue(Database& db, const fs::path& libraryFolder, std::int64_t now) {
    ATTEST_TRY_ASSIGN(const std::vector<BackupFile> backups, listBackups(libraryFolder));
    if (!backups.empty()) {
        return now - backups.front().madeAt >= kSecondsOfDay;
    }
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT EXISTS(SELECT 1 FROM document)"
                                         " OR EXISTS(SELECT 1 FROM user_template)"));
    ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
    return hasRow && query.int64(0) != 0;
}

Result<void>
restoreBackup(const fs::path& libraryFolder, const fs::path& backup, std::int64_t now) {
    ATTEST_TRY_ASSIGN(const FileLock lock, FileLock::acquire(libraryFolder / kLockFileName));
    auto sound = checkCopy(backup);
    if (!sound.ok()) {
        return std::move(sound).error().in("check the backup");
    }
    // Everything that can fail happens to a copy; only then the library changes, in one rename.
    const fs::path staged = libraryFolder / "library-restoring.sqlite";
    {
        ATTEST_TRY_ASSIGN(Database source, Database::openOlder(backup));
        ATTEST_TRY(copyDatabase(source, staged));
    }
    {
        ATTEST_TRY_ASSIGN(Database copy, Database::open(staged, Access::ReadWrite));
        ATTEST_TRY(copy.verify());
        ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(copy));
        ATTEST_TRY(appendAudit(copy, "library.restored", "{}", "attest", now));
        ATTEST_TRY(transaction.commit());
    }
    ATTEST_TRY(Database::foldLog(staged));
    const fs::path current = libraryFolder / kLibraryFileName;
    const fs::path aside =
        libraryFolder / ("library-before-restore-" + compactTime(now) + std::string(kSuffix));
    ATTEST_TRY(keepAside(current, aside));
    ATTEST_TRY(renameFile(staged, current));
    return syncFolder(libraryFolder);
}

} // namespace attest::storage
