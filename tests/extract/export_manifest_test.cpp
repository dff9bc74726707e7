// Manifests, and targets that are exchanged completely or not at all.
#include "export_support.h"

#include "extract/export/manifest_reading.h"
#include "extract/export/output_folder.h"
#include "extract/export_profile.h"
#include "extract/output_file.h"
#include "support/temporary_folder.h"

#include <csignal>
#include <set>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace attest::extract;
using namespace attest::test;
using attest::ErrorCode;
using attest::Result;
using attest::storage::Database;
using nlohmann::json;

namespace fs = std::filesystem;

namespace {

void put(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

void flipByte(const fs::path& path) {
    std::string bytes = bytesOf(path);
    bytes.at(bytes.size() / 2) = static_cast<char>(bytes.at(bytes.size() / 2) ^ 1);
    put(path, bytes);
}

// A visit that has no file to be compared with.
attest::storage::NewRun pastedVisit(const std::string& name) {
    auto run = visitRun(name);
    run.document.path.clear();
    run.run.path.clear();
    return run;
}

// A library whose one document is a real file.
struct Fixture {
    TemporaryFolder folder;
    Database db = must(Database::openInMemory());
    fs::path source = folder.path() / "visit.pdf";
    fs::path out = folder.path() / "out";
    std::int64_t runId = 0;

    Fixture() {
        put(source, "the bytes of a document");
        auto run = visitRun("visit.pdf");
        run.document.path = source.string();
        run.run.path = source.string();
        run.document.sha256 = attest::sha256Hex(bytesOf(source));
        runId = must(saveRun(db, run)).runId;
    }

    static ExportRequest asked(ExportProfile profile) {
        ExportRequest request;
        request.profile = profile;
        request.templateId = "visit";
        return request;
    }

    Result<ExportCounts> write(ExportProfile profile, const fs::path& target) {
        return writeExport(db, asked(profile), target, {}, {});
    }

    std::vector<ManifestDifference> differences(const fs::path& manifest, bool withLibrary) {
        return must(verifyManifest(manifest, withLibrary ? &db : nullptr));
    }

    // Everything beside the document that is in the folder.
    std::set<std::string> names() const {
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(folder.path())) {
            found.insert(entry.path().filename().string());
        }
        found.erase("visit.pdf");
        return found;
    }
};

} // namespace

