#include "engine/thread_pool.h"

#include "engine/cpu.h"

#include <cblas.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace attest::engine {

namespace {

// About 20 µs: the hand-overs inside one pass come within a few µs of each other, and a thread that
// waits for the next call should soon leave its core to others.
constexpr int kSpins = 1000;

constexpr std::size_t kMaxThreads = 256;

void pauseBriefly() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

// Returns once `value` is not `old` any more.
std::uint32_t waitWhile(const std::atomic<std::uint32_t>& value, std::uint32_t old) {
    for (int i = 0; i < kSpins; ++i) {
        const std::uint32_t now = value.load(std::memory_order_acquire);
        if (now != old) {
            return now;
        }
        pauseBriefly();
    }
    value.wait(old, std::memory_order_acquire);
    return value.load(std::memory_order_acquire);
}

} // namespace

// A run is one step of `epoch`; `task` is written before the step and read after it. `running`
// counts the workers that have not finished, and the caller leaves run() only when it is zero, so
// `task` is never overwritten while it is read.
struct ThreadPool::Impl {
    std::atomic<std::uint32_t> epoch = 0;
    std::atomic<std::uint32_t> running = 0;
    std::atomic<bool> isStopping = false;
    const std::function<void(std::size_t)>* task = nullptr;
    std::vector<std::thread> workers;

    void work(std::size_t threadIndex) {
        std::uint32_t seen = 0;
        for (;;) {
            seen = waitWhile(epoch, seen);
            if (isStopping.load(std::memory_order_acquire)) {
                return;
            }
            (*task)(threadIndex);
            if (running.fetch_sub(1, std::memory_order_acq_rel) == 1) {
                running.notify_one();
            }
        }
    }
};

ThreadPool::ThreadPool(std::size_t threads) : impl_(std::make_unique<Impl>()) {
    // Each of our threads multiplies its own tile; OpenBLAS must not start threads below them.
    openblas_set_num_threads(1);
    if (threads == 0) {
        threads = physicalCoreCount();
    }
    threads = std::min(threads, kMaxThreads);
    impl_->workers.reserve(threads - 1);
    for (std::size_t i = 1; i < threads; ++i) {
        impl_->workers.emplace_back([impl = impl_.get(), i] { impl->work(i); });
    }
}

ThreadPool::~ThreadPool() {
    impl_->isStopping.store(true, std::memory_order_release);
    impl_->epoch.fetch_add(1, std::memory_order_acq_rel);
    impl_->epoch.notify_all();
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
    impl_->task = &task;
    impl_->running.store(std::uint32_t(impl_->workers.size()), std::memory_order_relaxed);
    impl_->epoch.fetch_add(1, std::memory_order_acq_rel);
    impl_->epoch.notify_all();
    task(0);
    for (;;) {
        const std::uint32_t left = impl_->running.load(std::memory_order_acquire);
        if (left == 0) {
            return;
        }
        waitWhile(impl_->running, left);
    }
}

} // namespace attest::engine
