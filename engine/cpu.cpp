#include "engine/cpu.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sched.h>
#include <set>
#include <string>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#if defined(__aarch64__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace attest::engine {

namespace {

// Those of one kind of processor in the order of their speed.
constexpr Isa kIsas[] = {
    Isa::Reference, Isa::Avx2, Isa::AvxVnni, Isa::Avx512, Isa::Amx, Isa::Neon, Isa::NeonDot};

#if defined(__x86_64__)
// Clang 14's built-in does not know this name. That the registers are saved is asked with AVX2.
bool hasF16c() {
    unsigned int a = 0;
    unsigned int b = 0;
    unsigned int c = 0;
    unsigned int d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_F16C) != 0;
}

// Not known to the built-in of every compiler either.
bool hasAvxVnni() {
    constexpr unsigned kAvxVnni = 1U << 4U; // of EAX of the second part of leaf 7
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && eax >= 1 &&
           __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) != 0 && (eax & kAvxVnni) != 0;
}

// Whether the processor has tiles of 8-bit integers and of bfloat16 and the system lets this
// process use them. The permission is asked for once and holds for all threads, those that run
// already included.
bool mayUseTiles() {
    static const bool may = [] {
        constexpr unsigned kBf16 = 1U << 22U; // of EDX
        constexpr unsigned kTile = 1U << 24U;
        constexpr unsigned kInt8 = 1U << 25U;
        constexpr unsigned kNeeded = kBf16 | kTile | kInt8;
        unsigned eax = 0;
        unsigned ebx = 0;
        unsigned ecx = 0;
        unsigned edx = 0;
        if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) == 0 || (edx & kNeeded) != kNeeded) {
            return false;
        }
        // Linux: Documentation/arch/x86/xstate.rst. XFEATURE_XTILEDATA is component 18.
        constexpr long kRequestPermission = 0x1023;
        constexpr long kTileData = 18;
        return ::syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
    }();
    return may;
}
#endif

bool canRun(Isa isa) {
    switch (isa) {
    case Isa::Reference:
        return true;
#if defined(__x86_64__)
    // GCC's built-ins look at CPUID and XGETBV, so a kernel that does not save the registers
    // counts.
    case Isa::Avx2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && hasF16c();
    case Isa::AvxVnni:
        return canRun(Isa::Avx2) && hasAvxVnni();
    case Isa::Avx512:
        return canRun(Isa::Avx2) && __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
    case Isa::Amx:
        return canRun(Isa::Avx512) && mayUseTiles();
#elif defined(__aarch64__)
    case Isa::Neon:
        return true;
    case Isa::NeonDot:
        return (::getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
#endif
    default:
        return false;
    }
}

} // namespace

std::string_view toString(Isa isa) {
    switch (isa) {
    case Isa::Reference:
        return "reference";
    case Isa::Avx2:
        return "avx2";
    case Isa::AvxVnni:
        return "avxvnni";
    case Isa::Avx512:
        return "avx512";
    case Isa::Amx:
        return "amx";
    case Isa::Neon:
        return "neon";
    case Isa::NeonDot:
        return "neondot";
    }
    return "unknown";
}

std::vector<Isa> availableIsas() {
    std::vector<Isa> isas;
    for (const Isa isa : kIsas) {
        if (canRun(isa)) {
            isas.push_back(isa);
        }
    }
    return isas;
}

Result<Isa> chooseIsa() {
    const char* forced = std::getenv("ATTEST_ISA"); // NOLINT(concurrency-mt-unsafe): never set here
    if (forced == nullptr || *forced == '\0') {
        return availableIsas().back();
    }
    std::string names;
    for (const Isa isa : kIsas) {
        if (toString(isa) == forced) {
            if (!canRun(isa)) {
                return Error{ErrorCode::Unsupported,
                             "ATTEST_ISA asks for " + std::string(forced) +
                                 ", which this processor does not have"};
            }
            return isa;
        }
        names += (names.empty() ? "" : ", ") + std::string(toString(isa));
    }
    return Error{ErrorCode::InvalidInput, "ATTEST_ISA must be one of " + names};
}

std::size_t physicalCoreCount() {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        return 1;
    }
    std::set<std::string> cores; // named by the list of their hyper-threads
    for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed)) {
            continue;
        }
        std::string siblings;
        std::ifstream file("/sys/devices/system/cpu/cpu" + std::to_string(cpu) +
                           "/topology/thread_siblings_list");
        if (!std::getline(file, siblings) || siblings.empty()) {
            siblings = std::to_string(cpu); // not readable: count it as a core of its own
        }
        cores.insert(siblings);
    }
    return std::max<std::size_t>(cores.size(), 1);
}

} // namespace attest::engine
