// Backups of a library: made with SQLite's backup API, checked, and only then given their name.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace attest::storage {

class Database;

inline constexpr std::size_t kBackupsKept = 7;

struct BackupFile {
    std::filesystem::path path; // <library>/backups/library-20261121T091500Z.sqlite
    std::int64_t madeAt = 0;    // seconds since 1970, UTC, from the name
    std::uint64_t byteSize = 0;
};

// Copies, runs integrity_check on the copy, renames it into place and prunes to kBackupsKept.
// Errors: Storage (the copy is damaged; it is removed), OutOfResources, Io.
Result<BackupFile>
backUp(Database& db, const std::filesystem::path& libraryFolder, std::int64_t now);

// Newest first.
Result<std::vector<BackupFile>> listBackups(const std::filesystem::path& libraryFolder);

// Whether the newest backup is older than a day (or there is none and the library holds something).
Result<bool>
isBackupDue(Database& db, const std::filesystem::path& libraryFolder, std::int64_t now);

// Puts a backup in the library's place. The library as it was is kept beside it as
// "library-before-restore-<time>.sqlite".
// REQUIRES: nobody has the library open. Errors: Storage (the backup is damaged, or the library is
// in use: the message says by whom), NotFound, Io.
Result<void> restoreBackup(const std::filesystem::path& libraryFolder,
                           const std::filesystem::path& backup,
                           std::int64_t now);

} // namespace attest::storage
