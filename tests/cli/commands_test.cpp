// The real program, on libraries that the test makes through the storage library. No model.
#include "base/sha256.h"
#include "cli/attest_program.h"
#include "storage/library.h"
#include "storage/sample_run.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

using attest::storage::Access;
using attest::storage::Library;
using attest::storage::NewRun;
using attest::test::ProgramRun;
using attest::test::sampleRun;
using attest::test::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

enum Code {
    Done = 0,
    Usage = 2,
    SomeFailed = 3,
    Model = 4,
    LibraryCode = 5,
    Output = 6,
    Different = 7
};

std::string bytesOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

NewRun medicationsRun(const std::string& name) {
    NewRun run = sampleRun(name);
    run.asked.json =
        bytesOf(fs::path(ATTEST_SOURCE_DIR) / "resources" / "templates" / "medications.json");
    run.asked.sha256 = attest::sha256Hex(run.asked.json);
    return run;
}

// A library of two documents, closed.
std::string makeLibrary(const TemporaryFolder& folder) {
    const fs::path path = folder.path() / "library";
    auto library = Library::open(path, Access::ReadWrite);
    REQUIRE(library.ok());
    REQUIRE(saveRun(library.value().database(), medicationsRun("letter.pdf")).ok());
    NewRun odd = medicationsRun("odd\x1b[31m.pdf");
    odd.document.status = "no-text";
    odd.run.status = "nothing-to-read";
    odd.values.clear();
    REQUIRE(saveRun(library.value().database(), odd).ok());
    return path.string();
}

} // namespace

TEST_CASE("every command explains itself with examples", "[cli]") {
    for (const std::string command : {"extract",
                                      "summarize",
                                      "list",
                                      "show",
                                      "export",
                                      "verify",
                                      "templates",
                                      "models",
                                      "evaluate",
                                      "self-test",
                                      "bench"}) {
        CAPTURE(command);
        const ProgramRun run = attest::test::attest({command, "--help"});
        CHECK(run.exitCode == Done);
        CHECK(contains(run.output, "Examples:"));
        CHECK(contains(run.output, "attest " + command));
    }
    const ProgramRun all = attest::test::attest({"--help"});
    CHECK(all.exitCode == Done);
    CHECK(contains(all.output, "Exit codes"));
    CHECK(contains(attest::test::attest({"--version"}).output, "0."));
}

TEST_CASE("wrong usage is told apart from everything else", "[cli]") {
    const TemporaryFolder folder;
    const std::string file = (folder.path() / "a.txt").string();
    std::ofstream(file) << "text";

    CHECK(attest::test::attest({}).exitCode == Usage);
    CHECK(attest::test::attest({"nonsense"}).exitCode == Usage);
    CHECK(attest::test::attest({"list", "--nonsense"}).exitCode == Usage);
    CHECK(attest::test::attest({"extract", file}).exitCode == Usage);
    CHECK(attest::test::attest({"extract", file, "-t", "medications", "--decode", "magic"})
              .exitCode == Usage);
    CHECK(attest::test::attest({"export"}).exitCode == Usage);

    const ProgramRun missing =
        attest::test::attest({"extract", "/nowhere/x.pdf", "-t", "medications"});
    CHECK(missing.exitCode == Usage);
    CHECK(contains(missing.errors, "/nowhere/x.pdf"));
    const ProgramRun empty =
        attest::test::attest({"extract", folder.path().string() + "/.", "-t", "medications"});
    CHECK(contains(empty.errors, "attest: "));
}

TEST_CASE("a bad template or model has its own exit code and says why", "[cli]") {
    const TemporaryFolder folder;
    const std::string file = (folder.path() / "a.txt").string();
    std::ofstream(file) << "text";
    const std::string library = (folder.path() / "library").string();
    const std::string bad = (folder.path() / "bad.json").string();
    std::ofstream(bad) << R"({"type":"object","properties":{"a":{"type":"string","pattern":"x"}}})";

    const ProgramRun unknown = attest::test::attest({"extract", file, "-t", "nothing"});
    CHECK(unknown.exitCode == Model);
    CHECK(contains(unknown.errors, "medications")); // the ones that exist
    const ProgramRun check = attest::test::attest({"templates", "check", bad});
    CHECK(check.exitCode == Model);
    CHECK(contains(check.errors, "bad.json"));
    const ProgramRun model = attest::test::attest(
        {"extract", file, "-t", "medications", "--library", library, "--model", file});
    CHECK(model.exitCode == Model);
    CHECK(contains(model.errors, "a.txt"));
    CHECK(attest::test::attest({"models", "info", "/nowhere.gguf"}).exitCode == Model);
    CHECK(attest::test::attest({"bench", "--model", file}).exitCode == Model);
    const ProgramRun format = attest::test::attest(
        {"extract", file, "-t", "medications", "--library", library, "--chat-format", "klingon"});
    CHECK(format.exitCode == Usage);
    CHECK(contains(format.errors, "smollm3")); // the ones that exist
}

