// The whole walk through the real program with a tiny model. Its answers are noise; what is tested
// is everything around them: what is stored, written and said.
#include "cli/attest_program.h"
#include "storage/library.h"
#include "storage/result_store.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using attest::storage::Access;
using attest::storage::Library;
using attest::test::ProgramRun;
using attest::test::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

constexpr int kSomeFailed = 3;
constexpr int kInterrupted = 130;

std::string model() {
    for (const auto& entry :
         fs::directory_iterator(fs::path(ATTEST_SHARED_DIR) / "fixtures/models/smollm2")) {
        if (entry.path().extension() == ".gguf") {
            return entry.path().string();
        }
    }
    FAIL("no model among the fixtures");
    return {};
}

// Short, because the model's context is; at least one item, because it would find none.
std::string smallTemplate(const TemporaryFolder& folder) {
    const fs::path path = folder.path() / "small.json";
    std::ofstream(path) << R"({"$id":"attest:small","title":"T","type":"object",
        "x-attest":{"version":1,"layout":"rows"},"properties":{"m":{"type":"array",
        "minItems":1,"maxItems":2,"items":{"type":"object","properties":{
        "drug":{"type":"string","x-attest":{"kind":"verbatim","anchor":true}},
        "dose":{"type":["string","null"],"x-attest":{"kind":"verbatim","normalise":"quantity"}},
        "status":{"enum":["on","off",null],"x-attest":{"kind":"judged"}}},
        "required":["drug","dose","status"]}}},"required":["m"]})";
    return path.string();
}

std::string bytesOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("documents and notes are extracted, stored and written, failures are listed",
          "[cli][extract]") {
    const TemporaryFolder folder;
    const fs::path in = folder.path() / "in";
    fs::create_directories(in / "deeper");
    std::ofstream(in / "b.txt") << "Metformin 500 mg twice daily.";
    std::ofstream(in / "deeper" / "c.md") << "Lisinopril 10 mg.";
    std::ofstream(in / "a.pdf") << "%PDF-1.4 and then nothing";
    std::ofstream(in / "ignored.bin") << "x";
    std::ofstream(folder.path() / "notes.jsonl") << R"({"id":"n1","note":"Aspirin 100 mg."})"
                                                 << "\n"
                                                 << R"({"id":"n2","note":"Aspirin 100 mg."})"
                                                 << "\n";
    const std::string csv = (folder.path() / "t.csv").string();
    const std::string jsonl = (folder.path() / "t.jsonl").string();
    const std::string library = (folder.path() / "library").string();

    const ProgramRun run = attest::test::attest({"extract",
                                                 in.string(),
                                                 (folder.path() / "notes.jsonl").string(),
                                                 "--recursive",
                                                 "--text-field",
                                                 "note",
                                                 "--template",
                                                 smallTemplate(folder),
                                                 "--model",
                                                 model(),
                                                 "--library",
                                                 library,
                                                 "--csv",
                                                 csv,
                                                 "--jsonl",
                                                 jsonl});

    CAPTURE(run.output, run.errors);
    CHECK(run.exitCode == kSomeFailed);
    CHECK(contains(run.errors, "not read: a.pdf: "));
    CHECK(contains(run.errors, "5 of 5 documents done"));
    CHECK_FALSE(contains(run.errors, "\r")); // no progress line when it is no terminal
    const std::string lines = bytesOf(jsonl);
    CHECK(std::count(lines.begin(), lines.end(), '\n') == 5);
    std::vector<std::string> ids;
    for (size_t at = 0; at < lines.size(); at = lines.find('\n', at) + 1) {
        const auto line = nlohmann::json::parse(lines.substr(at, lines.find('\n', at) - at));
        ids.push_back(line["id"]);
        CHECK(line["sha256"].get<std::string>().size() == 64);
        CHECK((line["id"] == "a.pdf") == line["evidence"].empty());
        for (const auto& evidence : line["evidence"]) {
            CHECK(evidence["begin"] < evidence["end"]);
        }
    }
    std::sort(ids.begin(), ids.end());
    CHECK(ids == std::vector<std::string>{"a.pdf", "b.txt", "c.md", "n1", "n2"});
    CHECK(contains(bytesOf(csv), "b.txt"));

    auto stored = Library::open(library, Access::ReadOnly);
    REQUIRE(stored.ok());
    CHECK(stored.value().database().verify().ok());
    // The two notes are the same document.
    CHECK(attest::storage::listDocuments(stored.value().database()).value().size() == 4);
}

