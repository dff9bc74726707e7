#include "engine/thread_pool.h"

#include "engine/cpu.h"
#include "support/catch.h"

#include <atomic>
#include <chrono>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace attest::engine;

TEST_CASE("a run calls the task once on each thread", "[engine][thread_pool]") {
    for (const std::size_t threads : {1U, 2U, 4U, 7U}) {
        CAPTURE(threads);
        ThreadPool pool(threads);
        REQUIRE(pool.threadCount() == threads);
        std::vector<int> calls(threads, 0);

        for (int run = 0; run < 200; ++run) {
            pool.run([&calls](std::size_t thread) { ++calls[thread]; });
        }

        CHECK(calls == std::vector<int>(threads, 200));
    }
}

TEST_CASE("the caller is thread 0 and the others are not", "[engine][thread_pool]") {
    ThreadPool pool(3);
    std::vector<std::thread::id> ids(3);

    pool.run([&ids](std::size_t thread) { ids[thread] = std::this_thread::get_id(); });

    CHECK(ids[0] == std::this_thread::get_id());
    CHECK(ids[1] != ids[0]);
    CHECK(ids[2] != ids[0]);
    CHECK(ids[1] != ids[2]);
}

TEST_CASE("what threads write is seen after the run and in the next one", "[engine][thread_pool]") {
    ThreadPool pool(4);
    std::vector<int> values(4, 1);

    for (int run = 0; run < 500; ++run) {
        std::vector<int> next(4, 0);
        // Each thread reads what another one wrote in the run before.
        pool.run([&](std::size_t thread) { next[thread] = values[(thread + 1) % 4] + 1; });
        values = next;
    }

    CHECK(values == std::vector<int>(4, 501));
}

TEST_CASE("each item is worked on once", "[engine][thread_pool]") {
    for (const std::size_t threads : {1U, 2U, 4U}) {
        ThreadPool pool(threads);
        for (const std::size_t items : {0U, 1U, 2U, 3U, 100U}) {
            CAPTURE(threads, items);
            std::vector<int> calls(items, 0);
            std::atomic<bool> isIndexGood = true;

            for (int run = 0; run < 200; ++run) {
                pool.forEach(items, [&](std::size_t item, std::size_t thread) {
                    ++calls[item];
                    if (thread >= threads) {
                        isIndexGood = false;
                    }
                });
                if (run % 20 == 0) { // the two kinds of job follow each other
                    pool.run([](std::size_t) {});
                }
            }

            CHECK(calls == std::vector<int>(items, 200));
            CHECK(isIndexGood);
        }
    }
}

TEST_CASE("each item is worked on once, in parts of the threads' own too",
          "[engine][thread_pool]") {
    for (const std::size_t threads : {1U, 2U, 4U}) {
        ThreadPool pool(threads);
        for (const std::size_t items : {0U, 1U, 2U, 3U, 5U, 100U}) {
            CAPTURE(threads, items);
            std::vector<int> calls(items, 0);
            std::atomic<bool> isIndexGood = true;

            for (int run = 0; run < 200; ++run) {
                pool.forEachInParts(items, [&](std::size_t item, std::size_t thread) {
                    ++calls[item];
                    if (thread >= threads) {
                        isIndexGood = false;
                    }
                });
                if (run % 20 == 0) { // another kind of job, and another number of items
                    pool.forEach(items / 2, [&](std::size_t, std::size_t) {});
                    pool.forEachInParts(items / 2, [&](std::size_t, std::size_t) {});
                }
            }

            CHECK(calls == std::vector<int>(items, 200));
            CHECK(isIndexGood);
        }
    }
}

TEST_CASE("a thread that has done its part helps the others", "[engine][thread_pool]") {
    ThreadPool pool(2);
    std::atomic<int> done = 0;

    // Item 0, the caller's first, waits until all others are done, those of its own part too.
    pool.forEachInParts(8, [&](std::size_t item, std::size_t) {
        while (item == 0 && done < 7) {
            std::this_thread::yield();
        }
        ++done;
    });

    CHECK(done == 8);
}

TEST_CASE("what one loop writes the next one reads", "[engine][thread_pool]") {
    ThreadPool pool(3);
    std::vector<int> values(50, 1);

    for (int run = 0; run < 500; ++run) {
        std::vector<int> next(values.size(), 0);
        pool.forEach(values.size(), [&](std::size_t item, std::size_t) {
            next[item] = values[(item + 1) % values.size()] + 1;
        });
        values = next;
    }

    CHECK(values == std::vector<int>(50, 501));
}

TEST_CASE("threads that went to sleep take part again", "[engine][thread_pool]") {
    ThreadPool pool(2);
    std::atomic<int> calls = 0;

    for (int run = 0; run < 5; ++run) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5)); // far longer than they spin
        pool.run([&calls](std::size_t) { ++calls; });
    }

    CHECK(calls == 10);
}

TEST_CASE("a pool may be destroyed while its threads sleep or spin", "[engine][thread_pool]") {
    for (int i = 0; i < 50; ++i) {
        ThreadPool pool(3);
        if (i % 2 == 0) {
            pool.run([](std::size_t) {});
        }
    }
    SUCCEED();
}

TEST_CASE("a pool of 0 threads takes the cores of the process", "[engine][thread_pool]") {
    const ThreadPool pool(0);

    CHECK(pool.threadCount() == physicalCoreCount());
    CHECK(pool.threadCount() >= 1);
}

#if defined(__linux__)
TEST_CASE("a background pool lowers its own threads and not the caller's",
          "[engine][thread_pool]") {
    const int before = ::getpriority(PRIO_PROCESS, id_t(::gettid()));
    ThreadPool normal({.threads = 3});
    ThreadPool background({.threads = 3, .priority = ThreadPriority::Background});
    const auto niceness = [](ThreadPool& pool) {
        std::vector<int> nice(pool.threadCount());
        pool.run([&nice](std::size_t thread) {
            nice[thread] = ::getpriority(PRIO_PROCESS, id_t(::gettid()));
        });
        return nice;
    };

    CHECK(niceness(normal) == std::vector<int>(3, before));
    const std::vector<int> nice = niceness(background);

    CHECK(nice[0] == before);
    // Whoever runs the tests as nice as that already gets no nicer threads.
    const bool isNice = before >= 10;
    CHECK((isNice ? nice[1] == before : nice[1] > before));
    CHECK((isNice ? nice[2] == before : nice[2] > before));
}
#endif
