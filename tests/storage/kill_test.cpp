// kill -9 at any point: nothing acknowledged is lost, nothing is there twice, the rest resumes.
#include "storage/audit_log.h"
#include "storage/backup.h"
#include "storage/library.h"
#include "storage/review_store.h"
#include "storage/search.h"
#include "storage/storage_support.h"
#include "support/catch.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <csignal>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace attest::storage;
using attest::test::must;
using attest::test::queryInt;
using attest::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

constexpr int kKills = 50;
constexpr int kNamesPerLife = 100000; // more than one life of the worker adds

// What the worker said over all its lives.
struct Acknowledged {
    std::map<std::int64_t, std::string> runs; // id and document
    std::set<std::int64_t> reviewedRuns;
    std::set<int> batches; // first name of each

    void add(const std::string& output) {
        std::istringstream lines(output);
        for (std::string line; std::getline(lines, line);) {
            std::istringstream words(line);
            std::string what;
            std::int64_t id = 0;
            std::string name;
            words >> what >> id >> name;
            if (what == "run") {
                REQUIRE(runs.emplace(id, name).second);
            } else if (what == "review") {
                reviewedRuns.insert(id);
            } else if (what == "batch") {
                batches.insert(static_cast<int>(id));
            }
        }
    }
};

// Starts the worker and kills it `microseconds` after it has opened the library.
std::string liveAndDie(const fs::path& folder, int firstName, useconds_t microseconds) {
    int ends[2] = {};
    REQUIRE(::pipe(ends) == 0);
    const std::string name = std::to_string(firstName);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[0]);
        ::close(ends[1]);
        ::execl(STORAGE_WORKER, "storage_worker", folder.c_str(), "work", name.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(ends[1]);
    std::string output;
    char bytes[4096];
    ssize_t size = ::read(ends[0], bytes, sizeof bytes);
    output.append(bytes, static_cast<size_t>(size > 0 ? size : 0));
    ::usleep(microseconds);
    ::kill(child, SIGKILL);
    while ((size = ::read(ends[0], bytes, sizeof bytes)) > 0) {
        output.append(bytes, static_cast<size_t>(size));
    }
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    INFO(output);
    REQUIRE(WIFSIGNALED(status));
    return output;
}

// Whatever the worker was doing when it died.
void checkLibrary(const fs::path& folder, const Acknowledged& said) {
    auto library = must(Library::open(folder, Access::ReadWrite));
    Database& db = library.database();
    must(db.verify());
    must(verifyAudit(db));
    must(db.execute("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"));

    // Nothing acknowledged is lost.
    std::map<std::int64_t, std::string> stored;
    for (const StoredRun& run : must(latestRuns(db, {}))) {
        stored[run.id] = run.run.fileName;
    }
    for (const auto& [id, name] : said.runs) {
        REQUIRE(stored.count(id) == 1);
        REQUIRE(stored[id] == name);
    }
    for (const std::int64_t id : said.reviewedRuns) {
        REQUIRE(must(reviewsOf(db, id)).size() == 3);
    }
    for (const int first : said.batches) {
        REQUIRE(must(findDocuments(db, attest::sha256Hex(std::to_string(first)))).size() == 1);
    }

    // Nothing is there twice or by half.
    CHECK(queryInt(db, "SELECT COUNT(*) FROM run") ==
          queryInt(db, "SELECT COUNT(DISTINCT document_id) FROM run"));
    CHECK(queryInt(db, "SELECT COUNT(*) FROM value") ==
          3 * queryInt(db, "SELECT COUNT(*) FROM run"));
    CHECK(queryInt(db, "SELECT COUNT(*) FROM review") % 3 == 0);
    CHECK(queryInt(db, "SELECT COUNT(*) FROM audit WHERE action = 'run.saved'") ==
          queryInt(db, "SELECT COUNT(*) FROM run"));
    CHECK(queryInt(db, "SELECT COUNT(*) FROM job WHERE state = 'done'") ==
          queryInt(db, "SELECT COUNT(*) FROM run"));
    CHECK(queryInt(db, "SELECT COUNT(*) FROM job") ==
          queryInt(db, "SELECT COUNT(DISTINCT document_id) FROM job"));
    CHECK(queryInt(db, "SELECT COUNT(*) FROM job WHERE state = 'running'") <= 1);

    for (const BackupFile& backup : must(listBackups(folder))) {
        auto copy = must(Database::openOlder(backup.path));
        must(copy.verify());
        must(verifyAudit(copy));
    }
}

} // namespace

TEST_CASE("work goes on after kill -9 at any point, with nothing lost and nothing twice",
          "[storage][durability][kill]") {
    const TemporaryFolder temp;
    const fs::path folder = temp.path() / "l";
    std::mt19937 random(11); // NOLINT: fixed, so that a failure comes again
    Acknowledged said;

    for (int life = 0; life < kKills; ++life) {
        CAPTURE(life);
        const auto lived = static_cast<useconds_t>(random() % 150000);
        said.add(liveAndDie(folder, life * kNamesPerLife, lived));
        checkLibrary(folder, said);
    }

    // The rest resumes by itself; what was killed three times while it ran is asked again.
    {
        auto library = must(Library::open(folder, Access::ReadWrite));
        for (const Job& job : must(listJobs(library.database(), 0))) {
            CHECK((job.state != JobState::Failed ||
                   job.errorMessage == "It stopped the program three times."));
        }
        must(releaseAbandonedJobs(library.database()));
        must(retryJobs(library.database(), {}, 5));
    }
    const auto finished =
        attest::test::runProgram(STORAGE_WORKER, {folder.string(), "finish", "0"});
    INFO(finished.errors);
    REQUIRE(finished.exitCode == 0);
    said.add(finished.output);
    checkLibrary(folder, said);
    auto library = must(Library::open(folder, Access::ReadWrite));
    const JobCounts counts = must(jobCounts(library.database(), 0));
    CHECK(counts.waiting == 0);
    CHECK(counts.running == 0);
    CHECK(counts.failed == 0);
    CHECK(counts.done == queryInt(library.database(), "SELECT COUNT(*) FROM job"));
    CHECK(said.runs.size() > size_t(kKills));
}
