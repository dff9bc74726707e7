// A library: the folder that holds everything Attest keeps. One SQLite file and a lock; both are
// readable for their owner only.
#pragma once

#include "base/result.h"
#include "storage/database.h"

#include <filesystem>
#include <memory>

namespace attest::storage {

class FileLock;

// $XDG_DATA_HOME/attest, else ~/.local/share/attest. Errors: NotFound (neither is set).
Result<std::filesystem::path> defaultLibraryFolder();

// One connection to a library. Not thread-safe: each thread opens its own; exactly one in all
// processes has Access::ReadWrite.
class Library {
public:
    // ReadWrite creates the folder (mode 0700) and the file when they are missing.
    //
    // Errors: those of Database::open(); Storage (another process has it open for writing; the
    //         message names the process), Io (the folder belongs to or can be written by others).
    static Result<Library> open(const std::filesystem::path& folder, Access access);

    const std::filesystem::path& folder() const { return folder_; }

    Database& database() { return db_; }

    Library(Library&&) noexcept;
    Library& operator=(Library&&) noexcept;
    ~Library();

private:
    Library(std::filesystem::path folder, std::unique_ptr<FileLock> lock, Database db);

    std::filesystem::path folder_;
    std::unique_ptr<FileLock> lock_; // null for readers; released after db_ is closed
    Database db_;
};

} // namespace attest::storage
