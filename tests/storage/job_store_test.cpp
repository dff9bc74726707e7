#include "storage/job_store.h"

#include "base/sha256.h"
#include "storage/database.h"
#include "storage/storage_support.h"
#include "support/catch.h"

#include <string>
#include <vector>

using namespace attest::storage;
using attest::ErrorCode;
using attest::test::addSample;
using attest::test::memoryLibrary;
using attest::test::must;
using attest::test::queryInt;
using attest::test::sampleJob;
using attest::test::sampleRun;

namespace {

// Documents "0", "1", … with a waiting job each; returns the jobs' ids in queue order.
std::vector<std::int64_t> fillQueue(Database& db, int count) {
    std::vector<NewJob> jobs;
    for (int i = 0; i < count; ++i) {
        jobs.push_back(sampleJob(addSample(db, std::to_string(i))));
    }
    REQUIRE(must(enqueue(db, jobs, 2000)) == count);
    std::vector<std::int64_t> ids;
    for (const Job& job : must(listJobs(db, 0))) {
        ids.push_back(job.id);
    }
    return ids;
}

std::int64_t claim(Database& db, std::int64_t now = 3000) {
    const auto job = must(claimNextJob(db, now));
    return job ? job->id : 0;
}

Job jobWithId(Database& db, std::int64_t id) {
    for (Job& job : must(listJobs(db, 0))) {
        if (job.id == id) {
            return job;
        }
    }
    FAIL("no such job");
    return {};
}

std::int64_t total(const JobCounts& counts) {
    return counts.waiting + counts.running + counts.done + counts.failed + counts.cancelled;
}

} // namespace

TEST_CASE("jobs are claimed in the order they were added, each once", "[storage][job_store]") {
    Database db = memoryLibrary();
    const auto ids = fillQueue(db, 3);

    const auto first = must(claimNextJob(db, 3000));

    REQUIRE(first);
    CHECK(first->id == ids[0]);
    CHECK(first->fileName == "0");
    CHECK(first->path == "/in/0");
    CHECK(first->kind == kRunExtraction);
    CHECK(first->asked.json == "{}");
    CHECK(first->asked.id == "medications");
    CHECK(first->state == JobState::Running);
    CHECK(first->attempts == 1);
    CHECK(first->createdAt == 2000);
    CHECK(first->startedAt == 3000);
    CHECK(claim(db) == ids[1]);
    CHECK(claim(db) == ids[2]);
    CHECK(claim(db) == 0);
}

TEST_CASE("what waits or runs is not queued twice, what ended can be asked again",
          "[storage][job_store]") {
    Database db = memoryLibrary();
    const std::int64_t document = addSample(db, "a.pdf");
    const NewJob job = sampleJob(document);
    NewJob otherModel = job;
    otherModel.modelPath = "/models/b.gguf";
    NewJob otherTemplate = job;
    otherTemplate.asked = {attest::sha256Hex("{ }"), "labs", 1, "Labs", "{ }"};
    NewJob summary = job;
    summary.kind = kRunSummary;

    CHECK(must(enqueue(db, {job, job}, 1)) == 1);
    CHECK(must(enqueue(db, {job}, 2)) == 0);
    CHECK(must(enqueue(db, {otherModel, otherTemplate, summary}, 2)) == 3);
    const std::int64_t running = claim(db);
    CHECK(must(enqueue(db, {job}, 3)) == 0);
    must(failJob(db, running, "It could not be read.", 4));
    CHECK(must(enqueue(db, {job}, 5)) == 1);
}

TEST_CASE("enqueueing for a document that is not there adds nothing", "[storage][job_store]") {
    Database db = memoryLibrary();
    const std::int64_t document = addSample(db, "a.pdf");

    const auto added = enqueue(db, {sampleJob(document), sampleJob(99)}, 1);

    REQUIRE_FALSE(added.ok());
    CHECK(added.error().code == ErrorCode::Storage);
    CHECK(must(listJobs(db, 0)).empty());
}

