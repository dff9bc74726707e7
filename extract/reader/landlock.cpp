#include "extract/reader/landlock.h"

#include <cstdint>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace attest::reader {

namespace {

// Numbers and bits are written out: the headers of the machine that builds know an older interface
// than the kernel that runs. Source: Linux, include/uapi/linux/landlock.h.
constexpr long kCreateRuleset = 444;
constexpr long kAddRule = 445;
constexpr long kRestrictSelf = 446;
constexpr unsigned kVersionQuery = 1;
constexpr int kRulePathBeneath = 1;

constexpr std::uint64_t kReadFile = 1U << 2U;
constexpr std::uint64_t kReadFolder = 1U << 3U;
constexpr std::uint64_t kFilesAbi1 = (1U << 13U) - 1; // execute … make_sym
constexpr std::uint64_t kFilesRefer = 1U << 13U;      // ABI 2
constexpr std::uint64_t kFilesTruncate = 1U << 14U;   // ABI 3
constexpr std::uint64_t kFilesDevices = 1U << 15U;    // ABI 5, ioctl
constexpr std::uint64_t kNetTcp = 3;                  // ABI 4, bind and connect
constexpr std::uint64_t kScopes = 3;                  // ABI 6, abstract sockets and signals

struct RulesetAttributes {
    std::uint64_t files = 0;
    std::uint64_t network = 0; // ABI 4
    std::uint64_t scopes = 0;  // ABI 6
};

struct __attribute__((packed)) PathRule {
    std::uint64_t allowed = 0;
    std::int32_t folder = -1;
};

} // namespace

bool restrictFiles(std::span<const char* const> readableFolders) {
    const long abi = syscall(kCreateRuleset, nullptr, 0UL, kVersionQuery);
    if (abi < 1) {
        return false;
    }
    RulesetAttributes attributes;
    attributes.files = kFilesAbi1 | (abi >= 2 ? kFilesRefer : 0) | (abi >= 3 ? kFilesTruncate : 0) |
                       (abi >= 5 ? kFilesDevices : 0);
    attributes.network = abi >= 4 ? kNetTcp : 0;
    attributes.scopes = abi >= 6 ? kScopes : 0;
    // An older kernel accepts a longer structure when what it does not know is zero.
    const long ruleset = syscall(kCreateRuleset, &attributes, sizeof(attributes), 0U);
    if (ruleset < 0) {
        return false;
    }
    const int rulesetFd = static_cast<int>(ruleset);

    for (const char* path : readableFolders) {
        const int folder = open(path, O_PATH | O_CLOEXEC);
        if (folder >= 0) {
            const PathRule rule = {kReadFile | kReadFolder, folder};
            syscall(kAddRule, rulesetFd, kRulePathBeneath, &rule, 0U);
            close(folder);
        }
    }
    const bool isRestricted = syscall(kRestrictSelf, rulesetFd, 0U) == 0;
    close(rulesetFd);
    return isRestricted;
}

} // namespace attest::reader
