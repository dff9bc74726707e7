#include "extract/job_runner.h"

#include "engine/thread_pool.h"
#include "extract/model_choice.h"
#include "extract/save_result.h"
#include "extract/template.h"
#include "storage/library_list.h"
#include "storage/shared_library.h"

#include <chrono>
#include <optional>
#include <utility>

namespace attest::extract {

namespace {

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

struct JobRunner::Impl {
    Impl(storage::SharedLibrary& into, JobRunnerOptions with, JobEvents to)
        : library(into), options(std::move(with)), events(std::move(to)) {}

    storage::SharedLibrary& library;
    JobRunnerOptions options;
    JobEvents events;

    std::filesystem::path loadedPath;
    std::string loadedFormat; // chosen by a person; empty: as the file says
    std::optional<Extractor> extractor;
    bool isSaving = false; // the job's work is done; errors from here on are the library's

    std::mutex mutex;
    std::int64_t currentId = 0;                     // guarded by mutex; 0: none
    std::stop_source currentStop{std::nostopstate}; // guarded by mutex

    Result<Extractor*> model(const storage::Job& job) {
        const std::filesystem::path path =
            job.modelPath.empty() ? options.bundledModel : std::filesystem::path(job.modelPath);
        // Read for every job: a model that was refused for its format gets one chosen, and the job
        // is tried again.
        ATTEST_TRY_ASSIGN(const std::string format, library.with([&](storage::Database& db) {
            return chosenChatFormat(db, path);
        }));
        if (!extractor || loadedPath != path || loadedFormat != format) {
            extractor.reset(); // first: two models at once may not fit
            ExtractorOptions wanted;
            wanted.modelPath = path;
            wanted.chatFormat = format;
            wanted.threads = options.threads;
            wanted.decodeMode = options.decodeMode;
            wanted.isBackground = options.isBackground;
            ATTEST_TRY_ASSIGN(auto loaded, Extractor::create(wanted));
            extractor.emplace(std::move(loaded));
            loadedPath = path;
            loadedFormat = format;
        }
        return &*extractor;
    }

    RunOrigin origin(const storage::Job& job, std::int64_t startedAt) const {
        RunOrigin made;
        made.fileName = job.fileName;
        made.path = job.path;
        made.templateJson = job.asked.json;
        made.model = modelRecord(extractor->modelInfo(), extractor->modelSha256());
        made.options.modelPath = loadedPath;
        made.options.chatFormat = loadedFormat;
        made.options.threads = options.threads;
        made.options.decodeMode = options.decodeMode;
        made.startedAt = startedAt;
        made.finishedAt = now();
        made.jobId = job.id;
        return made;
    }

    StageProgressFn progressOf(const storage::Job& job) const {
        return [this, &job](Stage stage, Progress progress) {
            if (events.progressed) {
                events.progressed(job, stage, progress);
            }
        };
    }

    Result<storage::SavedRun> extract(const storage::Job& job,
                                      Extractor& with,
                                      const Template& asked,
                                      const std::stop_token& stop) {
        const std::int64_t startedAt = now();
        const auto run = [&]() -> Result<ExtractionResult> {
            if (!job.path.empty()) {
                return with.extract(job.path, asked, progressOf(job), stop);
            }
            ATTEST_TRY_ASSIGN(const std::string bytes, library.with([&](storage::Database& db) {
                return storage::contentOf(db, job.documentId);
            }));
            return with.extractNote(bytes, asked, progressOf(job), stop);
        };
        ATTEST_TRY_ASSIGN(const ExtractionResult result, run());
        ATTEST_TRY(checkIdentity(job, result.document));
        isSaving = true;
        return library.with([&](storage::Database& db) {
            return saveExtraction(db, result, asked, origin(job, startedAt));
        });
    }

    Result<storage::SavedRun> summarize(const storage::Job& job,
                                        Extractor& with,
                                        const Template& asked,
                                        const std::stop_token& stop) {
        const std::int64_t startedAt = now();
        const auto run = [&]() -> Result<SummaryResult> {
            if (!job.path.empty()) {
                return with.summarize(job.path, SummaryMode::Strict, progressOf(job), stop);
            }
            ATTEST_TRY_ASSIGN(const std::string bytes, library.with([&](storage::Database& db) {
                return storage::contentOf(db, job.documentId);
            }));
            return with.summarizeNote(bytes, SummaryMode::Strict, progressOf(job), stop);
        };
        ATTEST_TRY_ASSIGN(const SummaryResult result, run());
        ATTEST_TRY(checkIdentity(job, result.document));
        isSaving = true;
        return library.with([&](storage::Database& db) {
            return saveSummary(db, result, asked, origin(job, startedAt));
        });
    }

