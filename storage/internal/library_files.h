// The names of a library's files in its folder.
#pragma once

namespace attest::storage {

inline constexpr const char* kLibraryFileName = "library.sqlite";
inline constexpr const char* kLockFileName = "library.lock";
inline constexpr const char* kBackupFolderName = "backups";

} // namespace attest::storage
