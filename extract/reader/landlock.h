// Landlock: the kernel's own sandbox for files, since Linux 5.13.
#pragma once

#include <span>

namespace attest::reader {

// From now on this process may read files below `readableFolders` and do nothing else with the file
// system, nor connect to the network where the kernel's Landlock covers it. A folder that does not
// exist makes nothing readable. False when the kernel has no Landlock: nothing is restricted then.
// REQUIRES: PR_SET_NO_NEW_PRIVS is set.
bool restrictFiles(std::span<const char* const> readableFolders);

} // namespace attest::reader