    // A file that was edited after it was added is another document.
    static Result<void> checkIdentity(const storage::Job& job, const DocumentText& document) {
        if (document.sha256 != job.documentSha256) {
            return Error{ErrorCode::InvalidInput,
                         "'" + job.fileName +
                             "' has changed since it was added; add it again to read it as it is "
                             "now"};
        }
        return {};
    }

    Result<storage::SavedRun> runJob(const storage::Job& job, const std::stop_token& stop) {
        isSaving = false;
        ATTEST_TRY_ASSIGN(const Template asked, Template::parse(job.asked.json, job.asked.id));
        ATTEST_TRY_ASSIGN(Extractor* const with, model(job));
        return job.kind == storage::kRunSummary ? summarize(job, *with, asked, stop)
                                                : extract(job, *with, asked, stop);
    }

    // What the library says about the end of the job; an error means that it could not be written.
    Result<void>
    settle(storage::Job& job, const Result<storage::SavedRun>& saved, bool isStopping) {
        if (saved.ok()) {
            job.state = storage::JobState::Done;
            job.runId = saved.value().runId;
            return {};
        }
        const Error& error = saved.error();
        if (error.code == ErrorCode::Cancelled) {
            job.state = isStopping ? storage::JobState::Waiting : storage::JobState::Cancelled;
            return isStopping ? library.with([&](storage::Database& db) {
                return storage::releaseJob(db, job.id);
            })
                              : Result<void>{};
        }
        if (error.code == ErrorCode::Storage ||
            (isSaving && error.code != ErrorCode::InvalidInput)) {
            // The library, not the document, is in trouble (a full disk): later jobs would fail
            // just so. This one waits, and nothing is lost.
            (void)library.with(
                [&](storage::Database& db) { return storage::releaseJob(db, job.id); });
            return error;
        }
        job.state = storage::JobState::Failed;
        job.errorMessage = error.message;
        return library.with([&](storage::Database& db) {
            return storage::failJob(db, job.id, error.message, now());
        });
    }
};

JobRunner::JobRunner(storage::SharedLibrary& library, JobRunnerOptions options, JobEvents events)
    : impl_(std::make_unique<Impl>(library, std::move(options), std::move(events))) {}

JobRunner::~JobRunner() = default;

Result<std::int64_t> JobRunner::work(std::stop_token stop) {
    Impl& impl = *impl_;
    if (impl.options.isBackground) {
        engine::giveWayOnThisThread();
    }
    std::int64_t ended = 0;
    while (!stop.stop_requested()) {
        ATTEST_TRY_ASSIGN(const bool isPaused, impl.library.with([](storage::Database& db) {
            return storage::isQueuePaused(db);
        }));
        if (isPaused) {
            break;
        }
        ATTEST_TRY_ASSIGN(auto claimed, impl.library.with([](storage::Database& db) {
            return storage::claimNextJob(db, now());
        }));
        if (!claimed) {
            break;
        }
        storage::Job job = std::move(*claimed);
        std::stop_source jobStop;
        {
            const std::scoped_lock lock(impl.mutex);
            impl.currentId = job.id;
            impl.currentStop = jobStop;
        }
        const std::stop_callback forward(stop, [&jobStop] { jobStop.request_stop(); });
        if (impl.events.started) {
            impl.events.started(job);
        }
        const Result<storage::SavedRun> saved = impl.runJob(job, jobStop.get_token());
        {
            const std::scoped_lock lock(impl.mutex);
            impl.currentId = 0;
        }
        ATTEST_TRY(impl.settle(job, saved, stop.stop_requested()));
        ++ended;
        if (impl.events.ended) {
            impl.events.ended(job);
        }
    }
    return ended;
}

void JobRunner::cancelCurrent(std::int64_t jobId) {
    const std::scoped_lock lock(impl_->mutex);
    if (impl_->currentId == jobId) {
        impl_->currentStop.request_stop();
    }
}

void JobRunner::unload() {
    impl_->extractor.reset();
    impl_->loadedPath.clear();
}

} // namespace attest::extract
