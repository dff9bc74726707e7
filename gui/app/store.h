// The library for the window: reads and writes happen on threads of their own, results come back to
// the GUI thread. The window never waits for the disk.
#pragma once

#include "base/result.h"
#include "gui/app/task_thread.h"
#include "storage/database.h"
#include "storage/shared_library.h"

#include <QObject>
#include <QPointer>

#include <filesystem>
#include <memory>
#include <type_traits>
#include <utility>

namespace attest::gui {

// Lives on the GUI thread. The destructor lets started work end and drops what has not begun, so
// that destroying the Store loses only reads: a write that was asked for is done first.
class Store final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Store)

public:
    // Creates the library when it is missing. Blocks for a few milliseconds (longer when the schema
    // has to be upgraded). Errors: those of storage::Library::open().
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& folder);
    ~Store() override;

    // Runs `work(storage::Database&) -> Result<T>` on a thread of its own and then
    // `then(Result<T>)` on the GUI thread, unless `context` is gone by then. Reads run one after
    // another on a read-only connection; writes one after another on the library's only writing
    // one, in the order they were asked for. A read that is asked for after a write's `then` sees
    // it. `work` must not touch widgets; it gets copies.
    template <typename Work, typename Then>
    void read(QObject* context, Work work, Then then) {
        post(
            reads_,
            context,
            [this, work = std::move(work)]() mutable { return work(reader_->database()); },
            std::move(then));
    }

    template <typename Work, typename Then>
    void write(QObject* context, Work work, Then then) {
        post(
            writes_,
            context,
            [this, work = std::move(work)]() mutable { return library_->with(work); },
            std::move(then));
    }

    // For threads that work through the queue.
    storage::SharedLibrary& library() { return *library_; }

    const std::filesystem::path& folder() const { return library_->folder(); }

signals:
    // Whoever changes something says so, after the write's `then`; lists ask again.
    void documentsChanged();
    void reviewsChanged(qint64 runId);
    void jobsChanged();
    void templatesChanged();
    void modelsChanged();
    void watchedFoldersChanged();

private:
    Store(storage::Library library, storage::Library reader);

    template <typename Work, typename Then>
    void post(TaskThread& thread, QObject* context, Work work, Then then) {
        using Answer = std::invoke_result_t<Work&>;
        thread.post([this,
                     context = QPointer<QObject>(context),
                     work = std::move(work),
                     then = std::move(then)]() mutable {
            auto answer = std::make_shared<Answer>(work());
            // QPointer may only be looked at on the GUI thread, so the hop is to this object, which
            // outlives both threads.
            QMetaObject::invokeMethod(
                this,
                [context = std::move(context), then = std::move(then), answer]() mutable {
                    if (context) {
                        then(std::move(*answer));
                    }
                },
                Qt::QueuedConnection);
        });
    }

    std::unique_ptr<storage::SharedLibrary> library_;
    std::unique_ptr<storage::Library> reader_;
    TaskThread reads_{TaskThread::AtEnd::DropWaiting}; // last members: stop before what they use
    TaskThread writes_{TaskThread::AtEnd::FinishWaiting};
};

} // namespace attest::gui
