// The engine's threads. One pool per process; the only place that decides thread counts.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace attest::engine {

// run() may be called by one thread at a time. Waiting threads spin briefly, then sleep.
class ThreadPool {
public:
    // threads 0: the number of physical cores this process may use.
    explicit ThreadPool(std::size_t threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    std::size_t threadCount() const;

    // Calls task(threadIndex) once on each thread, the caller being thread 0, and returns when all
    // have returned. `task` must not throw.
    void run(const std::function<void(std::size_t threadIndex)>& task);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace attest::engine
