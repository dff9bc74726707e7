// The engine's threads. One pool per process; the only place that decides thread counts.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace attest::engine {

// run() and forEach() may be called by one thread at a time. Waiting threads spin briefly, then
// sleep.
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

    // Calls work(item, threadIndex) once for each item below `items`, on whichever thread is free,
    // and returns when all have returned. A thread that the system has not woken in time is not
    // waited for, so that a busy machine slows this down by no more than it takes away. `work` must
    // not throw.
    void forEach(std::size_t items,
                 const std::function<void(std::size_t item, std::size_t threadIndex)>& work);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace attest::engine