TEST_CASE("templates can be listed, shown and checked", "[cli]") {
    const ProgramRun list = attest::test::attest({"templates", "list"});
    CHECK(list.exitCode == Done);
    CHECK(contains(list.output, "medications"));
    CHECK(contains(list.output, "laboratory_results"));

    const ProgramRun show = attest::test::attest({"templates", "show", "invoice"});
    CHECK(show.exitCode == Done);
    CHECK(show.output == bytesOf(fs::path(ATTEST_SOURCE_DIR) / "resources/templates/invoice.json"));

    const ProgramRun check = attest::test::attest({"templates", "check", "medications"});
    CHECK(check.exitCode == Done);
    CHECK(contains(check.output, "drug"));
}

TEST_CASE("a library can be listed and its documents shown", "[cli]") {
    const TemporaryFolder folder;
    const std::string library = makeLibrary(folder);

    const ProgramRun list = attest::test::attest({"list", "--library", library});
    CHECK(list.exitCode == Done);
    CHECK(contains(list.output, "letter.pdf"));
    CHECK(contains(list.output, "2/3"));
    CHECK(contains(list.output, "no-text"));
    CHECK_FALSE(contains(list.output, "\x1b")); // a file name may not steer the terminal

    const ProgramRun show =
        attest::test::attest({"show", "letter.pdf", "--text", "--library", library});
    CHECK(show.exitCode == Done);
    CHECK(contains(show.output, "Metformin"));
    CHECK(contains(show.output, "500 mg"));
    CHECK(contains(show.output, "--- page 2 ---"));
    CHECK(attest::test::attest({"show", "1", "--library", library}).output.size() > 100);

    const ProgramRun none = attest::test::attest({"show", "nothing", "--library", library});
    CHECK(none.exitCode == Usage);
    CHECK(contains(none.errors, "nothing"));
}

TEST_CASE("a library is exported as tables and as JSON Lines", "[cli]") {
    const TemporaryFolder folder;
    const std::string library = makeLibrary(folder);
    const std::string csv = (folder.path() / "t.csv").string();
    const std::string jsonl = (folder.path() / "t.jsonl").string();

    const ProgramRun both =
        attest::test::attest({"export", "--csv", csv, "--jsonl", jsonl, "--library", library});
    CHECK(both.exitCode == Done);
    CHECK(contains(both.errors, "t.csv"));
    CHECK(both.output.empty());
    const std::string table = bytesOf(csv);
    CHECK(std::count(table.begin(), table.end(), '\n') == 5);
    CHECK(contains(table, "Metformin"));
    const std::string lines = bytesOf(jsonl);
    CHECK(std::count(lines.begin(), lines.end(), '\n') == 2);
    const auto first = nlohmann::json::parse(lines.substr(0, lines.find('\n')));
    CHECK(first["values"]["medications"][0]["drug"] == "Metformin");

    const ProgramRun wide = attest::test::attest(
        {"export", "--csv", "-", "--layout", "wide", "-t", "medications", "--library", library});
    CHECK(wide.exitCode == Done);
    CHECK(contains(wide.output, "drug,drug_status,dose,dose_cmp"));

    CHECK(attest::test::attest({"export", "--csv", csv, "-t", "invoice", "--library", library})
              .exitCode == Usage);
    CHECK(attest::test::attest({"export", "--csv", "/nowhere/x.csv", "--library", library})
              .exitCode == Output);
    CHECK(attest::test::attest({"export", "--csv", "/dev/full", "--library", library}).exitCode ==
          Output);
    CHECK(bytesOf(csv) == table); // what failed changed nothing
}

