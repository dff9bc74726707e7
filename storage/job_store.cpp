#include "storage/job_store.h"

#include "base/utf8.h"
#include "storage/database.h"
#include "storage/internal/run_review.h"
#include "storage/internal/saved_template.h"
#include "storage/setting_store.h"
#include "storage/statement.h"

#include <string>
#include <utility>

namespace attest::storage {

namespace {

constexpr std::string_view kPausedKey = "queue.paused";
constexpr size_t kMaxMessageBytes = 500; // one sentence

constexpr const char* kSelectJobs =
    "SELECT j.id, j.document_id, d.display_name, d.path, j.kind, t.sha256, t.template_id,"
    " t.version, t.title, t.json, j.model_path, j.parameters, j.state, j.attempts,"
    " j.error_message, j.created_at, j.started_at, j.finished_at, COALESCE(j.run_id, 0),"
    " d.page_count, d.sha256"
    " FROM job AS j JOIN document AS d ON d.id = j.document_id"
    " JOIN template AS t ON t.sha256 = j.template_sha256 ";

JobState stateNamed(const std::string& name) {
    if (name == "waiting") {
        return JobState::Waiting;
    }
    if (name == "running") {
        return JobState::Running;
    }
    if (name == "done") {
        return JobState::Done;
    }
    return name == "failed" ? JobState::Failed : JobState::Cancelled;
}

Job jobAt(const Statement& query) {
    Job job;
    job.id = query.int64(0);
    job.documentId = query.int64(1);
    job.fileName = query.text(2);
    job.path = query.text(3);
    job.kind = query.text(4);
    job.asked = {query.text(5), query.text(6), query.int64(7), query.text(8), query.text(9)};
    job.modelPath = query.text(10);
    job.parametersJson = query.text(11);
    job.state = stateNamed(query.text(12));
    job.attempts = query.int64(13);
    job.errorMessage = query.text(14);
    job.createdAt = query.int64(15);
    job.startedAt = query.int64(16);
    job.finishedAt = query.int64(17);
    job.runId = query.int64(18);
    job.pageCount = query.int64(19);
    job.documentSha256 = query.text(20);
    return job;
}

Result<Job> readJob(Database& db, std::int64_t jobId) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db, std::string(kSelectJobs) + "WHERE j.id = ?"));
    ATTEST_TRY_ASSIGN(const bool hasRow, query.bind(1, jobId).step());
    if (!hasRow) {
        return Error{ErrorCode::NotFound, "the library has no job " + std::to_string(jobId)};
    }
    return jobAt(query);
}

// Runs `sql` for each of the jobs, or `forAll` once when none is named; returns how many rows it
// changed. Both take the time as ?1; `sql` the job as ?2.
Result<std::int64_t> change(Database& db,
                            const std::vector<std::int64_t>& jobIds,
                            std::int64_t now,
                            const std::string& sql,
                            const std::string& forAll) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    std::int64_t changed = 0;
    ATTEST_TRY_ASSIGN(auto update, Statement::prepare(db, jobIds.empty() ? forAll : sql));
    update.bind(1, now);
    if (jobIds.empty()) {
        ATTEST_TRY(update.run());
        changed = db.changedRows();
    }
    for (const std::int64_t id : jobIds) {
        ATTEST_TRY(update.bind(2, id).run());
        changed += db.changedRows();
    }
    ATTEST_TRY(transaction.commit());
    return changed;
}

} // namespace

