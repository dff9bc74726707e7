// One thread that works through tasks in the order they were posted.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace attest::gui {

// post() may be called from any thread.
class TaskThread {
public:
    enum class AtEnd { FinishWaiting, DropWaiting };

    explicit TaskThread(AtEnd atEnd);
    TaskThread(const TaskThread&) = delete;
    TaskThread& operator=(const TaskThread&) = delete;
    // Waits for the running task, and with FinishWaiting for all the others.
    ~TaskThread();

    template <typename F>
    void post(F task) {
        add(std::make_unique<TaskOf<F>>(std::move(task)));
    }

private:
    // std::function wants copies; tasks own things that can only be moved.
    struct Task {
        virtual ~Task() = default;
        virtual void run() = 0;
    };

    template <typename F>
    struct TaskOf final : Task {
        explicit TaskOf(F f) : call(std::move(f)) {}

        void run() override { call(); }

        F call;
    };

    void add(std::unique_ptr<Task> task);
    void work(const std::stop_token& stop);

    const AtEnd atEnd_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<std::unique_ptr<Task>> tasks_; // guarded by mutex_
    std::jthread thread_;                     // last: joined before the rest is destroyed
};

} // namespace attest::gui
