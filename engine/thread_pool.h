// The engine's threads. One pool per process; the only place that decides thread counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace attest::engine {

enum class ThreadPriority : std::uint8_t {
    Normal,
    // Gives way to whatever else wants a core, such as the window the user is working in, and takes
    // all that nobody else wants.
    Background,
};

struct ThreadPoolOptions {
    std::size_t threads = 0; // 0: the number of physical cores this process may use
    ThreadPriority priority = ThreadPriority::Normal; // of the threads that the pool starts
};

// Makes the calling thread a background one, for good: the system does not let it rise again.
// Where the system refuses, nothing happens.
void giveWayOnThisThread();

// run() and forEach() may be called by one thread at a time. Waiting threads spin briefly, then
// sleep.
class ThreadPool {
public:
    using ItemWork = std::function<void(std::size_t item, std::size_t threadIndex)>;

    explicit ThreadPool(const ThreadPoolOptions& options);

    explicit ThreadPool(std::size_t threads) : ThreadPool(ThreadPoolOptions{.threads = threads}) {}

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
    void forEach(std::size_t items, const ItemWork& work);

    // The same, but each thread begins with a part of its own, the same one for as many items, and
    // then helps the others: for work on what the thread's cache still holds from a call before,
    // and for items so small that the threads would wait for each other to take one.
    void forEachInParts(std::size_t items, const ItemWork& work);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace attest::engine
