#include "gui/app/task_thread.h"

namespace attest::gui {

TaskThread::TaskThread(AtEnd atEnd)
    : atEnd_(atEnd), thread_([this](const std::stop_token& stop) { work(stop); }) {}

TaskThread::~TaskThread() = default;

void TaskThread::add(std::unique_ptr<Task> task) {
    {
        const std::scoped_lock lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
}

void TaskThread::work(const std::stop_token& stop) {
    while (true) {
        std::unique_ptr<Task> task;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, stop, [this] { return !tasks_.empty(); });
            const bool isEnding = stop.stop_requested();
            if (tasks_.empty() || (isEnding && atEnd_ == AtEnd::DropWaiting)) {
                return;
            }
            task = std::move(tasks_.front());
            tasks_.pop_front();
        }
        task->run();
    }
}

} // namespace attest::gui