Result<std::int64_t> enqueue(Database& db, const std::vector<NewJob>& jobs, std::int64_t now) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY_ASSIGN(
        auto insert,
        Statement::prepare(
            db,
            "INSERT INTO job(document_id, kind, template_sha256, model_path, parameters, state,"
            " position, attempts, error_message, created_at, started_at, finished_at, run_id,"
            " page_count) VALUES (?, ?, ?, ?, ?, 'waiting',"
            " (SELECT COALESCE(MAX(position), 0) + 1 FROM job WHERE state = 'waiting'),"
            " 0, '', ?, 0, 0, NULL, 0)"
            " ON CONFLICT(document_id, kind, template_sha256, model_path)"
            " WHERE state IN ('waiting', 'running') DO NOTHING"));
    std::int64_t added = 0;
    for (const NewJob& job : jobs) {
        ATTEST_TRY(addTemplate(db, job.asked, now));
        ATTEST_TRY(insert.bind(1, job.documentId)
                       .bind(2, job.kind)
                       .bind(3, job.asked.sha256)
                       .bind(4, job.modelPath)
                       .bind(5, job.parametersJson)
                       .bind(6, now)
                       .run());
        if (db.changedRows() > 0) {
            ++added;
            ATTEST_TRY(refreshNewestJob(db, job.documentId));
        }
    }
    ATTEST_TRY(transaction.commit());
    return added;
}

Result<std::optional<Job>> claimNextJob(Database& db, std::int64_t now) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY_ASSIGN(auto claim,
                      Statement::prepare(db,
                                         "UPDATE job SET state = 'running',"
                                         " attempts = attempts + 1, started_at = ?"
                                         " WHERE id = (SELECT next.id FROM job AS next"
                                         "  WHERE next.state = 'waiting'"
                                         "  ORDER BY next.position, next.id LIMIT 1)"
                                         " RETURNING id, attempts"));
    ATTEST_TRY_ASSIGN(auto giveUp,
                      Statement::prepare(db,
                                         "UPDATE job SET state = 'failed', finished_at = ?,"
                                         " attempts = ?, error_message ="
                                         " 'It stopped the program three times.' WHERE id = ?"));
    std::optional<Job> job;
    while (!job) {
        ATTEST_TRY_ASSIGN(const bool isClaimed, claim.bind(1, now).step());
        if (!isClaimed) {
            break;
        }
        const std::int64_t jobId = claim.int64(0);
        const std::int64_t attempts = claim.int64(1);
        claim.reset();
        if (attempts > kMaxJobAttempts) {
            ATTEST_TRY(giveUp.bind(1, now).bind(2, kMaxJobAttempts).bind(3, jobId).run());
        } else {
            ATTEST_TRY_ASSIGN(job, readJob(db, jobId));
        }
    }
    ATTEST_TRY(transaction.commit());
    return job;
}

Result<void> failJob(Database& db, std::int64_t jobId, std::string_view message, std::int64_t now) {
    const std::string said =
        message.empty() ? "It failed." : toValidUtf8(truncateUtf8(message, kMaxMessageBytes));
    ATTEST_TRY_ASSIGN(auto update,
                      Statement::prepare(db,
                                         "UPDATE job SET state = 'failed', error_message = ?,"
                                         " finished_at = ? WHERE id = ? AND state = 'running'"));
    return update.bind(1, said).bind(2, now).bind(3, jobId).run();
}

Result<void> releaseJob(Database& db, std::int64_t jobId) {
    ATTEST_TRY_ASSIGN(auto update,
                      Statement::prepare(db,
                                         "UPDATE job SET state = 'waiting',"
                                         " attempts = MAX(attempts - 1, 0), started_at = 0"
                                         " WHERE id = ? AND state = 'running'"));
    return update.bind(1, jobId).run();
}

Result<std::int64_t> releaseAbandonedJobs(Database& db) {
    ATTEST_TRY(db.execute("UPDATE job SET state = 'waiting', started_at = 0"
                          " WHERE state = 'running'"));
    return db.changedRows();
}

Result<std::int64_t>
cancelJobs(Database& db, const std::vector<std::int64_t>& jobIds, std::int64_t now) {
    const std::string update = "UPDATE job SET state = 'cancelled', finished_at = ?1"
                               " WHERE state IN ('waiting', 'running')";
    return change(db, jobIds, now, update + " AND id = ?2", update);
}

