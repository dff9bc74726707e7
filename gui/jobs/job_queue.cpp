#include "gui/jobs/job_queue.h"

#include "gui/app/error_text.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "storage/setting_store.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <sys/resource.h>
#include <utility>

namespace attest::gui {

namespace {

using Clock = std::chrono::steady_clock;

std::int64_t now() {
    return QDateTime::currentSecsSinceEpoch();
}

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// Reading documents gives way to the window and to whatever else the user does. The engine's
// threads are started by this one and inherit it.
void lowerPriority() {
    constexpr int kNice = 5;
    // On Linux this is the calling thread's own.
    (void)setpriority(PRIO_PROCESS, 0, kNice);
}

} // namespace

struct JobQueue::Shared {
    std::unique_ptr<extract::JobRunner> runner;

    std::mutex mutex;
    std::condition_variable_any wake;
    bool hasWork = true;               // guarded by mutex
    std::optional<CurrentJob> current; // guarded by mutex
    bool isAnnounced = false;          // guarded by mutex: a progress hop is on its way

    // GUI thread only.
    Clock::time_point batchBegin = Clock::now();
    std::int64_t pagesAtBegin = 0;
};

JobQueue::JobQueue(Store& store, Settings& settings, std::filesystem::path bundledModel)
    : store_(store), settings_(settings), batchSince_(now()), shared_(std::make_unique<Shared>()) {
    extract::JobRunnerOptions options;
    options.bundledModel = std::move(bundledModel);
    options.threads = settings.threads();

    // Progress comes many times a millisecond with the bundled model; the window wants ten a
    // second.
    const auto announce = [this](CurrentJob job) {
        bool isFirst = false;
        {
            const std::scoped_lock lock(shared_->mutex);
            shared_->current = std::move(job);
            isFirst = !std::exchange(shared_->isAnnounced, true);
        }
        if (isFirst) {
            QMetaObject::invokeMethod(
                this,
                [this] { QTimer::singleShot(100, this, &JobQueue::takeProgress); },
                Qt::QueuedConnection);
        }
    };
    extract::JobEvents events;
    events.started = [announce](const storage::Job& job) {
        announce(
            {job.id, job.documentId, QString::fromStdString(job.fileName), tr("Reading"), 0, 0});
    };
    events.progressed =
        [announce](const storage::Job& job, extract::Stage stage, Progress progress) {
            announce({job.id,
                      job.documentId,
                      QString::fromStdString(job.fileName),
                      stage == extract::Stage::Reading   ? tr("Reading")
                      : job.kind == storage::kRunSummary ? tr("Summarizing")
                                                         : tr("Extracting"),
                      progress.done,
                      progress.total});
        };
    events.ended = [this](const storage::Job& job) {
        QMetaObject::invokeMethod(
            this,
            [this, documentId = job.documentId, runId = job.runId] {
                emit jobEnded(documentId, runId);
                refreshCounts();
            },
            Qt::QueuedConnection);
    };
    options.isBackground = true; // the window stays quick while it works
    shared_->runner = std::make_unique<extract::JobRunner>(
        store.library(), std::move(options), std::move(events));
}

JobQueue::~JobQueue() = default;

void JobQueue::start() {
    command([](storage::Database& db) -> Result<void> {
        ATTEST_TRY(storage::releaseAbandonedJobs(db));
        return {};
    });
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

void JobQueue::work(const std::stop_token& stop) {
    lowerPriority();
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(shared_->mutex);
            shared_->wake.wait(lock, stop, [this] { return shared_->hasWork; });
            shared_->hasWork = false;
        }
        if (stop.stop_requested()) {
            return;
        }
        const Result<std::int64_t> ended = shared_->runner->work(stop);
        {
            const std::scoped_lock lock(shared_->mutex);
            shared_->current.reset();
        }
        QString trouble;
        if (!ended.ok()) {
            // The queue stays as it is until the user goes on; nothing is lost meanwhile.
            trouble = errorText(ended.error());
        }
        QMetaObject::invokeMethod(
            this,
            [this, trouble, isAnyEnded = ended.ok() && ended.value() > 0] {
                status_.trouble = trouble;
                status_.current.reset();
                refreshCounts();
                if (isAnyEnded && !status_.isPaused) {
                    emit finished(status_.counts);
                }
            },
            Qt::QueuedConnection);
    }
}

void JobQueue::wake() {
    {
        const std::scoped_lock lock(shared_->mutex);
        shared_->hasWork = true;
    }
    shared_->wake.notify_one();
}