TEST_CASE("a run and the end of its job are one transaction", "[storage][job_store]") {
    Database db = memoryLibrary();
    const auto ids = fillQueue(db, 1);
    NewRun run = sampleRun("0");
    run.jobId = claim(db);

    SECTION("stored") {
        const SavedRun saved = must(saveRun(db, run));

        const Job job = jobWithId(db, ids[0]);
        CHECK(job.state == JobState::Done);
        CHECK(job.runId == saved.runId);
        CHECK(job.finishedAt == run.run.finishedAt);
        CHECK(job.pageCount == 2);
        CHECK(must(jobCounts(db, 0)).pagesDone == 2);
        // The same result once more: the job has ended.
        const auto again = saveRun(db, run);
        REQUIRE_FALSE(again.ok());
        CHECK(again.error().code == ErrorCode::Cancelled);
        CHECK(queryInt(db, "SELECT COUNT(*) FROM run") == 1);
    }
    SECTION("refused, and the job still runs") {
        run.values[0].text = "Metformim";
        CHECK_FALSE(saveRun(db, run).ok());
        CHECK(jobWithId(db, ids[0]).state == JobState::Running);
        CHECK(queryInt(db, "SELECT COUNT(*) FROM run") == 0);
    }
    SECTION("the file is no longer the one that was added") {
        NewRun other = sampleRun("another file");
        other.jobId = run.jobId;
        const auto saved = saveRun(db, other);
        REQUIRE_FALSE(saved.ok());
        CHECK(saved.error().code == ErrorCode::InvalidInput);
        CHECK(queryInt(db, "SELECT COUNT(*) FROM document") == 1);
    }
    SECTION("without a job the queue stays as it is") {
        run.jobId = 0;
        must(saveRun(db, run));
        CHECK(jobWithId(db, ids[0]).state == JobState::Running);
    }
}

TEST_CASE("the result of a job that was cancelled is refused", "[storage][job_store]") {
    Database db = memoryLibrary();
    fillQueue(db, 3);
    NewRun run = sampleRun("0");
    run.jobId = claim(db);

    CHECK(must(cancelJobs(db, {}, 4000)) == 3);
    const auto saved = saveRun(db, run);

    REQUIRE_FALSE(saved.ok());
    CHECK(saved.error().code == ErrorCode::Cancelled);
    CHECK(queryInt(db, "SELECT COUNT(*) FROM run") == 0);
    CHECK(queryInt(db, "SELECT COUNT(*) FROM reading") == 0);
    CHECK(must(jobCounts(db, 0)).cancelled == 3);
    must(failJob(db, run.jobId, "too late", 4001));
    CHECK(jobWithId(db, run.jobId).state == JobState::Cancelled);
    CHECK(claim(db) == 0);
}

TEST_CASE("cancelling keeps what is finished", "[storage][job_store]") {
    Database db = memoryLibrary();
    const auto ids = fillQueue(db, 3);
    NewRun run = sampleRun("0");
    run.jobId = claim(db);
    must(saveRun(db, run));

    CHECK(must(cancelJobs(db, {ids[0], ids[1]}, 4000)) == 1);

    CHECK(jobWithId(db, ids[0]).state == JobState::Done);
    CHECK(jobWithId(db, ids[1]).state == JobState::Cancelled);
    CHECK(jobWithId(db, ids[2]).state == JobState::Waiting);
    CHECK(must(valuesOf(db, jobWithId(db, ids[0]).runId)).size() == 3);
}

TEST_CASE("a released job goes back to its old place without counting as an attempt",
          "[storage][job_store]") {
    Database db = memoryLibrary();
    const auto ids = fillQueue(db, 3);

    for (int i = 0; i < 10; ++i) {
        REQUIRE(claim(db) == ids[0]);
        must(releaseJob(db, ids[0]));
    }

    CHECK(jobWithId(db, ids[0]).attempts == 0);
    CHECK(jobWithId(db, ids[0]).startedAt == 0);
    CHECK(must(listJobs(db, 0)).front().id == ids[0]);
}

TEST_CASE("a job that stops the program three times is failed and the next one taken",
          "[storage][job_store]") {
    Database db = memoryLibrary();
    const auto ids = fillQueue(db, 2);

    for (int crash = 0; crash < kMaxJobAttempts; ++crash) {
        REQUIRE(claim(db) == ids[0]);
        REQUIRE(must(releaseAbandonedJobs(db)) == 1);
    }

    CHECK(claim(db) == ids[1]);
    const Job poison = jobWithId(db, ids[0]);
    CHECK(poison.state == JobState::Failed);
    CHECK(poison.errorMessage == "It stopped the program three times.");
    CHECK(poison.finishedAt == 3000);

    SECTION("and starts afresh when it is retried") {
        CHECK(must(retryJobs(db, {}, 5000)) == 1);
        const Job again = jobWithId(db, ids[0]);
        CHECK(again.state == JobState::Waiting);
        CHECK(again.attempts == 0);
        CHECK(again.errorMessage.empty());
        CHECK(claim(db) == ids[0]);
    }
}

