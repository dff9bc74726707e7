// Works on a library as the application does, to be killed at any moment by kill_test.cpp: adds
// documents and jobs, claims, saves runs with their jobs, reviews, backs up. Writes a line to
// standard output after each commit: what has been said has to be there for ever.
//
//   storage_worker FOLDER work|finish FIRST_NAME
//
// work: for ever. finish: until nothing waits, adding nothing.
#include "storage/backup.h"
#include "storage/job_store.h"
#include "storage/library.h"
#include "storage/library_list.h"
#include "storage/review_store.h"
#include "storage/sample_run.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using namespace attest::storage;

constexpr int kBatch = 20;
constexpr std::int64_t kRunsPerBackup = 9;

template <typename T>
T must(attest::Result<T> result) {
    if (!result.ok()) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(3);
    }
    return std::move(result).value();
}

void must(const attest::Result<void>& result) {
    if (!result.ok()) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(3);
    }
}

// One write, so that a killed process leaves whole lines.
void say(const std::string& line) {
    const std::string bytes = line + "\n";
    if (::write(STDOUT_FILENO, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
        std::exit(4);
    }
}

void addBatch(Database& db, int firstName) {
    std::vector<NewSource> sources;
    for (int i = firstName; i < firstName + kBatch; ++i) {
        const NewRun run = attest::test::sampleRun(std::to_string(i));
        NewSource source;
        source.sha256 = run.document.sha256;
        source.fileName = run.document.fileName;
        source.path = run.document.path;
        source.kind = run.document.kind;
        sources.push_back(source);
    }
    std::vector<NewJob> jobs;
    for (const RegisteredSource& source : must(registerSources(db, sources, 1))) {
        NewJob job;
        job.documentId = source.documentId;
        job.kind = kRunExtraction;
        job.asked = attest::test::sampleRun("").asked;
        job.parametersJson = "{}";
        jobs.push_back(job);
    }
    must(enqueue(db, jobs, 2));
    say("batch " + std::to_string(firstName));
}

void work(Library& library, const Job& job) {
    Database& db = library.database();
    NewRun run = attest::test::sampleRun(job.fileName);
    run.jobId = job.id;
    const SavedRun saved = must(saveRun(db, run));
    say("run " + std::to_string(saved.runId) + " " + job.fileName);

    std::vector<ReviewChange> changes;
    for (const ValueRecord& value : run.values) {
        Review review;
        review.pointer = value.pointer;
        review.group = value.group;
        review.instance = value.instance;
        review.field = value.field;
        review.verdict = Verdict::Accepted;
        changes.push_back({review.pointer, review});
    }
    must(saveReviews(db, saved.runId, changes, "Kim", 3));
    say("review " + std::to_string(saved.runId));
    if (saved.runId % kRunsPerBackup == 0) {
        must(backUp(db, library.folder(), 1700000000 + saved.runId));
        say("backup " + std::to_string(saved.runId));
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        return 2;
    }
    const bool isEndless = std::string(argv[2]) == "work";
    int nextName = std::atoi(argv[3]);
    Library library = must(Library::open(argv[1], Access::ReadWrite));
    must(releaseAbandonedJobs(library.database()));
    say("open");
    while (true) {
        const auto job = must(claimNextJob(library.database(), 4));
        if (job) {
            work(library, *job);
        } else if (isEndless) {
            addBatch(library.database(), nextName);
            nextName += kBatch;
        } else {
            return 0;
        }
    }
}
