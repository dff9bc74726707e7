// Works through the queue that lives in the library: claims a job, reads and asks, stores the run
// and the job's end in one transaction, and goes on. Stopping at any point loses at most the
// document being read, which waits again.
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "extract/pipeline.h"
#include "storage/job_store.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

namespace attest::storage {
class SharedLibrary;
} // namespace attest::storage

namespace attest::extract {

// Every call comes from the thread of work().
struct JobEvents {
    std::function<void(const storage::Job&)> started;
    std::function<void(const storage::Job&, Stage, Progress)> progressed;
    // Stored: with a run, failed with a message, or cancelled.
    std::function<void(const storage::Job&)> ended;
};

struct JobRunnerOptions {
    std::filesystem::path bundledModel; // for jobs that name no model
    std::size_t threads = 0;            // 0: as the machine has
    DecodeMode decodeMode = DecodeMode::Fast;
    // The work gives way to what the user does: the thread that calls work(), for good, and the
    // model's threads.
    bool isBackground = false;
};

// One thread calls work(); cancelCurrent() may come from any other.
class JobRunner {
public:
    JobRunner(storage::SharedLibrary& library, JobRunnerOptions options, JobEvents events);
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;
    ~JobRunner();

    // Works until nothing waits, the queue is paused, or `stop`. A model stays loaded between jobs
    // and calls. A job whose document or model cannot be used fails with a sentence, and the next
    // one is taken. Returns how many jobs ended.
    // Errors: the library could not be written (disk full, damaged): the job waits again.
    Result<std::int64_t> work(std::stop_token stop);

    // If this job is the one being worked on, it ends now. Its row is the caller's business
    // (storage::cancelJobs first).
    void cancelCurrent(std::int64_t jobId);

    // Frees the model's memory; the next job loads it again. Call between calls of work().
    void unload();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace attest::extract