TEST_CASE_METHOD(Fixture, "a manifest says what a report was made of", "[extract][manifest]") {
    reviewVisit(db, runId);
    must(write(ExportProfile::Analysis, out));

    const json manifest = json::parse(bytesOf(out / "manifest.json"));

    CHECK(manifest["format"] == "attest-export-manifest");
    CHECK(manifest["profile"] == "analysis");
    CHECK(manifest["identifiers"] == json{"patient"});
    CHECK(manifest["counts"]["documents"] == 1);
    CHECK(manifest["documents"][0]["sha256"] == attest::sha256Hex(bytesOf(source)));
    CHECK(manifest["documents"][0]["engine"] == "0.1.0");
    CHECK(manifest["documents"][0]["parameters"]["threads"] == 2);
    CHECK(manifest["documents"][0]["reviewed_by"] == "Dr. Who");
    CHECK(manifest["templates"][0]["sha256"] == attest::sha256Hex(kVisitTemplate));
    CHECK(manifest["models"][0]["name"] == "tiny");
    for (const json& file : manifest["files"]) {
        const std::string bytes = bytesOf(out / file["name"].get<std::string>());
        CHECK(file["sha256"] == attest::sha256Hex(bytes));
        CHECK(file["bytes"] == bytes.size());
    }
    // Every cell with an apostrophe in front, and no other.
    size_t guarded = 0;
    for (const auto& file : manifest["guard"]["cells"].items()) {
        const CsvRows rows = readCsv(bytesOf(out / file.key()));
        for (const auto& column : file.value().items()) {
            for (const json& row : column.value()) {
                CHECK(cellAt(rows, row.get<size_t>(), column.key()).starts_with("'"));
                ++guarded;
            }
        }
    }
    CHECK(guarded == manifest["counts"]["guarded_cells"]);
    CHECK(guarded > 0);
    struct stat info = {};
    REQUIRE(::stat((out / "labs.csv").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    REQUIRE(::stat(out.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0700);
}

TEST_CASE_METHOD(Fixture,
                 "verifying finds every file that is not as it was",
                 "[extract][manifest]") {
    must(write(ExportProfile::Analysis, out));
    const fs::path manifest = out / "manifest.json";
    CHECK(differences(manifest, false).empty());
    CHECK(differences(manifest, true).empty());

    const json written = json::parse(bytesOf(manifest));
    for (const json& file : written["files"]) {
        const std::string name = file["name"];
        CAPTURE(name);
        const std::string before = bytesOf(out / name);
        flipByte(out / name);
        const auto changed = differences(manifest, false);
        REQUIRE(changed.size() == 1);
        CHECK(changed[0].subject == name);
        CHECK(changed[0].what == "changed");
        fs::remove(out / name);
        REQUIRE(differences(manifest, false).size() == 1);
        CHECK(differences(manifest, false)[0].what == "missing");
        put(out / name, before);
    }
    CHECK(differences(manifest, false).empty());

    SECTION("and a document") {
        flipByte(source);
        const auto changed = differences(manifest, false);
        REQUIRE(changed.size() == 1);
        CHECK_THAT(changed[0].subject, Catch::Matchers::Contains("visit.pdf"));
        fs::remove(source);
        CHECK(differences(manifest, false).at(0).what == "missing");
    }
    SECTION("and a decision in the library") {
        reviewVisit(db, runId);
        CHECK(differences(manifest, false).empty());
        REQUIRE(differences(manifest, true).size() == 1);
        CHECK_THAT(differences(manifest, true)[0].what, Catch::Matchers::Contains("library"));
    }
    SECTION("and a library that knows nothing of it") {
        Database other = must(Database::openInMemory());
        const auto found = must(verifyManifest(manifest, &other));
        CHECK(found.size() == 2); // run and template
    }
}

TEST_CASE_METHOD(Fixture, "a single file has a manifest beside it", "[extract][manifest]") {
    for (const ExportProfile profile : {ExportProfile::ExcelXlsx, ExportProfile::JsonLines}) {
        const fs::path file = folder.path() / "one";
        must(write(profile, file));
        CHECK(differences(file.string() + ".manifest.json", true).empty());
        flipByte(file);
        CHECK(differences(file.string() + ".manifest.json", true).size() == 1);
    }
}

TEST_CASE_METHOD(Fixture, "what is no manifest is refused", "[extract][manifest]") {
    const fs::path path = folder.path() / "m.json";
    const auto verify = [&](const std::string& text) {
        put(path, text);
        const auto result = verifyManifest(path, nullptr);
        return result.ok() ? ErrorCode::Cancelled : result.error().code;
    };

    CHECK(verifyManifest(folder.path() / "none", nullptr).error().code == ErrorCode::NotFound);
    CHECK(verifyManifest(folder.path(), nullptr).error().code == ErrorCode::InvalidInput);
    for (
        const std::string bad :
        {"",
         "{}",
         "[]",
         "null",
         "\xFF",
         "{\"format\":3}",
         R"({"format":"attest-export-manifest"})",
         R"({"format":"attest-export-manifest","format_version":"1"})",
         R"({"format":"attest-export-manifest","format_version":1,"files":{}})",
         R"({"format":"attest-export-manifest","format_version":1,"files":[1],"documents":[],"templates":[],"models":[]})",
         R"({"format":"attest-export-manifest","format_version":1,"files":[{"name":"../x"}],"documents":[],"templates":[],"models":[]})",
         R"({"format":"attest-export-manifest","format_version":1,"files":[{"name":".."}],"documents":[],"templates":[],"models":[]})"}) {
        CAPTURE(bad);
        CHECK(verify(bad) == ErrorCode::InvalidInput);
    }
    CHECK(verify(std::string(1000000, '[')) == ErrorCode::InvalidInput);
    CHECK(verify(R"({"format":"attest-export-manifest","format_version":2})") ==
          ErrorCode::Unsupported);
    // Cut off anywhere it is no manifest either.
    must(write(ExportProfile::Redcap, out));
    const std::string whole = bytesOf(out / "manifest.json");
    for (size_t size = 0; size + 2 < whole.size(); size += 37) {
        CAPTURE(size);
        CHECK(verify(whole.substr(0, size)) == ErrorCode::InvalidInput);
    }
}

TEST_CASE_METHOD(Fixture,
                 "an older export is replaced as a whole and nothing else is",
                 "[extract][manifest]") {
    must(write(ExportProfile::Analysis, out));
    REQUIRE(fs::exists(out / "labs.csv"));

    SECTION("by another profile, whose files are others") {
        must(write(ExportProfile::Redcap, out));
        CHECK_FALSE(fs::exists(out / "labs.csv"));
        CHECK(fs::exists(out / "records.csv"));
        CHECK(differences(out / "manifest.json", true).empty());
    }
    SECTION("through a link, which stays") {
        fs::create_directory_symlink(out, folder.path() / "link");
        must(write(ExportProfile::Redcap, folder.path() / "link"));
        CHECK(fs::is_symlink(folder.path() / "link"));
        CHECK(fs::exists(out / "records.csv"));
        fs::remove(folder.path() / "link");
    }
    SECTION("named with a slash at the end") {
        must(write(ExportProfile::Redcap, out.string() + "/"));
        CHECK(fs::exists(out / "records.csv"));
    }
    SECTION("but not with a file of the user's in it") {
        put(out / "analysis.R", "x <- 1");
        const std::string before = bytesOf(out / "manifest.json");
        const auto result = write(ExportProfile::Redcap, out);
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().code == ErrorCode::InvalidInput);
        CHECK_THAT(result.error().message, Catch::Matchers::Contains("analysis.R"));
        CHECK(bytesOf(out / "manifest.json") == before);
        CHECK(bytesOf(out / "analysis.R") == "x <- 1");
        CHECK(fs::exists(out / "labs.csv"));
    }
    SECTION("nor a folder that no export wrote") {
        const fs::path own = folder.path() / "own";
        fs::create_directory(own);
        must(write(ExportProfile::Redcap, own)); // empty
        fs::remove(own / "manifest.json");
        CHECK(write(ExportProfile::Redcap, own).error().code == ErrorCode::InvalidInput);
        // A manifest that lists what is not in its folder gives no right to it.
        put(own / "manifest.json",
            R"({"format":"attest-export-manifest","format_version":1,"files":[{"name":"records.csv"},)"
            R"({"name":"../visit.pdf"}],"documents":[],"templates":[],"models":[]})");
        CHECK(write(ExportProfile::Redcap, own).error().code == ErrorCode::InvalidInput);
        CHECK(fs::exists(source));
        fs::remove_all(own);
    }
    SECTION("nor a file where a folder is to be, nor the other way round") {
        CHECK(write(ExportProfile::Redcap, source).error().code == ErrorCode::InvalidInput);
        CHECK(write(ExportProfile::ExcelXlsx, out).error().code == ErrorCode::InvalidInput);
        CHECK(write(ExportProfile::Redcap, "/").error().code == ErrorCode::InvalidInput);
        CHECK(write(ExportProfile::Redcap, folder.path() / "none" / "x").error().code ==
              ErrorCode::NotFound);
        put(folder.path() / "x.csv.manifest.json", "mine");
        CHECK(write(ExportProfile::ExcelCsv, folder.path() / "x.csv").error().code ==
              ErrorCode::InvalidInput);
        CHECK(bytesOf(folder.path() / "x.csv.manifest.json") == "mine");
        fs::remove(folder.path() / "x.csv.manifest.json");
    }
    CHECK(names() == std::set<std::string>{"out"}); // nothing temporary stays behind
}

TEST_CASE_METHOD(Fixture, "a cancelled export leaves the target as it was", "[extract][manifest]") {
    must(write(ExportProfile::Analysis, out));
    must(write(ExportProfile::ExcelXlsx, folder.path() / "x.xlsx"));
    const std::string before = bytesOf(out / "manifest.json");
    const std::string bookBefore = bytesOf(folder.path() / "x.xlsx");
    const auto filesBefore = names();
    std::stop_source stop;
    // Cancelled in the middle: after the last document, before anything takes its place.
    const attest::ProgressFn cancel = [&](attest::Progress) {
        stop.request_stop();
    };

    const auto folderResult =
        writeExport(db, asked(ExportProfile::Redcap), out, cancel, stop.get_token());
    const auto bookResult = writeExport(
        db, asked(ExportProfile::ExcelXlsx), folder.path() / "x.xlsx", cancel, stop.get_token());

    CHECK(folderResult.error().code == ErrorCode::Cancelled);
    CHECK(bookResult.error().code == ErrorCode::Cancelled);
    CHECK(bytesOf(out / "manifest.json") == before);
    CHECK(bytesOf(folder.path() / "x.xlsx") == bookBefore);
    CHECK(names() == filesBefore);
}

TEST_CASE_METHOD(Fixture, "a full disk leaves the older report as it was", "[extract][manifest]") {
    const ExportProfile profile = GENERATE(ExportProfile::Analysis,
                                           ExportProfile::Redcap,
                                           ExportProfile::ExcelCsv,
                                           ExportProfile::ExcelXlsx,
                                           ExportProfile::JsonLines);
    const bool isFolder = profile == ExportProfile::Analysis || profile == ExportProfile::Redcap;
    const fs::path target = folder.path() / (isFolder ? "out" : "out.file");
    const fs::path manifest =
        isFolder ? target / "manifest.json" : fs::path(target.string() + ".manifest.json");
    must(write(profile, target));
    const std::string before = bytesOf(manifest);
    const auto namesBefore = names();
    for (int i = 0; i < 60; ++i) {
        must(saveRun(db, pastedVisit("more" + std::to_string(i))));
    }

    // In a process of its own, whose files may not become large. Different limits make different
    // steps of writing fail.
    size_t failures = 0;
    for (rlim_t limit = 512; limit < 400000; limit *= 2) {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit bytes = {limit, limit};
            ::setrlimit(RLIMIT_FSIZE, &bytes);
            const auto result = write(profile, target);
            ::_exit(result.ok() ? 0 : result.error().code == ErrorCode::OutOfResources ? 1 : 2);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFEXITED(status));
        CAPTURE(limit, WEXITSTATUS(status));
        if (WEXITSTATUS(status) == 0) {
            break; // large enough
        }
        CHECK(WEXITSTATUS(status) == 1);
        ++failures;
        CHECK(bytesOf(manifest) == before);
        CHECK(differences(manifest, false).empty());
        CHECK(names() == namesBefore);
    }
    CHECK(failures > 0);
    must(write(profile, target));
    CHECK(differences(manifest, true).empty());
}

TEST_CASE_METHOD(Fixture,
                 "a file system that is really full leaves the older report as it was",
                 "[extract][manifest]") {
    const fs::path disk = folder.path() / "disk";
    fs::create_directory(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=256k") != 0) {
        WARN("no right to mount: only limits of file sizes were tried");
        fs::remove(disk);
        return;
    }
    for (const ExportProfile profile :
         {ExportProfile::Analysis, ExportProfile::ExcelXlsx, ExportProfile::JsonLines}) {
        const bool isFolder = profile == ExportProfile::Analysis;
        const fs::path target = disk / "report";
        const fs::path manifest =
            isFolder ? target / "manifest.json" : fs::path(target.string() + ".manifest.json");
        must(write(profile, target));
        const std::string before = bytesOf(manifest);
        Database full = must(Database::openInMemory());
        for (int i = 0; i < 400; ++i) {
            must(saveRun(full, pastedVisit("more" + std::to_string(i))));
        }

        const auto result = writeExport(full, asked(profile), target, {}, {});

        CAPTURE(toString(profile));
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().code == ErrorCode::OutOfResources);
        CHECK(bytesOf(manifest) == before);
        CHECK(differences(manifest, false).empty());
        CHECK(std::distance(fs::directory_iterator(disk), fs::directory_iterator()) ==
              (isFolder ? 1 : 2));
        fs::remove_all(target);
        fs::remove(manifest);
    }
    // libxlsxwriter keeps its nameless files open after an error, so the disk is busy.
    REQUIRE(::umount2(disk.c_str(), MNT_DETACH) == 0);
}

