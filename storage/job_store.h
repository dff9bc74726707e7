// The queue of work. It lives in the library, so that closing the window or losing power loses
// nothing: a job is committed before any work on it starts, and its end is committed together with
// what it found (see NewRun::jobId).
#pragma once

#include "base/result.h"
#include "storage/result_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::storage {

class Database;

enum class JobState { Waiting, Running, Done, Failed, Cancelled };

// A job that was being worked on so many times without an end has broken the program each time.
inline constexpr std::int64_t kMaxJobAttempts = 3;

struct NewJob {
    std::int64_t documentId = 0;
    std::string kind;           // kRunExtraction, kRunSummary
    TemplateRecord asked;       // the template as it is now; jobs keep the version they came from
    std::string modelPath;      // empty: the bundled model
    std::string parametersJson; // "{}"
};

struct Job {
    std::int64_t id = 0;
    std::int64_t documentId = 0;
    std::string documentSha256; // of the bytes that were added
    std::string fileName;
    std::string path; // empty: the document's bytes are in the library, see contentOf()
    std::string kind;
    TemplateRecord asked;
    std::string modelPath;
    std::string parametersJson;
    JobState state = JobState::Waiting;
    std::int64_t attempts = 0;
    std::string errorMessage; // one sentence; Failed only
    std::int64_t createdAt = 0;
    std::int64_t startedAt = 0;
    std::int64_t finishedAt = 0;
    std::int64_t runId = 0;     // Done only
    std::int64_t pageCount = 0; // of the document; 0 until it has been read
};

struct JobCounts {
    std::int64_t waiting = 0;
    std::int64_t running = 0;
    std::int64_t done = 0;
    std::int64_t failed = 0;
    std::int64_t cancelled = 0;
    std::int64_t pagesDone = 0;
};

// Adds jobs in one transaction and returns how many are new. The same document, template and model
// that already wait or run are not added twice. Errors: Storage, Io, OutOfResources.
Result<std::int64_t> enqueue(Database& db, const std::vector<NewJob>& jobs, std::int64_t now);

// Takes the next waiting job, in one statement; nullopt when nothing waits. A job that has been
// claimed kMaxJobAttempts times is failed instead ("it stopped the program three times") and the
// one after it is taken.
Result<std::optional<Job>> claimNextJob(Database& db, std::int64_t now);

// For a job that ends without a run. `message` never holds document text.
Result<void> failJob(Database& db, std::int64_t jobId, std::string_view message, std::int64_t now);

// Back into the queue at its old place, without counting as an attempt: the user paused or closed.
Result<void> releaseJob(Database& db, std::int64_t jobId);

// At start, when no other process works on the library: what was running waits again.
// Returns how many.
Result<std::int64_t> releaseAbandonedJobs(Database& db);

// What waits or runs is cancelled; what is finished stays. A running job's result that comes later
// is refused (saveRun: Cancelled). Empty `jobIds`: all. Returns how many.
Result<std::int64_t>
cancelJobs(Database& db, const std::vector<std::int64_t>& jobIds, std::int64_t now);

// Failed (and cancelled) jobs wait again with attempts 0. Empty `jobIds`: all that failed.
Result<std::int64_t>
retryJobs(Database& db, const std::vector<std::int64_t>& jobIds, std::int64_t now);

// Before everything else that waits, in the given order.
Result<void> moveJobsToTop(Database& db, const std::vector<std::int64_t>& jobIds);

// Takes ended jobs out of the list; their runs stay.
Result<std::int64_t> clearEndedJobs(Database& db);

// Running first, then waiting in queue order, then ended with the newest first; `limit` 0: all.
Result<std::vector<Job>> listJobs(Database& db, std::int64_t limit);

// Of jobs created at or after `since`.
Result<JobCounts> jobCounts(Database& db, std::int64_t since);

// The queue as a whole; kept over restarts.
Result<void> setQueuePaused(Database& db, bool isPaused);
Result<bool> isQueuePaused(Database& db);

} // namespace attest::storage
