#include "extract/reader/seal.h"

#include "extract/reader/landlock.h"

#include <seccomp.h>

#include <cerrno>
#include <fcntl.h>
#include <initializer_list>
#include <sched.h>
#include <span>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace attest::reader {

namespace {

constexpr std::uint64_t kTmpFileBit = 020000000; // __O_TMPFILE without O_DIRECTORY
constexpr std::uint64_t kWritingFlags = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | kTmpFileBit;

// Where fonts stand that are not in the document, and what fontconfig knows about them.
constexpr const char* kTextFolders[] = {"/usr/share/poppler"};
constexpr const char* kRenderFolders[] = {"/usr/share/poppler",
                                          "/usr/share/fonts",
                                          "/usr/local/share/fonts",
                                          "/usr/share/ghostscript",
                                          "/usr/share/texmf/fonts",
                                          "/usr/share/fontconfig",
                                          "/etc/fonts",
                                          "/var/cache/fontconfig"};

bool allow(scmp_filter_ctx filter, std::initializer_list<int> calls) {
    for (const int call : calls) {
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) {
            return false;
        }
    }
    return true;
}

bool addRules(scmp_filter_ctx filter, bool mayReadFiles) {
    // What Poppler, glibc's heap, stdio and qsort (sysinfo!) need on data that is in memory
    // already. fstat() is newfstatat() in glibc ≥ 2.33.
    bool isComplete = allow(filter, {SCMP_SYS(read),           SCMP_SYS(write),
                                     SCMP_SYS(close),          SCMP_SYS(lseek),
                                     SCMP_SYS(fstat),          SCMP_SYS(newfstatat),
                                     SCMP_SYS(munmap),         SCMP_SYS(mremap),
                                     SCMP_SYS(madvise),        SCMP_SYS(brk),
                                     SCMP_SYS(futex),          SCMP_SYS(rt_sigaction),
                                     SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
                                     SCMP_SYS(getpid),         SCMP_SYS(gettid),
                                     SCMP_SYS(getrandom),      SCMP_SYS(clock_gettime),
                                     SCMP_SYS(gettimeofday),   SCMP_SYS(time),
                                     SCMP_SYS(sysinfo),        SCMP_SYS(exit),
                                     SCMP_SYS(exit_group)});

    // Forms without appearances make Poppler look for system fonts. Looking around the file system
    // is refused, not fatal: it then goes on with its built-in ones.
    for (const int call : {SCMP_SYS(access),
                           SCMP_SYS(faccessat),
                           SCMP_SYS(faccessat2),
                           SCMP_SYS(readlink),
                           SCMP_SYS(readlinkat),
                           SCMP_SYS(stat),
                           SCMP_SYS(lstat),
                           SCMP_SYS(statfs),
                           SCMP_SYS(fstatfs),
                           SCMP_SYS(getdents64),
                           SCMP_SYS(getcwd),
                           SCMP_SYS(mkdir),
                           SCMP_SYS(mkdirat)}) {
        isComplete = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0) == 0 && isComplete;
    }

    // Memory, but never executable.
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
        isComplete =
            seccomp_rule_add(
                filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
            isComplete;
    }
    // abort() sends SIGABRT to itself, nobody else.
    isComplete = seccomp_rule_add(filter,
                                  SCMP_ACT_ALLOW,
                                  SCMP_SYS(tgkill),
                                  1,
                                  SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid()))) == 0 &&
                 isComplete;

    // CMaps are opened when a document names them; Landlock says where. Opening for writing, and
    // without Landlock opening at all, is refused.
    if (mayReadFiles) {
        isComplete = seccomp_rule_add(filter,
                                      SCMP_ACT_ALLOW,
                                      SCMP_SYS(openat),
                                      1,
                                      SCMP_A2(SCMP_CMP_MASKED_EQ, kWritingFlags, O_RDONLY)) == 0 &&
                     isComplete;
        for (const std::uint64_t flag : {std::uint64_t{O_WRONLY},
                                         std::uint64_t{O_RDWR},
                                         std::uint64_t{O_CREAT},
                                         std::uint64_t{O_TRUNC},
                                         std::uint64_t{O_APPEND},
                                         kTmpFileBit}) {
            isComplete = seccomp_rule_add(filter,
                                          SCMP_ACT_ERRNO(EACCES),
                                          SCMP_SYS(openat),
                                          1,
                                          SCMP_A2(SCMP_CMP_MASKED_EQ, flag, flag)) == 0 &&
                         isComplete;
        }
    } else {
        isComplete = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 0) == 0 &&
                     isComplete;
    }
    return isComplete;
}

// What drawing needs besides: FreeType and fontconfig set flags on the files they read, and
// OpenJPEG wants as many threads as there are processors; refused, it decodes in this one.
bool addRenderRules(scmp_filter_ctx filter) {
    bool isComplete =
        allow(filter, {SCMP_SYS(pread64), SCMP_SYS(fadvise64), SCMP_SYS(sched_getaffinity)});
    for (const int command : {F_GETFD, F_SETFD, F_GETFL}) {
        isComplete =
            seccomp_rule_add(filter,
                             SCMP_ACT_ALLOW,
                             SCMP_SYS(fcntl),
                             1,
                             SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command))) == 0 &&
            isComplete;
    }
    // clone3() hides its flags in memory; glibc goes on to clone(), which shows them.
    isComplete = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
                 seccomp_rule_add(filter,
                                  SCMP_ACT_ERRNO(EAGAIN),
                                  SCMP_SYS(clone),
                                  1,
                                  SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0 &&
                 isComplete;
    return isComplete;
}

} // namespace

Seal sealProcess(Mode mode) {
    Seal seal;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return seal;
    }
    const bool draws = mode == Mode::Render;
    seal.hasLandlock = restrictFiles(draws ? std::span<const char* const>(kRenderFolders)
                                           : std::span<const char* const>(kTextFolders));

    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == nullptr) {
        return seal;
    }
    seal.isSealed = addRules(filter, seal.hasLandlock) && (!draws || addRenderRules(filter)) &&
                    seccomp_load(filter) == 0;
    seccomp_release(filter);
    return seal;
}

} // namespace attest::reader