TEST_CASE("failed jobs are retried, cancelled ones when they are named", "[storage][job_store]") {
    Database db = memoryLibrary();
    const auto ids = fillQueue(db, 3);
    must(failJob(db, claim(db), "It could not be read.", 3500));
    must(cancelJobs(db, {ids[1]}, 3600));

    CHECK(must(retryJobs(db, {}, 4000)) == 1);
    CHECK(jobWithId(db, ids[1]).state == JobState::Cancelled);
    CHECK(must(retryJobs(db, {ids[1], ids[2]}, 4000)) == 1);
    CHECK(jobWithId(db, ids[1]).state == JobState::Waiting);
}

TEST_CASE("a retried job that was asked again meanwhile is not doubled", "[storage][job_store]") {
    Database db = memoryLibrary();
    const std::int64_t document = addSample(db, "a.pdf");
    must(enqueue(db, {sampleJob(document)}, 1));
    must(failJob(db, claim(db), "It could not be read.", 2));
    must(enqueue(db, {sampleJob(document)}, 3));

    CHECK(must(retryJobs(db, {}, 4)) == 0);

    const JobCounts counts = must(jobCounts(db, 0));
    CHECK(counts.waiting == 1);
    CHECK(counts.failed == 1);
}

TEST_CASE("jobs move to the top in the given order", "[storage][job_store]") {
    Database db = memoryLibrary();
    const auto ids = fillQueue(db, 4);

    must(moveJobsToTop(db, {ids[3], ids[2]}));
    must(moveJobsToTop(db, {ids[1]}));

    for (const std::int64_t expected : {ids[1], ids[3], ids[2], ids[0]}) {
        CHECK(claim(db) == expected);
    }
    // New ones come last, whatever moved before.
    must(enqueue(db, {sampleJob(addSample(db, "late"))}, 1));
    must(releaseJob(db, ids[0]));
    CHECK(claim(db) == ids[0]);
}

TEST_CASE("the list shows running, then waiting, then ended with the newest first",
          "[storage][job_store]") {
    Database db = memoryLibrary();
    const auto ids = fillQueue(db, 5);
    must(failJob(db, claim(db), "first", 100));
    must(failJob(db, claim(db), "second", 200));
    claim(db);

    std::vector<std::int64_t> listed;
    for (const Job& job : must(listJobs(db, 0))) {
        listed.push_back(job.id);
    }

    CHECK(listed == std::vector{ids[2], ids[3], ids[4], ids[1], ids[0]});
    CHECK(must(listJobs(db, 2)).size() == 2);
}

TEST_CASE("totals add up whatever happens", "[storage][job_store]") {
    Database db = memoryLibrary();
    const auto ids = fillQueue(db, 6);
    NewRun run = sampleRun("0");
    run.jobId = claim(db);
    must(saveRun(db, run));
    must(failJob(db, claim(db), "It could not be read.", 3500));
    must(cancelJobs(db, {ids[5]}, 3600));
    claim(db);

    const JobCounts counts = must(jobCounts(db, 0));

    CHECK(counts.done == 1);
    CHECK(counts.failed == 1);
    CHECK(counts.cancelled == 1);
    CHECK(counts.running == 1);
    CHECK(counts.waiting == 2);
    CHECK(total(counts) == 6);
    CHECK(total(must(jobCounts(db, 2001))) == 0);

    CHECK(must(clearEndedJobs(db)) == 3);
    CHECK(total(must(jobCounts(db, 0))) == 3);
    CHECK(queryInt(db, "SELECT COUNT(*) FROM run") == 1);
}

TEST_CASE("messages of failed jobs are one short sentence of text", "[storage][job_store]") {
    Database db = memoryLibrary();
    fillQueue(db, 3);

    const std::int64_t longOne = claim(db);
    must(failJob(db, longOne, std::string(100000, 'x'), 1));
    const std::int64_t notText = claim(db);
    must(failJob(db, notText, "\xff\xfe", 2));
    const std::int64_t empty = claim(db);
    must(failJob(db, empty, "", 3));

    CHECK(jobWithId(db, longOne).errorMessage.size() == 500);
    CHECK(jobWithId(db, notText).errorMessage == "\uFFFD\uFFFD");
    CHECK_FALSE(jobWithId(db, empty).errorMessage.empty());
}

TEST_CASE("the pause of the queue is kept", "[storage][job_store]") {
    Database db = memoryLibrary();

    CHECK_FALSE(must(isQueuePaused(db)));
    must(setQueuePaused(db, true));
    CHECK(must(isQueuePaused(db)));
    must(setQueuePaused(db, false));
    CHECK_FALSE(must(isQueuePaused(db)));
}