template <typename Work>
void JobQueue::command(Work work) {
    store_.write(this, std::move(work), [this](const auto& result) {
        if (!result.ok()) {
            emit failed(errorText(result.error()));
        }
        wake();
        refreshCounts();
        emit store_.jobsChanged();
    });
}

void JobQueue::enqueue(std::vector<std::int64_t> documentIds,
                       storage::TemplateRecord asked,
                       const QString& kind) {
    if (status_.counts.waiting == 0 && status_.counts.running == 0) {
        batchSince_ = now();
        shared_->batchBegin = Clock::now();
    }
    const auto work = [documentIds = std::move(documentIds),
                       asked = std::move(asked),
                       kind = kind.toStdString()](storage::Database& db) -> Result<std::int64_t> {
        ATTEST_TRY_ASSIGN(auto model, storage::setting(db, "model.for." + asked.id));
        if (!model) {
            ATTEST_TRY_ASSIGN(model, storage::setting(db, "model.default"));
        }
        std::vector<storage::NewJob> jobs;
        jobs.reserve(documentIds.size());
        for (const std::int64_t documentId : documentIds) {
            storage::NewJob job;
            job.documentId = documentId;
            job.kind = kind;
            job.asked = asked;
            job.modelPath = model.value_or("");
            job.parametersJson = "{}";
            jobs.push_back(std::move(job));
        }
        return storage::enqueue(db, jobs, now());
    };
    store_.write(this, work, [this](const Result<std::int64_t>& added) {
        if (!added.ok()) {
            emit failed(errorText(added.error()));
            return;
        }
        emit enqueued(added.value());
        wake();
        refreshCounts();
        emit store_.jobsChanged();
        emit store_.documentsChanged();
    });
}

void JobQueue::setPaused(bool isPaused) {
    status_.trouble.clear();
    status_.isPaused = isPaused;
    emit statusChanged();
    command([isPaused](storage::Database& db) { return storage::setQueuePaused(db, isPaused); });
}

void JobQueue::cancel(std::vector<std::int64_t> jobIds) {
    command([this, jobIds = std::move(jobIds)](storage::Database& db) -> Result<void> {
        ATTEST_TRY(storage::cancelJobs(db, jobIds, now()));
        std::optional<CurrentJob> current;
        {
            const std::scoped_lock lock(shared_->mutex);
            current = shared_->current;
        }
        if (current && (jobIds.empty() ||
                        std::find(jobIds.begin(), jobIds.end(), current->jobId) != jobIds.end())) {
            shared_->runner->cancelCurrent(current->jobId);
        }
        return {};
    });
}

void JobQueue::retry(std::vector<std::int64_t> jobIds) {
    command([jobIds = std::move(jobIds)](storage::Database& db) -> Result<void> {
        ATTEST_TRY(storage::retryJobs(db, jobIds, now()));
        return {};
    });
}

void JobQueue::moveToTop(std::vector<std::int64_t> jobIds) {
    command([jobIds = std::move(jobIds)](storage::Database& db) {
        return storage::moveJobsToTop(db, jobIds);
    });
}

void JobQueue::clearEnded() {
    command([](storage::Database& db) -> Result<void> {
        ATTEST_TRY(storage::clearEndedJobs(db));
        return {};
    });
}

void JobQueue::takeProgress() {
    {
        const std::scoped_lock lock(shared_->mutex);
        shared_->isAnnounced = false;
        status_.current = shared_->current;
    }
    status_.isWorking = status_.current.has_value();
    emit statusChanged();
}

void JobQueue::refreshCounts() {
    struct Answer {
        storage::JobCounts counts;
        bool isPaused = false;
    };

    const auto work = [since = batchSince_](storage::Database& db) -> Result<Answer> {
        Answer answer;
        ATTEST_TRY_ASSIGN(answer.counts, storage::jobCounts(db, since));
        ATTEST_TRY_ASSIGN(answer.isPaused, storage::isQueuePaused(db));
        return answer;
    };
    store_.read(this, work, [this](const Result<Answer>& answer) {
        if (!answer.ok()) {
            return;
        }
        status_.counts = answer.value().counts;
        status_.isPaused = answer.value().isPaused;
        const double seconds = secondsSince(shared_->batchBegin);
        const auto done = double(status_.counts.done + status_.counts.failed);
        const auto left = double(status_.counts.waiting + status_.counts.running);
        status_.isWorking = status_.current.has_value();
        status_.pagesPerMinute = seconds > 1 ? double(status_.counts.pagesDone) / seconds * 60 : 0;
        // Honest: nothing is said before a document is done.
        status_.secondsLeft =
            done > 0 && left > 0 ? std::optional<double>(seconds / done * left) : std::nullopt;
        emit statusChanged();
    });
}

} // namespace attest::gui
