// Copies of a database that are safe to make while it is in use.
#pragma once

#include "base/result.h"

#include <filesystem>

namespace attest::storage {

class Database;

// Copies what is committed through SQLite's backup API into a new file (mode 0600) that is complete
// in itself, without a log, and is on the disk when this returns. Replaces what is at `target`.
// Errors: Io, OutOfResources, Storage; then `target` is removed.
Result<void> copyDatabase(Database& source, const std::filesystem::path& target);

// Makes the names in a folder durable. Errors: Io.
Result<void> syncFolder(const std::filesystem::path& folder);

// "20261121T091500Z"
std::string compactTime(std::int64_t secondsSince1970);

} // namespace attest::storage
