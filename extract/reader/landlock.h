// Landlock: the kernel's own sandbox for files, since Linux 5.13.
#pragma once

namespace attest::reader {

// From now on this process may read files below `readableFolder` and do nothing else with the file
// system, nor connect to the network where the kernel's Landlock covers it. A folder that does not
// exist leaves nothing readable. False when the kernel has no Landlock: nothing is restricted then.
// REQUIRES: PR_SET_NO_NEW_PRIVS is set.
bool restrictFiles(const char* readableFolder);

} // namespace attest::reader