TEST_CASE_METHOD(Fixture,
                 "hostile text comes out of every profile whole and harmless",
                 "[extract][manifest]") {
    const std::string huge(1U << 20, 'x');
    const std::string page =
        "=cmd|' /C calc'!A0 \x1b[31m \uFF1D1 \u202Eabc \U0001F600 a,\"b\";c d " + huge;
    auto run = emptyVisit("=evil\x01.pdf", page);
    run.document.path.clear();
    run.run.path.clear();
    const ValueMaker make{run};
    make.add("", -1, "patient", "=cmd|' /C calc'!A0");
    make.add("", -1, "smoker", "\x1b[31m", Normalise::None, "\x1b[31m");
    make.add("labs", 0, "test", huge.c_str());
    make.add("labs", 1, "test", "\uFF1D1");
    make.add("labs", 2, "test", "a,\"b\";c d");
    make.add("allergies", 0, "allergies", "\U0001F600");
    const std::int64_t id = must(saveRun(db, run)).documentId;

    SECTION("CSV, read by Python and SQLite") {
        must(write(ExportProfile::Analysis, out));
        const CsvRows labs = readCsv(bytesOf(out / "labs.csv"));
        REQUIRE(labs.size() == 1 + 3 + 3);
        CHECK(cellAt(labs, 4, "test") == huge);
        CHECK(cellAt(labs, 5, "test") == "'\uFF1D1");
        CHECK(cellAt(labs, 6, "test") == "a,\"b\";c d");
        const CsvRows documents = readCsv(bytesOf(out / "documents.csv"));
        CHECK(cellAt(documents, 2, "patient") == "'=cmd|' /C calc'!A0");
        CHECK(cellAt(documents, 2, "smoker") == "\uFFFD[31m");
        CHECK(cellAt(documents, 2, "source_file") == "'=evil\uFFFD.pdf");
        if (hasPython()) {
            const auto python = runProgram(
                "/usr/bin/env",
                {"python3",
                 "-c",
                 "import csv, glob, json, sys\n"
                 "csv.field_size_limit(10**9)\n"
                 "read = lambda p: list(csv.reader(open(p, encoding='utf-8', newline=''),"
                 " strict=True))\n"
                 "tables = {p.rsplit('/', 1)[1]: read(p) for p in glob.glob(sys.argv[1] + "
                 "'/*.csv')}\n"
                 // What docs/export.md tells to undo the guard.
                 "guard = json.load(open(sys.argv[1] + '/manifest.json'))['guard']['cells']\n"
                 "for name, columns in guard.items():\n"
                 "    for column, rows in columns.items():\n"
                 "        at = tables[name][0].index(column)\n"
                 "        for row in rows: tables[name][row][at] = tables[name][row][at][1:]\n"
                 "json.dump(tables, sys.stdout)\n",
                 out.string()});
            INFO(python.errors);
            REQUIRE(python.exitCode == 0);
            const json tables = json::parse(python.output);
            CHECK(tables["labs.csv"].size() == labs.size());
            CHECK(tables["labs.csv"][5][3] == "\uFF1D1");
            CHECK(tables["labs.csv"][2][3] == "=HbA1c");
            CHECK(tables["labs.csv"][4][3] == huge);
        }
        const auto sqlite = runProgram("/usr/bin/env",
                                       {"sqlite3",
                                        ":memory:",
                                        ".mode csv",
                                        ".import '" + (out / "labs.csv").string() + "' labs",
                                        "SELECT count(*), max(length(test)) FROM labs;"});
        if (sqlite.exitCode == 0) {
            CHECK(sqlite.output.starts_with("6,1048576"));
        } else {
            WARN("no sqlite3 to import with");
        }
    }
    SECTION("workbooks, whose cells hold less") {
        const ExportCounts counts = must(write(ExportProfile::ExcelXlsx, folder.path() / "x.xlsx"));
        CHECK(counts.guardedCells == 0);
        if (hasPython()) {
            const json book = readXlsx(folder.path() / "x.xlsx");
            const std::string shortened = cellAt(book["labs"], 4, "test")[1];
            CHECK(shortened.starts_with("xxxx"));
            CHECK(shortened.ends_with("[shortened]"));
            CHECK(shortened.size() <= 32767 + 2);
            CHECK(shortened.size() > 32000);
            CHECK(cellAt(book["documents"], 2, "patient")[1] == "=cmd|' /C calc'!A0");
            CHECK(cellAt(book["documents"], 2, "smoker")[1] == "\uFFFD[31m");
            CHECK(cellAt(book["allergies"], 3, "allergies")[1] == "\U0001F600");
        }
        const json manifest = json::parse(bytesOf(folder.path() / "x.xlsx.manifest.json"));
        CHECK(manifest["counts"]["shortened_cells"].get<int>() > 0);
    }
    SECTION("JSON Lines") {
        must(write(ExportProfile::JsonLines, folder.path() / "x.jsonl"));
        const std::string text = bytesOf(folder.path() / "x.jsonl");
        const json line = json::parse(text.substr(text.find('\n') + 1));
        CHECK(line["values"]["labs"][0]["test"] == huge);
        CHECK(line["values"]["smoker"] == "\x1b[31m");
    }
    CHECK(id == 2);
}
