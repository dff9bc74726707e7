#include "engine/thread_pool.h"

#include "engine/cpu.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <sched.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace attest::engine {

namespace {

// About 20 µs: the hand-overs inside one pass come within a few µs of each other, and a thread that
// waits for the next call should soon leave its core to others.
constexpr int kSpins = 1000;

constexpr std::size_t kMaxThreads = 256;

// About a tenth of a core against one thread of normal priority.
constexpr int kBackgroundNice = 10;

void pauseBriefly() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

// Returns a value for which `isReady` holds.
template <typename Predicate>
std::uint32_t waitUntil(const std::atomic<std::uint32_t>& value, const Predicate& isReady) {
    std::uint32_t now = value.load(std::memory_order_acquire);
    for (int i = 0; i < kSpins && !isReady(now); ++i) {
        pauseBriefly();
        now = value.load(std::memory_order_acquire);
    }
    while (!isReady(now)) {
        value.wait(now, std::memory_order_acquire);
        now = value.load(std::memory_order_acquire);
    }
    return now;
}

// A job is one step of the epoch. It is open from its publication until the caller has finished its
// own part; a worker takes part by raising `active` while it is open.
constexpr std::uint32_t kActiveMask = 0x7FFF;
constexpr std::uint32_t kClosed = 0x8000;
constexpr std::uint32_t kEpochStep = 0x10000;

std::uint32_t epochOf(std::uint32_t state) {
    return state / kEpochStep;
}

// Some of the items of one call; on a cache line of its own.
struct alignas(64) Part {
    std::atomic<std::size_t> next;
    std::size_t end;
};

// Works on what nobody has taken yet.
void takeFrom(Part& part, const ThreadPool::ItemWork& work, std::size_t thread) {
    for (std::size_t item = part.next.fetch_add(1, std::memory_order_relaxed); item < part.end;
         item = part.next.fetch_add(1, std::memory_order_relaxed)) {
        work(item, thread);
    }
}

} // namespace

// `task` is written while the job before is closed and nobody is active, and read only by threads
// that have become active, so it never changes under a reader. A worker whose epoch comes round
// again after 65 536 jobs asleep misses one of them, which only forEach() lets it do.
struct ThreadPool::Impl {
    std::atomic<std::uint32_t> state = kClosed; // epoch, closed, active workers
    std::atomic<std::uint32_t> missing = 0;     // workers that have not finished the job
    std::atomic<bool> isStopping = false;
    const std::function<void(std::size_t)>* task = nullptr;
    std::vector<Part> parts; // that the threads begin with, one each
    std::vector<std::thread> workers;

    void work(std::size_t threadIndex) {
        std::uint32_t seen = 0;
        for (;;) {
            std::uint32_t now =
                waitUntil(state, [seen](std::uint32_t value) { return epochOf(value) != seen; });
            if (isStopping.load(std::memory_order_acquire)) {
                return;
            }
            bool isActive = false;
            while (!isActive && (now & kClosed) == 0) {
                isActive = state.compare_exchange_weak(
                    now, now + 1, std::memory_order_acq_rel, std::memory_order_acquire);
            }
            seen = epochOf(now);
            if (isActive) {
                (*task)(threadIndex);
                if (missing.fetch_sub(1, std::memory_order_acq_rel) == 1) {
                    missing.notify_one();
                }
                // The last one out of a closed job wakes the caller.
                if (((state.fetch_sub(1, std::memory_order_acq_rel) - 1) & 0xFFFFU) == kClosed) {
                    state.notify_all();
                }
            }
        }
    }

    void publish(const std::function<void(std::size_t)>& newTask) {
        task = &newTask;
        missing.store(std::uint32_t(workers.size()), std::memory_order_relaxed);
        const std::uint32_t epoch = state.load(std::memory_order_relaxed) / kEpochStep + 1;
        state.store(epoch * kEpochStep, std::memory_order_release);
        state.notify_all();
    }

    void close() {
        state.fetch_or(kClosed, std::memory_order_acq_rel);
        waitUntil(state, [](std::uint32_t value) { return (value & kActiveMask) == 0; });
    }

    // Calls the task on the caller and on whichever workers take part in time.
    void shareOut(const std::function<void(std::size_t)>& newTask) {
        publish(newTask);
        newTask(0);
        close();
    }

    // False, and nothing done, where there is something to share out and somebody to do it.
    bool doAlone(std::size_t items, const ItemWork& work) const {
        if (items > 1 && !workers.empty()) {
            return false;
        }
        for (std::size_t item = 0; item < items; ++item) {
            work(item, 0);
        }
        return true;
    }
};

void giveWayOnThisThread() {
#if defined(__linux__)
    // Batch threads do not interrupt others when they wake. On Linux niceness is a thread's own.
    const sched_param parameters = {};
    static_cast<void>(::sched_setscheduler(0, SCHED_BATCH, &parameters));
    const auto thread = id_t(::gettid());
    // A privileged process would rise where it was nicer already.
    if (::getpriority(PRIO_PROCESS, thread) < kBackgroundNice) {
        static_cast<void>(::setpriority(PRIO_PROCESS, thread, kBackgroundNice));
    }
#endif
}

ThreadPool::ThreadPool(const ThreadPoolOptions& options) : impl_(std::make_unique<Impl>()) {
    std::size_t threads = options.threads;
    if (threads == 0) {
        threads = physicalCoreCount();
    }
    threads = std::min(threads, kMaxThreads);
    impl_->parts = std::vector<Part>(threads);
    impl_->workers.reserve(threads - 1);
    for (std::size_t i = 1; i < threads; ++i) {
        impl_->workers.emplace_back([impl = impl_.get(), i, priority = options.priority] {
            if (priority == ThreadPriority::Background) {
                giveWayOnThisThread();
            }
            impl->work(i);
        });
    }
}

ThreadPool::~ThreadPool() {
    impl_->isStopping.store(true, std::memory_order_release);
    impl_->state.fetch_add(kEpochStep, std::memory_order_acq_rel);
    impl_->state.notify_all();
    for (std::thread& worker : impl_->workers) {
        worker.join();
    }
}

std::size_t ThreadPool::threadCount() const {
    return impl_->workers.size() + 1;
}

void ThreadPool::run(const std::function<void(std::size_t threadIndex)>& task) {
    if (impl_->workers.empty()) {
        task(0);
        return;
    }
    impl_->publish(task);
    task(0);
    waitUntil(impl_->missing, [](std::uint32_t value) { return value == 0; });
    impl_->close();
}

void ThreadPool::forEach(std::size_t items, const ItemWork& work) {
    if (impl_->doAlone(items, work)) {
        return;
    }
    Part all = {.next = 0, .end = items};
    impl_->shareOut([&all, &work](std::size_t thread) { takeFrom(all, work, thread); });
}

void ThreadPool::forEachInParts(std::size_t items, const ItemWork& work) {
    if (impl_->doAlone(items, work)) {
        return;
    }
    std::vector<Part>& parts = impl_->parts;
    const std::size_t threads = parts.size();
    for (std::size_t i = 0; i < threads; ++i) {
        parts[i].next.store(items * i / threads, std::memory_order_relaxed);
        parts[i].end = items * (i + 1) / threads;
    }
    impl_->shareOut([&parts, &work, threads](std::size_t thread) {
        for (std::size_t i = 0; i < threads; ++i) {
            takeFrom(parts[(thread + i) % threads], work, thread);
        }
    });
}

} // namespace attest::engine
