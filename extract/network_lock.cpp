#include "extract/network_lock.h"

#include <seccomp.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <sys/socket.h>

namespace attest::extract {

namespace {

struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
};

} // namespace

Result<void> denyNetwork() {
    const std::unique_ptr<void, Release> filter(seccomp_init(SCMP_ACT_ALLOW));
    const auto failed = [](const char* step, int code) {
        return Error{ErrorCode::Unsupported,
                     std::string("cannot lock the network out: ") + step + ": " +
                         std::strerror(code < 0 ? -code : code)};
    };
    if (!filter) {
        return failed("seccomp", ENOMEM);
    }
    // System calls of another word size are not of this program: socketcall() would be among them.
    int code = seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(ENOSYS));
    if (code == 0) {
        code = seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1);
    }
    // All 64 bits of the argument are compared, so no family can hide in the upper half.
    for (const auto compare : {SCMP_CMP_LT, SCMP_CMP_GT}) {
        if (code == 0) {
            code = seccomp_rule_add(filter.get(),
                                    SCMP_ACT_ERRNO(EACCES),
                                    SCMP_SYS(socket),
                                    1,
                                    SCMP_A0(compare, static_cast<scmp_datum_t>(AF_UNIX)));
        }
    }
    for (const int call : {SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter)}) {
        if (code == 0) {
            code = seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0);
        }
    }
    if (code != 0) {
        return failed("rules", code);
    }
    if (code = seccomp_load(filter.get()); code != 0) {
        return failed("load", code);
    }
    return {};
}

} // namespace attest::extract
