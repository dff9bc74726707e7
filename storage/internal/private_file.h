#pragma once

#include "base/result.h"

#include <filesystem>

namespace attest::storage {

// An empty file that only its owner can read (SQLite would follow the umask). Errors: Io (also: it
// is there already), OutOfResources.
Result<void> createPrivateFile(const std::filesystem::path& path);

} // namespace attest::storage
