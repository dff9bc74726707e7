// The queue as the window sees it: runs it on a thread of its own, and says how far it is.
#pragma once

#include "extract/job_runner.h"
#include "storage/job_store.h"
#include "storage/result_store.h"

#include <QObject>
#include <QString>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace attest::gui {

class Settings;
class Store;

// The job being worked on.
struct CurrentJob {
    std::int64_t jobId = 0;
    std::int64_t documentId = 0;
    QString fileName;
    QString stage;         // "Reading", "Extracting"
    std::int64_t done = 0; // pages while reading, questions to the model afterwards
    std::int64_t total = 0;
};

// Since the queue last was empty.
struct QueueStatus {
    storage::JobCounts counts;
    bool isPaused = false;
    bool isWorking = false;
    std::optional<CurrentJob> current;
    double pagesPerMinute = 0;         // 0: not known yet
    std::optional<double> secondsLeft; // nullopt: not known yet
    QString trouble; // the library could not be written: what happened; the queue is paused
};

// Lives on the GUI thread; every signal is emitted there.
class JobQueue final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JobQueue)

public:
    JobQueue(Store& store, Settings& settings, std::filesystem::path bundledModel);
    // Stops the running job, which waits again; waits for its thread.
    ~JobQueue() override;

    // What an earlier session left is taken up again.
    void start();

    // Adds jobs for these documents with this template ("extraction") or as summaries. The model is
    // the one chosen for the template, else for all, else the bundled one.
    void enqueue(std::vector<std::int64_t> documentIds,
                 storage::TemplateRecord asked,
                 const QString& kind);

    void setPaused(bool isPaused);
    void cancel(std::vector<std::int64_t> jobIds); // empty: all that wait or run
    void retry(std::vector<std::int64_t> jobIds);  // empty: all that failed
    void moveToTop(std::vector<std::int64_t> jobIds);
    void clearEnded();

    const QueueStatus& status() const { return status_; }

signals:
    void statusChanged();                           // at most ten times a second
    void jobEnded(qint64 documentId, qint64 runId); // 0: without a run
    void enqueued(qint64 newJobs);
    void finished(const attest::storage::JobCounts& counts); // nothing waits any more
    void failed(const QString& message);                     // a command to the queue failed

private:
    struct Shared;

    void work(const std::stop_token& stop);
    void wake();
    void refreshCounts();
    void takeProgress();
    template <typename Work>
    void command(Work work);

    Store& store_;
    Settings& settings_;
    QueueStatus status_;
    std::int64_t batchSince_ = 0;
    std::unique_ptr<Shared> shared_; // between the two threads
    std::jthread thread_;            // last: joined before anything it uses is destroyed
};

} // namespace attest::gui
