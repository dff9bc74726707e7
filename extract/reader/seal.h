// Takes every right away from this process that reading a document does not need.
#pragma once

#include "extract/reader/options.h"

#include <cstdint>

namespace attest::reader {

// Step 1, before anything else: die with the parent, no core dumps, limits on processor time,
// memory, stack and files, no descriptors but the agreed ones. False when the parent is gone
// already.
bool limitProcess(const Options& options);

struct Seal {
    bool isSealed = false;
    bool hasLandlock = false; // and so may read Poppler's CMaps and, drawing, the system's fonts
};

// Step 2, when all libraries are warm: no new privileges, Landlock where the kernel has it
// (read-only access to /usr/share/poppler and, drawing, to fonts, nothing else), then a seccomp
// allow-list that kills the process for any other system call. Cannot be undone.
Seal sealProcess(Mode mode);

} // namespace attest::reader