TEST_CASE("a report has a manifest that can be verified", "[cli]") {
    const TemporaryFolder folder;
    const std::string library = makeLibrary(folder);
    const std::string out = (folder.path() / "report").string();
    const auto exported = [&](std::vector<std::string> more) {
        more.insert(more.begin(),
                    {"export", "-t", "medications", "--library", library, "--profile"});
        return attest::test::attest(more);
    };

    const ProgramRun analysis = exported({"analysis", "--out", out});
    INFO(analysis.errors);
    CHECK(analysis.exitCode == Done);
    CHECK(contains(analysis.errors, "2 documents not reviewed"));
    CHECK(contains(analysis.errors, "medications.csv"));
    CHECK(contains(bytesOf(fs::path(out) / "medications.csv"), "Metformin"));

    // The documents of this library never were files.
    const ProgramRun missing = attest::test::attest({"verify", out});
    CHECK(missing.exitCode == Different);
    CHECK(contains(missing.output, "letter.pdf): missing"));
    CHECK_FALSE(contains(missing.output, "medications.csv"));
    std::ofstream(fs::path(out) / "long.csv", std::ios::app) << "x";
    const ProgramRun changed =
        attest::test::attest({"verify", out + "/manifest.json", "--library", library});
    CHECK(changed.exitCode == Different);
    CHECK(contains(changed.output, "long.csv: changed"));
    CHECK(attest::test::attest({"verify", "/nowhere"}).exitCode == Usage);
    CHECK(attest::test::attest({"verify", out, "--library", "/nowhere"}).exitCode == LibraryCode);

    const std::string book = (folder.path() / "m.xlsx").string();
    CHECK(exported({"excel-xlsx", "--out", book}).exitCode == Done);
    CHECK(bytesOf(book).starts_with("PK"));
    CHECK(attest::test::attest({"verify", book}).exitCode == Different);
    const std::string csv = (folder.path() / "m.csv").string();
    CHECK(exported({"excel-csv", "--separator", "semicolon", "--decimal-comma", "--out", csv})
              .exitCode == Done);
    CHECK(contains(bytesOf(csv), "record_id;document_id"));

    CHECK(exported({"nothing", "--out", csv}).exitCode == Usage);
    CHECK(exported({"redcap", "--out", csv}).exitCode == Usage); // a file is in the way
    CHECK(exported({"redcap", "--out", out, "--without", "drugs"}).exitCode == Usage);
    CHECK(exported({"redcap", "--out", out, "--reviewed-only"}).exitCode == Usage);
    CHECK(exported({"redcap", "--out", "/nowhere/x"}).exitCode == Usage);
    CHECK(exported({"redcap", "--csv", csv}).exitCode == Usage);
    CHECK(attest::test::attest({"export", "--csv", csv, "--out", csv, "--library", library})
              .exitCode == Usage);
    CHECK(contains(bytesOf(fs::path(out) / "manifest.json"), "\"analysis\"")); // still the old one

    CHECK(exported({"redcap", "--out", out, "--without", "medications/drug"}).exitCode == Done);
    CHECK(contains(bytesOf(fs::path(out) / "records.csv"), "redcap_repeat_instance"));
    CHECK_FALSE(contains(bytesOf(fs::path(out) / "records.csv"), "Metformin"));
}

TEST_CASE("problems of the library have their own exit code", "[cli]") {
    const TemporaryFolder folder;
    const std::string note = (folder.path() / "a.txt").string();
    std::ofstream(note) << "text";
    const std::string none = (folder.path() / "none").string();
    CHECK(attest::test::attest({"list", "--library", none}).exitCode == LibraryCode);
    CHECK_FALSE(fs::exists(none));

    const std::string path = makeLibrary(folder);
    {
        auto library = Library::open(path, Access::ReadWrite);
        REQUIRE(library.ok());
        // Readers go on beside a writer; a second writer does not.
        CHECK(attest::test::attest({"list", "--library", path}).exitCode == Done);
        const ProgramRun locked =
            attest::test::attest({"extract", note, "-t", "medications", "--library", path});
        CHECK(locked.exitCode == LibraryCode);
        CHECK(contains(locked.errors,
                       "in use by another process (" + std::to_string(::getpid()) + ")"));
    }
    std::ofstream(fs::path(path) / "library.sqlite") << "not a database at all, and long enough";
    CHECK(attest::test::attest({"list", "--library", path}).exitCode == LibraryCode);
}

TEST_CASE("results can be measured against a gold standard", "[cli]") {
    const TemporaryFolder folder;
    const std::string library = makeLibrary(folder);
    const std::string gold = (folder.path() / "gold.jsonl").string();
    std::ofstream(gold) << R"({"file":"letter.pdf","values":{"medications":[)"
                           R"({"drug":"Metformin","dose":"500 mg","route":"oral"}]}})"
                        << "\n";

    const ProgramRun run = attest::test::attest(
        {"evaluate", "-t", "medications", "--gold", gold, "--library", library});

    CHECK(run.exitCode == Done);
    CHECK(contains(run.output, "medications.drug"));
    CHECK(contains(run.output, "F1 0.800")); // two found, one missed
    CHECK(attest::test::attest({"evaluate", "-t", "medications", "--gold", "/nowhere"}).exitCode ==
          Usage);
}

TEST_CASE("models quantize writes a smaller model and says what it lost", "[cli][models]") {
    const TemporaryFolder folder;
    const fs::path models = fs::path(ATTEST_SOURCE_DIR) / "resources" / "models";
    fs::path bundled;
    for (const auto& entry : fs::directory_iterator(models)) {
        if (entry.path().extension() == ".gguf") {
            bundled = entry.path();
        }
    }
    REQUIRE_FALSE(bundled.empty());
    const std::string out = folder.path() / "small.gguf";
    const auto quantize = [&](const std::string& type, const std::string& target) {
        return attest::test::attest({"models", "quantize", bundled.string(), target, type});
    };

    const ProgramRun run = quantize("q4_0", out);

    CHECK(run.exitCode == Done);
    CHECK(contains(run.output, "blk.0.ffn_up.weight"));
    CHECK(contains(run.output, "all of these"));
    CHECK(fs::file_size(out) < fs::file_size(bundled));
    CHECK(attest::test::attest({"models", "info", out}).exitCode == Done);
    CHECK(quantize("Q8_0", out).exitCode == Output); // it is there
    CHECK(quantize("Q5_9", folder.path() / "other.gguf").exitCode == Usage);
    const auto forced = attest::test::attest({"models", "quantize", out, out, "Q8_0", "--force"});
    CHECK(forced.exitCode == Model); // the input itself
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}
