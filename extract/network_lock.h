// The promise that nothing leaves this machine, kept by the kernel: after denyNetwork() this
// process and all it starts can talk to programs here (the desktop, the print service), and to
// nothing else.
#pragma once

#include "base/result.h"

namespace attest::extract {

// Refuses (EACCES) sockets of every family but AF_UNIX, and (EPERM) io_uring, which could make
// sockets unseen, for all threads of this process and its children, for good. Call it at the begin
// of main(). Errors: Unsupported (the kernel has no seccomp filters).
Result<void> denyNetwork();

} // namespace attest::extract
