// The program as it is started by a desktop: killed, started again, started twice.
#include "window/window_test_support.h"

#include "gui/app/store.h"
#include "storage/audit_log.h"
#include "storage/job_store.h"
#include "support/catch.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <QProcess>

#include <csignal>
#include <fstream>

namespace attest::gui {

namespace {

// A note that no other has, so that it is a document of its own.
std::filesystem::path writeNote(const std::filesystem::path& folder, int number) {
    std::filesystem::create_directories(folder);
    const std::filesystem::path file = folder / ("note" + std::to_string(number) + ".txt");
    std::ofstream(file) << std::ifstream(samplePath("referral_note.txt")).rdbuf() << "\nNo. "
                        << number << "\n";
    return file;
}

class Program {
public:
    Program(const std::filesystem::path& library, const QStringList& files) {
        process_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process_.start(QStringLiteral(ATTEST_GUI_PROGRAM),
                       QStringList{QStringLiteral("--library"),
                                   QString::fromStdString(library.string()),
                                   QStringLiteral("--settings"),
                                   QString::fromStdString(library.string() + ".ini")} +
                           files);
        REQUIRE(process_.waitForStarted());
    }

    ~Program() { killHard(); }

    void killHard() {
        if (process_.state() != QProcess::NotRunning) {
            ::kill(static_cast<pid_t>(process_.processId()), SIGKILL);
            process_.waitForFinished();
        }
    }

    bool isRunning() const { return process_.state() == QProcess::Running; }

    int waitForEnd() {
        REQUIRE(process_.waitForFinished(60'000));
        return process_.exitCode();
    }

private:
    QProcess process_;
};

storage::JobCounts countsOf(const std::filesystem::path& library) {
    auto opened = storage::Library::open(library, storage::Access::ReadOnly);
    if (!opened.ok()) {
        return {}; // not made yet
    }
    const auto counts = storage::jobCounts(opened.value().database(), 0);
    return counts.ok() ? counts.value() : storage::JobCounts{};
}

} // namespace

TEST_CASE("A batch goes on by itself after the program was killed", "[window][durability]") {
    const WindowTest display; // for the display
    const test::TemporaryFolder folder;
    const std::filesystem::path library = folder.path() / "library";
    QStringList files;
    for (int i = 0; i < 16; ++i) {
        files.append(QString::fromStdString(writeNote(folder.path() / "notes", i).string()));
    }

    {
        Program first(library, files);
        REQUIRE(waitUntil([&] { return countsOf(library).done >= 3; }, std::chrono::minutes(2)));
        first.killHard();
    }
    const storage::JobCounts between = countsOf(library);
    {
        Program second(library, {});
        REQUIRE(waitUntil(
            [&] {
                const storage::JobCounts counts = countsOf(library);
                return counts.done > 0 && counts.waiting + counts.running == 0;
            },
            std::chrono::minutes(3)));
        second.killHard();
    }

    auto opened = storage::Library::open(library, storage::Access::ReadWrite);
    REQUIRE(opened.ok());
    storage::Database& db = opened.value().database();
    CHECK(db.verify().ok());
    CHECK(storage::verifyAudit(db).ok());
    const storage::JobCounts after = countsOf(library);
    CHECK(after.done >= between.done);
    CHECK(after.failed == 0);
    const auto documents = storage::listDocuments(db);
    REQUIRE(documents.ok());
    CHECK(after.done == static_cast<std::int64_t>(documents.value().size()));
    for (const storage::DocumentRow& document : documents.value()) {
        CAPTURE(document.fileName);
        CHECK(document.runCount == 1); // nothing lost, nothing twice
    }
}

TEST_CASE("A second start hands its files to the first window and ends", "[window]") {
    const WindowTest display;
    const test::TemporaryFolder folder;
    const std::filesystem::path library = folder.path() / "library";
    Program first(library, {});
    REQUIRE(
        waitUntil([&] { return std::filesystem::exists(library / "requests" / "window.pid"); }));

    Program second(library,
                   {QString::fromStdString(writeNote(folder.path() / "notes", 1).string())});

    CHECK(second.waitForEnd() == 0);
    CHECK(first.isRunning());
    CHECK(waitUntil([&] { return countsOf(library).done == 1; }, std::chrono::minutes(1)));
}

TEST_CASE("The command line of the window explains what is wrong with it", "[window]") {
    const auto wrongPage =
        test::runProgram(ATTEST_GUI_PROGRAM, {"--page", "nowhere"}, {"QT_QPA_PLATFORM=offscreen"});
    const auto help =
        test::runProgram(ATTEST_GUI_PROGRAM, {"--help"}, {"QT_QPA_PLATFORM=offscreen"});

    CHECK(wrongPage.exitCode == 2);
    CHECK(wrongPage.errors.find("nowhere") != std::string::npos);
    CHECK(wrongPage.errors.find("review") != std::string::npos);
    CHECK(help.exitCode == 0);
    CHECK(help.output.find("--library") != std::string::npos);
}

} // namespace attest::gui
