#include "engine/limits.h"

#include "engine/cpu.h"
#include "engine/limits/loops.h"
#include "engine/thread_pool.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <sys/syscall.h>
#endif

namespace attest::engine {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 7;
constexpr double kPeakSeconds = 0.01; // per round: long enough for the clock and for waking threads

// Far beyond the part of a cache that one program gets, and what a round takes 20 ms for.
constexpr std::size_t kMostBytes = std::size_t(512) << 20U;
constexpr std::size_t kLeastBytes = std::size_t(16) << 20U;

double secondsSince(Clock::time_point begin) {
    return std::max(std::chrono::duration<double>(Clock::now() - begin).count(), 1e-9);
}

double median(std::array<double, kRounds> numbers) {
    std::sort(numbers.begin(), numbers.end());
    return numbers[kRounds / 2];
}

// Memory that is no part of the heap, so that all of it goes back to the system.
class Pages {
public:
    explicit Pages(std::size_t size) : size_(size) {
        void* data =
            ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (data != MAP_FAILED) { // NOLINT(performance-no-int-to-ptr): the system's own macro
            data_ = static_cast<unsigned char*>(data);
            // The walk through page tables is not what is measured.
            ::madvise(data, size, MADV_HUGEPAGE);
        }
    }

    ~Pages() {
        if (data_ != nullptr) {
            ::munmap(data_, size_);
        }
    }

    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;

    unsigned char* data() const { return data_; }

private:
    unsigned char* data_ = nullptr;
    std::size_t size_;
};

// A quarter of what is free.
std::size_t readableBytes() {
    const long pages = ::sysconf(_SC_AVPHYS_PAGES);
    const long pageBytes = ::sysconf(_SC_PAGESIZE);
    const std::size_t quarter =
        pages > 0 && pageBytes > 0 ? std::size_t(pages) / 4 * std::size_t(pageBytes) : 0;
    return std::clamp(quarter, kLeastBytes, kMostBytes);
}

ReadLoop bestRead([[maybe_unused]] Isa isa) {
#if defined(__x86_64__)
    if (isa != Isa::Reference) {
        return isa == Isa::Avx2 || isa == Isa::AvxVnni ? kAvx2Read : kAvx512Read;
    }
#endif
    return kPlainRead;
}

Result<double> measureRead(ThreadPool& pool, ReadLoop read, const std::stop_token& stop) {
    const std::size_t threads = pool.threadCount();
    const std::size_t share = readableBytes() / threads / kReadStep * kReadStep;
    const Pages pages(share * threads);
    if (pages.data() == nullptr) {
        return Error{ErrorCode::OutOfResources, "not enough memory to measure its speed"};
    }
    // Each thread's part near its core. Pages that were never written are all the same one.
    pool.run([&](std::size_t thread) {
        std::fill_n(pages.data() + thread * share, share, static_cast<unsigned char>(thread + 1));
    });
    std::array<double, kRounds> seconds = {};
    for (double& time : seconds) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, "measuring was cancelled"};
        }
        const auto begin = Clock::now();
        pool.run([&](std::size_t thread) {
            [[maybe_unused]] const volatile std::uint64_t sum =
                read(pages.data() + thread * share, share);
        });
        time = secondsSince(begin);
    }
    return double(share * threads) / median(seconds);
}

#if defined(__x86_64__) // no loops for others yet
Result<double> measurePeak(ThreadPool& pool, const PeakLoop& loop, const std::stop_token& stop) {
    // How many rounds take long enough.
    std::size_t rounds = 1024;
    for (;;) {
        const auto begin = Clock::now();
        loop.run(rounds);
        if (const double seconds = secondsSince(begin); seconds > kPeakSeconds / 8) {
            rounds = std::size_t(double(rounds) * kPeakSeconds / seconds) + 1;
            break;
        }
        rounds *= 2;
    }
    std::array<double, kRounds> seconds = {};
    for (double& time : seconds) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, "measuring was cancelled"};
        }
        const auto begin = Clock::now();
        pool.run([&](std::size_t) { loop.run(rounds); });
        time = secondsSince(begin);
    }
    return double(rounds) * double(loop.operations) * double(pool.threadCount()) / median(seconds);
}

// AMX with 8-bit integers and bfloat16, and Linux lets this process use the tiles.
// Source: Linux, Documentation/arch/x86/xstate.rst.
bool mayUseTiles() {
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    // Clang 14's cpuid.h has no names for them.
    constexpr unsigned kBits = (1U << 22U) | (1U << 24U) | (1U << 25U); // AMX-BF16, -TILE, -INT8
    if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) == 0 || (edx & kBits) != kBits) {
        return false;
    }
    constexpr long kRequestPermission = 0x1023; // ARCH_REQ_XCOMP_PERM
    constexpr long kTileData = 18;              // XFEATURE_XTILE_DATA
    return ::syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
}
#endif

} // namespace

Result<MachineLimits> measureLimits(ThreadPool& pool, std::stop_token stop) {
    MachineLimits limits;
    limits.threads = pool.threadCount();
    const Isa isa = availableIsas().back();
    ATTEST_TRY_ASSIGN(limits.readBytesPerSecond, measureRead(pool, bestRead(isa), stop));
#if defined(__x86_64__)
    if (isa == Isa::Avx2 || isa == Isa::AvxVnni) {
        ATTEST_TRY_ASSIGN(limits.f32PerSecond, measurePeak(pool, kAvx2F32, stop));
        ATTEST_TRY_ASSIGN(limits.int8PerSecond,
                          measurePeak(pool, isa == Isa::Avx2 ? kAvx2Int8 : kAvxVnniInt8, stop));
    } else if (isa != Isa::Reference) {
        ATTEST_TRY_ASSIGN(limits.f32PerSecond, measurePeak(pool, kAvx512F32, stop));
        ATTEST_TRY_ASSIGN(limits.int8PerSecond, measurePeak(pool, kAvx512Int8, stop));
        if (__builtin_cpu_supports("avx512bf16") != 0) {
            ATTEST_TRY_ASSIGN(limits.bf16PerSecond, measurePeak(pool, kAvx512Bf16, stop));
        }
        if (mayUseTiles()) {
            ATTEST_TRY_ASSIGN(limits.tileInt8PerSecond, measurePeak(pool, kTileInt8, stop));
            ATTEST_TRY_ASSIGN(limits.tileBf16PerSecond, measurePeak(pool, kTileBf16, stop));
        }
    }
#endif
    return limits;
}

} // namespace attest::engine
