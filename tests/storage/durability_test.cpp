// What survives when the program or the disk fails.
#include "storage/library.h"
#include "storage/result_store.h"
#include "storage/sample_run.h"
#include "storage/statement.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <csignal>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using attest::ErrorCode;
using attest::storage::Access;
using attest::storage::Library;
using attest::test::sampleRun;
using attest::test::TemporaryFolder;

namespace {

// Runs `work` in a child process; returns its exit code, or -1 when it died of a signal.
template <typename Work>
int inChild(const Work& work) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::_exit(work());
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

TEST_CASE("every acknowledged run survives kill -9", "[storage][durability]") {
    constexpr int kRounds = 12;
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    int acknowledged = 0;

    for (int round = 0; round < kRounds; ++round) {
        int ends[2] = {};
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::close(ends[0]);
            auto library = Library::open(temp / "l", Access::ReadWrite);
            if (!library.ok()) {
                ::_exit(1);
            }
            for (int i = 0;; ++i) {
                const std::string name = std::to_string(round) + "-" + std::to_string(i);
                if (!saveRun(library.value().database(), sampleRun(name)).ok() ||
                    ::write(ends[1], "+", 1) != 1) {
                    ::_exit(2);
                }
            }
        }
        ::close(ends[1]);
        char byte = 0;
        for (int i = 0; i <= round && ::read(ends[0], &byte, 1) == 1; ++i) {
            ++acknowledged;
        }
        // Somewhere within a later transaction.
        ::usleep(static_cast<useconds_t>(round) * 700);
        ::kill(child, SIGKILL);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));
        while (::read(ends[0], &byte, 1) == 1) {
            ++acknowledged;
        }
        ::close(ends[0]);
    }

    auto library = Library::open(temp / "l", Access::ReadWrite);
    REQUIRE(library.ok());
    auto& db = library.value().database();
    REQUIRE(db.verify().ok());
    const auto runs = latestRuns(db, {}).value();
    // One run per round may have been stored without the word getting out.
    CHECK(int(runs.size()) >= acknowledged);
    CHECK(int(runs.size()) <= acknowledged + kRounds);
    for (const auto& run : runs) {
        CHECK(attest::storage::valuesOf(db, run.id).value().size() == 3);
        CHECK(attest::storage::pagesOf(db, run.readingId).value().size() == 2);
    }
}

TEST_CASE("a full disk is an error, loses nothing and passes", "[storage][durability]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    constexpr rlim_t kLimit = 400U << 10; // of any one file: reached by the log within 60 runs
    int saved = 0;
    {
        auto library = Library::open(temp / "l", Access::ReadWrite);
        REQUIRE(library.ok());
        for (; saved < 5; ++saved) {
            REQUIRE(saveRun(library.value().database(), sampleRun(std::to_string(saved))).ok());
        }
    }

    // 0 and 1..4 are the answers of the child; the number of runs comes through the library.
    const int answer = inChild([&] {
        std::signal(SIGXFSZ, SIG_IGN); // writes fail with EFBIG instead
        rlimit limit = {kLimit, kLimit * 4};
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) {
            return 1;
        }
        auto library = Library::open(temp / "l", Access::ReadWrite);
        if (!library.ok()) {
            return 2;
        }
        auto& db = library.value().database();
        for (int i = 5; i < 500; ++i) {
            const auto result = saveRun(db, sampleRun(std::to_string(i)));
            if (result.ok()) {
                continue;
            }
            const ErrorCode code = result.error().code;
            if (code != ErrorCode::OutOfResources && code != ErrorCode::Io) {
                return 3;
            }
            if (int(latestRuns(db, {}).value().size()) != i) {
                return 4; // what was acknowledged is no longer there, or more than that is
            }
            // Space comes back; the same connection goes on.
            limit.rlim_cur = kLimit * 4;
            ::setrlimit(RLIMIT_FSIZE, &limit);
            return saveRun(db, sampleRun(std::to_string(i))).ok() ? 0 : 5;
        }
        return 6; // the limit was never reached
    });

    CHECK(answer == 0);
    auto library = Library::open(temp / "l", Access::ReadWrite);
    REQUIRE(library.ok());
    CHECK(library.value().database().verify().ok());
    CHECK(latestRuns(library.value().database(), {}).value().size() > 5);
}