TEST_CASE("the same document is recognised when it comes again", "[cli][extract]") {
    const TemporaryFolder folder;
    const std::string note = (folder.path() / "a.txt").string();
    std::ofstream(note) << "Metformin 500 mg.";
    const std::vector<std::string> command = {"extract",
                                              note,
                                              "-t",
                                              smallTemplate(folder),
                                              "--model",
                                              model(),
                                              "--library",
                                              (folder.path() / "library").string()};
    REQUIRE(attest::test::attest(command).exitCode == 0);

    const ProgramRun again = attest::test::attest(command);

    CHECK(again.exitCode == 0);
    CHECK(contains(again.errors, "known before"));
}

TEST_CASE("decoding modes and thread counts do not change a byte of the results",
          "[cli][extract]") {
    const TemporaryFolder folder;
    const std::string note = (folder.path() / "a.txt").string();
    std::ofstream(note) << "Metformin 500 mg twice daily, lisinopril 10 mg, aspirin stopped.";
    std::vector<std::string> tables;
    for (const auto& [decode, threads] : std::vector<std::pair<std::string, std::string>>{
             {"fast", "1"}, {"fast", "2"}, {"reference", "2"}}) {
        const ProgramRun run =
            attest::test::attest({"extract",
                                  note,
                                  "-t",
                                  smallTemplate(folder),
                                  "--model",
                                  model(),
                                  "--decode",
                                  decode,
                                  "--threads",
                                  threads,
                                  "--csv",
                                  "-",
                                  "--library",
                                  (folder.path() / ("l" + decode + threads)).string()});
        CHECK(run.exitCode == 0);
        CHECK(contains(run.output, "a.txt"));
        tables.push_back(run.output);
    }
    CHECK(tables[0] == tables[1]);
    CHECK(tables[0] == tables[2]);
}

TEST_CASE("Ctrl-C keeps what is finished and says 130", "[cli][extract]") {
    const TemporaryFolder folder;
    const std::string library = (folder.path() / "library").string();
    {
        std::ofstream notes(folder.path() / "notes.jsonl");
        for (int i = 0; i < 4000; ++i) {
            notes << R"({"id":)" << i << R"(,"text":"Metformin )" << i << R"( mg daily."})"
                  << "\n";
        }
    }
    const std::string notes = (folder.path() / "notes.jsonl").string();
    const std::string modelPath = model();
    const std::string asked = smallTemplate(folder);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::setenv("ATTEST_RESOURCES", ATTEST_SOURCE_DIR "/resources", 1);
        if (std::freopen("/dev/null", "w", stdout) == nullptr ||
            std::freopen("/dev/null", "w", stderr) == nullptr) {
            ::_exit(99);
        }
        ::execl(ATTEST_PROGRAM,
                "attest",
                "extract",
                notes.c_str(),
                "-t",
                asked.c_str(),
                "--model",
                modelPath.c_str(),
                "--library",
                library.c_str(),
                static_cast<char*>(nullptr));
        ::_exit(98);
    }
    // As soon as something is stored; the batch is far too long to end by itself before.
    const auto storedRuns = [&]() -> size_t {
        auto reader = Library::open(library, Access::ReadOnly);
        if (!reader.ok()) {
            return 0;
        }
        const auto runs = latestRuns(reader.value().database(), {});
        return runs.ok() ? runs.value().size() : 0;
    };
    int status = 0;
    while (storedRuns() == 0 && ::waitpid(child, &status, WNOHANG) == 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    ::kill(child, SIGINT);
    REQUIRE(::waitpid(child, &status, 0) == child);

    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == kInterrupted);
    CHECK(storedRuns() > 0);
    CHECK(storedRuns() < 4000);
    auto after = Library::open(library, Access::ReadWrite);
    REQUIRE(after.ok());
    CHECK(after.value().database().verify().ok());
}