Result<std::int64_t>
retryJobs(Database& db, const std::vector<std::int64_t>& jobIds, std::int64_t now) {
    // OR IGNORE: the same was asked again meanwhile and waits already.
    const std::string update = "UPDATE OR IGNORE job SET state = 'waiting', attempts = 0,"
                               " error_message = '', created_at = ?1, started_at = 0,"
                               " finished_at = 0 WHERE ";
    return change(db,
                  jobIds,
                  now,
                  update + "state IN ('failed', 'cancelled') AND id = ?2",
                  update + "state = 'failed'");
}

Result<void> moveJobsToTop(Database& db, const std::vector<std::int64_t>& jobIds) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY_ASSIGN(
        auto first,
        Statement::prepare(db,
                           "SELECT COALESCE(MIN(position), 1) FROM job WHERE state = 'waiting'"));
    ATTEST_TRY_ASSIGN(const bool hasRow, first.step());
    std::int64_t position =
        (hasRow ? first.int64(0) : 1) - static_cast<std::int64_t>(jobIds.size());
    first.reset();
    ATTEST_TRY_ASSIGN(
        auto update,
        Statement::prepare(db, "UPDATE job SET position = ? WHERE id = ? AND state = 'waiting'"));
    for (const std::int64_t id : jobIds) {
        ATTEST_TRY(update.bind(1, position).bind(2, id).run());
        ++position;
    }
    return transaction.commit();
}

Result<std::int64_t> clearEndedJobs(Database& db) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY(db.execute("DELETE FROM job WHERE state IN ('done', 'failed', 'cancelled')"));
    const std::int64_t removed = db.changedRows();
    ATTEST_TRY(db.execute("UPDATE document SET newest_job_id = COALESCE("
                          "(SELECT MAX(job.id) FROM job WHERE job.document_id = document.id), 0)"
                          " WHERE newest_job_id <> 0"));
    ATTEST_TRY(transaction.commit());
    return removed;
}

Result<std::vector<Job>> listJobs(Database& db, std::int64_t limit) {
    // Sorted by a few numbers of each job; only those listed are read with their templates.
    constexpr const char* kOrder =
        "ORDER BY CASE j.state WHEN 'running' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END,"
        " CASE j.state WHEN 'waiting' THEN j.position ELSE -j.finished_at END,"
        " CASE j.state WHEN 'waiting' THEN j.id ELSE -j.id END";
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         std::string(kSelectJobs) +
                                             "WHERE j.id IN (SELECT j.id FROM job AS j " + kOrder +
                                             " LIMIT ?) " + kOrder));
    query.bind(1, limit == 0 ? std::int64_t{-1} : limit);
    std::vector<Job> jobs;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return jobs;
        }
        jobs.push_back(jobAt(query));
    }
}

Result<JobCounts> jobCounts(Database& db, std::int64_t since) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT state, COUNT(*), SUM(page_count) FROM job"
                                         " WHERE created_at >= ? GROUP BY state ORDER BY state"));
    query.bind(1, since);
    JobCounts counts;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return counts;
        }
        const std::int64_t count = query.int64(1);
        switch (stateNamed(query.text(0))) {
        case JobState::Waiting:
            counts.waiting = count;
            break;
        case JobState::Running:
            counts.running = count;
            break;
        case JobState::Done:
            counts.done = count;
            counts.pagesDone = query.int64(2);
            break;
        case JobState::Failed:
            counts.failed = count;
            break;
        case JobState::Cancelled:
            counts.cancelled = count;
            break;
        }
    }
}

Result<void> setQueuePaused(Database& db, bool isPaused) {
    return setSetting(db, kPausedKey, isPaused ? std::optional<std::string>("1") : std::nullopt);
}

Result<bool> isQueuePaused(Database& db) {
    ATTEST_TRY_ASSIGN(const auto value, setting(db, kPausedKey));
    return value == "1";
}

} // namespace attest::storage
