#include "extract/reader/protocol.h"
#include "extract/reader/seal.h"

#include <algorithm>
#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace attest::reader {

namespace {

constexpr rlim_t kStackBytes = rlim_t{8} << 20U;
constexpr rlim_t kOpenFiles = 16;

// Never raises a limit that is lower already; as root, setrlimit could.
void limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
    rlimit current = {};
    if (getrlimit(resource, &current) == 0) {
        hard = std::min(hard, current.rlim_max);
        soft = std::min({soft, hard, current.rlim_cur});
    }
    const rlimit wanted = {soft, hard};
    setrlimit(resource, &wanted);
}

} // namespace

bool limitProcess(const Options& options) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() == 1) {
        return false; // the parent died before the line above
    }
    prctl(PR_SET_DUMPABLE, 0);
    const int lastFd = options.mode == Mode::Render ? kRequestFd : kResultFd;
    syscall(SYS_close_range, static_cast<unsigned>(lastFd) + 1U, ~0U, 0U);

    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_FSIZE, 0, 0);
    signal(SIGXFSZ, SIG_IGN); // a library's complaint to stderr shall fail, not kill
    limit(RLIMIT_NOFILE, kOpenFiles, kOpenFiles);
    limit(RLIMIT_STACK, kStackBytes, kStackBytes);
    limit(RLIMIT_AS, options.memoryBytes, options.memoryBytes);
    // Soft below hard: the soft limit is SIGXCPU, which tells time from other kills.
    limit(RLIMIT_CPU, options.cpuSeconds, options.cpuSeconds + 2);
    // No effect for root, who may always start processes; the seccomp filter has the last word.
    limit(RLIMIT_NPROC, 0, 0);
    return true;
}

} // namespace attest::reader
