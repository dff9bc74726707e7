#include "extract/export.h"

#include "export_support.h"

#include "base/sha256.h"
#include "extract/export/csv_writer.h"
#include "storage/database.h"
#include "storage/sample_run.h"
#include "support/catch.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace attest::extract;
using attest::ErrorCode;
using attest::Result;
using attest::storage::Database;
using attest::storage::NewRun;
using namespace attest::test;

namespace fs = std::filesystem;

namespace {

struct StringSink : TextSink {
    std::string text;

    Result<void> write(std::string_view bytes) override {
        text += bytes;
        return {};
    }
};

// The sample run as an answer to the built-in template of that name.
NewRun medicationsRun(const std::string& name) {
    NewRun run = sampleRun(name);
    run.asked.json =
        bytesOf(fs::path(ATTEST_SOURCE_DIR) / "resources" / "templates" / "medications.json");
    run.asked.sha256 = attest::sha256Hex(run.asked.json);
    return run;
}

Database filled(const std::vector<NewRun>& runs) {
    auto db = Database::openInMemory();
    REQUIRE(db.ok());
    for (const NewRun& run : runs) {
        REQUIRE(saveRun(db.value(), run).ok());
    }
    return std::move(db).value();
}

std::string csvOf(Database& db, const CsvOptions& options, ExportReport* report = nullptr) {
    StringSink sink;
    const auto runs = latestRuns(db, {}).value();
    const auto result = writeCsv(sink, db, runs, options);
    REQUIRE(result.ok());
    if (report != nullptr) {
        *report = result.value();
    }
    return sink.text;
}

} // namespace

TEST_CASE("cells that a spreadsheet would run are guarded", "[extract][csv]") {
    for (const std::string dangerous :
         {"=1+1",     "+1",        "-3.2",    "@SUM(A1)",    "\tx",         "\rx",     "\n=x",
          "  =1",     "\"=1",      "'=1",     "\u00A0=1",    "\u200B=1",    "\uFF1D1", "\uFF0B1",
          "\uFF0D1",  "\uFF20x",   "\uFE66x", "\u202E=1",    " \u00A0 '=1", "a\n=1",   "a\r=1",
          "a\r\n =1", "a\u2028=1", "a\v+1",   "a\n\n\uFF0B1"}) {
        CAPTURE(dangerous);
        CHECK(needsGuard(dangerous));
    }
    CHECK(needsGuard(std::string(1, '\0')));
    for (const std::string harmless :
         {"", "5 mg", "a=b", "1-2", "'a", "x@y", "\u00E4", "a\nb", "a\r\nb", "a\nb=c"}) {
        CAPTURE(harmless);
        CHECK_FALSE(needsGuard(harmless));
    }
}

TEST_CASE("typed cells keep numbers and dates as they are", "[extract][csv]") {
    StringSink sink;
    CsvWriter csv(sink, {});

    REQUIRE(csv.header({"a", "b", "c", "d", "e", "f", "g"}).ok());
    REQUIRE(csv.row({numberCell("-3.2"),
                     dateCell("2024-03-01"),
                     numberCell("-cmd"),
                     textCell(""),
                     textCell("-3.2"),
                     integerCell(-7),
                     codeCell("<=")})
                .ok());

    CHECK(sink.text == "a,b,c,d,e,f,g\r\n-3.2,2024-03-01,'-cmd,,'-3.2,-7,<=\r\n");
    REQUIRE(csv.guarded().size() == 2);
    CHECK(csv.guarded()[0].row == 1);
    CHECK(csv.guarded()[0].column == 2);
    CHECK(csv.guarded()[1].column == 4);
}

TEST_CASE("a dialect decides marks, separators and line ends", "[extract][csv]") {
    StringSink sink;
    CsvWriter csv(sink, {';', "\n", true, true});

    REQUIRE(csv.header({"a"}).ok());
    REQUIRE(csv.row({numberCell("3.5"), textCell("3.5"), textCell("a;b"), textCell("a,b")}).ok());

    CHECK(sink.text == "\xEF\xBB\xBF"
                       "a\n3,5;3.5;\"a;b\";a,b\n");
}

TEST_CASE("what no file format can hold becomes a replacement character", "[extract][csv]") {
    CHECK(textCell(std::string("a\0b", 3)).text == "a\uFFFDb");
    CHECK(textCell("a\x1b[31m\x7f").text == "a\uFFFD[31m\uFFFD");
    CHECK(textCell("a\tb\r\n").text == "a\tb\r\n");
    CHECK(textCell("\xFF\uFFFF\U0001F600").text == "\uFFFD\uFFFD\U0001F600");
    CHECK(textCell("").kind == CellKind::Blank);
    CHECK(dateCell("2024-02-30").kind == CellKind::Text);
    CHECK(dateCell("2024-02-29").kind == CellKind::Date);
    for (const std::string no : {"", "-", ".5", "5.", "1e5", "1,5", "0x1", " 1", "--1", "1.2.3"}) {
        CAPTURE(no);
        CHECK_FALSE(isPlainNumber(no));
    }
}

TEST_CASE("whatever is written is read back, by this reader and by Python's", "[extract][csv]") {
    constexpr int kRows = 20000;
    constexpr size_t kColumns = 4;
    const std::vector<std::string> pieces = {"a",
                                             "\"",
                                             ",",
                                             "\r\n",
                                             "\n",
                                             "\r",
                                             " ",
                                             "=",
                                             "-",
                                             "+",
                                             "@",
                                             "\t",
                                             "'",
                                             "\u00E4",
                                             "\U0001F600",
                                             ";",
                                             "0",
                                             "\""};
    std::mt19937 random(7);
    CsvRows expected;
    StringSink sink;
    CsvWriter csv(sink, {});
    for (int i = 0; i < kRows; ++i) {
        std::vector<std::string> row(kColumns);
        Row cells;
        for (std::string& value : row) {
            for (size_t n = random() % 6; n > 0; --n) {
                value += pieces[random() % pieces.size()];
            }
            cells.push_back(textCell(value));
        }
        REQUIRE(csv.row(cells).ok());
        expected.push_back(std::move(row));
    }

    const CsvRows rows = readCsv(sink.text, ',', "\r\n");

    REQUIRE(rows.size() == expected.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        std::vector<std::string> plain;
        for (const std::string& value : rows[i]) {
            plain.push_back(withoutGuard(value));
        }
        if (plain != expected[i]) {
            CAPTURE(i);
            CHECK(plain == expected[i]);
        }
    }

    const auto python = attest::test::runProgram("/usr/bin/env", {"python3", "--version"});
    if (python.exitCode != 0) {
        WARN("no python3: only this test's own reader was tried");
        return;
    }
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "t.csv", std::ios::binary) << sink.text;
    const auto read = attest::test::runProgram(
        "/usr/bin/env",
        {"python3",
         "-c",
         "import csv, sys\n"
         "out = open(sys.argv[2], 'w', encoding='utf-8', newline='')\n"
         "for row in csv.reader(open(sys.argv[1], encoding='utf-8', newline=''), strict=True):\n"
         "    out.write('\\x1f'.join(row) + '\\x1e')\n",
         (folder.path() / "t.csv").string(),
         (folder.path() / "t.out").string()});
    CAPTURE(read.errors);
    REQUIRE(read.exitCode == 0);
    std::string ours;
    for (const auto& row : rows) {
        for (size_t i = 0; i < row.size(); ++i) {
            ours += (i > 0 ? "\x1f" : "") + row[i];
        }
        ours += '\x1e';
    }
    CHECK((bytesOf(folder.path() / "t.out") == ours));
}

TEST_CASE("the long table has a row per value with its place", "[extract][export]") {
    NewRun empty = medicationsRun("empty.pdf");
    empty.document.status = "no-text";
    empty.run.status = "nothing-to-read";
    empty.values.clear();
    Database db = filled({medicationsRun("=a,b.pdf"), empty});
    ExportReport report;

    const CsvRows rows = readCsv(csvOf(db, {}, &report), ',', "\r\n");

    REQUIRE(rows.size() == 5);
    for (const auto& row : rows) {
        CHECK(row.size() == rows[0].size());
    }
    CHECK(cellAt(rows, 1, "source_file") == "'=a,b.pdf");
    CHECK(cellAt(rows, 1, "group") == "medications");
    CHECK(cellAt(rows, 1, "instance") == "1");
    CHECK(cellAt(rows, 1, "field") == "drug");
    CHECK(cellAt(rows, 1, "value") == "Metformin");
    CHECK(cellAt(rows, 1, "template") == "medications@1");
    CHECK(cellAt(rows, 1, "run_id") == "1");
    CHECK(cellAt(rows, 2, "value") == "500");
    CHECK(cellAt(rows, 2, "value_src") == "500 mg");
    CHECK(cellAt(rows, 2, "unit") == "mg");
    CHECK(cellAt(rows, 2, "page") == "1");
    CHECK(cellAt(rows, 2, "char_start") == "10");
    CHECK(cellAt(rows, 2, "char_end") == "16");
    CHECK(cellAt(rows, 2, "snippet") == "500 mg");
    CHECK(cellAt(rows, 3, "status") == "PEND");
    CHECK(cellAt(rows, 3, "value").empty());
    CHECK(cellAt(rows, 3, "page").empty());
    CHECK(cellAt(rows, 4, "status") == "ILL");
    CHECK(cellAt(rows, 4, "document_status") == "no-text");
    CHECK(cellAt(rows, 4, "source_file") == "empty.pdf");
    CHECK(report.documents == 2);
    CHECK(report.rows == 4);
    CHECK(report.guardedCells == 3);
}

TEST_CASE("the wide table of a list has a row per item and its fields as columns",
          "[extract][export]") {
    NewRun two = medicationsRun("two.pdf");
    for (size_t i = 0; i < 3; ++i) {
        auto value = two.values[i];
        value.instance = 1;
        two.values.push_back(value);
    }
    NewRun none = medicationsRun("none.pdf");
    none.values.clear();
    Database db = filled({two, none});

    const CsvRows rows = readCsv(csvOf(db, {CsvLayout::Wide, ""}), ',', "\r\n");

    REQUIRE(rows.size() == 4);
    CHECK(cellAt(rows, 1, "source_file") == "two.pdf");
    CHECK(cellAt(rows, 1, "instance") == "1");
    CHECK(cellAt(rows, 2, "instance") == "2");
    CHECK(cellAt(rows, 1, "drug") == "Metformin");
    CHECK(cellAt(rows, 1, "dose") == "500");
    CHECK(cellAt(rows, 1, "dose_src") == "500 mg");
    CHECK(cellAt(rows, 1, "dose_unit") == "mg");
    CHECK(cellAt(rows, 1, "route").empty());
    CHECK(cellAt(rows, 1, "status").empty()); // the template's own field
    CHECK(cellAt(rows, 1, "page") == "1");
    CHECK(cellAt(rows, 1, "char_start") == "0");
    CHECK(cellAt(rows, 1, "char_end") == "9");
    CHECK(cellAt(rows, 1, "snippet") == "Metformin");
    CHECK(cellAt(rows, 1, "document_status") == "ok");
    CHECK(cellAt(rows, 3, "source_file") == "none.pdf");
    CHECK(cellAt(rows, 3, "instance").empty());
}

TEST_CASE("the wide table of single fields has a row per document", "[extract][export]") {
    NewRun run = sampleRun("card.pdf");
    run.asked.json =
        bytesOf(fs::path(ATTEST_SOURCE_DIR) / "resources" / "templates" / "discharge_summary.json");
    run.asked.sha256 = attest::sha256Hex(run.asked.json);
    run.asked.id = "discharge_summary";
    auto single = run.values[0];
    single.group.clear();
    single.instance = -1;
    single.field = "principal_diagnosis";
    run.values.insert(run.values.begin(), single);
    Database db = filled({run});
    ExportReport report;

    const CsvRows rows = readCsv(csvOf(db, {CsvLayout::Wide, ""}, &report), ',', "\r\n");

    REQUIRE(rows.size() == 2);
    CHECK(cellAt(rows, 1, "principal_diagnosis") == "Metformin");
    CHECK(cellAt(rows, 1, "medications_count") == "1");
    CHECK(cellAt(rows, 1, "admission_date").empty());
    CHECK(report.leftOutGroups ==
          std::vector<std::string>{"procedures", "medications", "follow_up"});

    SECTION("and its groups can be chosen by name") {
        const CsvRows items = readCsv(csvOf(db, {CsvLayout::Wide, "medications"}), ',', "\r\n");
        REQUIRE(items.size() == 2);
        CHECK(cellAt(items, 1, "principal_diagnosis") == "Metformin");
        CHECK(cellAt(items, 1, "instance") == "1");
    }
    SECTION("and an unknown group is refused") {
        StringSink sink;
        const auto runs = latestRuns(db, {}).value();
        const auto result = writeCsv(sink, db, runs, {CsvLayout::Wide, "nothing"});
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().code == ErrorCode::InvalidInput);
    }
    SECTION("and two templates are not one table") {
        REQUIRE(saveRun(db, medicationsRun("m.pdf")).ok());
        StringSink sink;
        const auto runs = latestRuns(db, {}).value();
        CHECK_FALSE(writeCsv(sink, db, runs, {CsvLayout::Wide, ""}).ok());
    }
}

TEST_CASE("a line of JSON Lines holds values, evidence and their places", "[extract][export]") {
    NewRun note = medicationsRun("note");
    note.run.fileName = "notes.jsonl";
    note.run.path = "notes.jsonl";
    note.run.sourceId = "n-1";
    note.document.fileName = "bad \xFF name";
    Database db = filled({medicationsRun("a.pdf"), note});
    StringSink sink;

    const auto report = writeJsonLines(sink, db, latestRuns(db, {}).value());

    REQUIRE(report.ok());
    REQUIRE(std::count(sink.text.begin(), sink.text.end(), '\n') == 2);
    const auto line = nlohmann::ordered_json::parse(sink.text.substr(0, sink.text.find('\n')));
    std::vector<std::string> keys;
    for (const auto& item : line.items()) {
        keys.push_back(item.key());
    }
    CHECK(keys == std::vector<std::string>{"file",
                                           "id",
                                           "sha256",
                                           "status",
                                           "template",
                                           "model",
                                           "pages",
                                           "reviewed",
                                           "values",
                                           "evidence",
                                           "timing"});
    CHECK(line["values"]["medications"][0]["dose"] == "500 mg");
    CHECK(line["values"]["medications"][0]["route"].is_null());
    REQUIRE(line["evidence"].size() == 2);
    CHECK(line["evidence"][1]["path"] == "/medications/0/dose");
    CHECK(line["evidence"][1]["text"] == "500 mg");
    CHECK(line["evidence"][1]["page"] == 1);
    CHECK(line["evidence"][1]["begin"] == 10);
    CHECK(line["evidence"][1]["end"] == 16);
    CHECK(line["evidence"][1]["boxes"][0] == std::vector<double>{0.3, 0.2, 0.4, 0.25});
    CHECK(line["pages"] == 2);
    const auto second = nlohmann::ordered_json::parse(sink.text.substr(sink.text.find('\n') + 1));
    CHECK(second["id"] == "n-1");
}

TEST_CASE("a file is exchanged completely or not at all", "[extract][output_file]") {
    const TemporaryFolder folder;
    const fs::path target = folder.path() / "report.csv";
    std::ofstream(target) << "old";
    const auto files = [&] {
        return std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator());
    };

    SECTION("committed") {
        auto file = OutputFile::create(target);
        REQUIRE(file.ok());
        REQUIRE(file.value().write("new").ok());
        CHECK(bytesOf(target) == "old");
        REQUIRE(file.value().commit().ok());
        CHECK(bytesOf(target) == "new");
        struct stat info = {};
        REQUIRE(::stat(target.c_str(), &info) == 0);
        CHECK((info.st_mode & 0777) == 0600);
    }
    SECTION("given up") {
        {
            auto file = OutputFile::create(target);
            REQUIRE(file.ok());
            REQUIRE(file.value().write("new").ok());
        }
        CHECK(bytesOf(target) == "old");
    }
    SECTION("through a link") {
        fs::create_symlink(target, folder.path() / "link.csv");
        {
            auto file = OutputFile::create(folder.path() / "link.csv");
            REQUIRE(file.ok());
            REQUIRE(file.value().write("new").ok());
            REQUIRE(file.value().commit().ok());
        }
        CHECK(fs::is_symlink(folder.path() / "link.csv"));
        fs::remove(folder.path() / "link.csv");
        CHECK(bytesOf(target) == "new");
    }
    SECTION("a full disk leaves the old file") {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit = {100000, 100000};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            bool isFull = false;
            {
                auto file = OutputFile::create(target);
                Result<void> result;
                for (int i = 0; i < 100 && result.ok() && file.ok(); ++i) {
                    result = file.value().write(std::string(5000, 'x'));
                }
                isFull = !result.ok() && result.error().code == ErrorCode::OutOfResources;
            }
            ::_exit(isFull ? 0 : 1);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
        CHECK(bytesOf(target) == "old");
    }
    CHECK(files() == 1); // no temporary file stays behind
}

TEST_CASE("places that cannot be written are errors", "[extract][output_file]") {
    const TemporaryFolder folder;

    CHECK(OutputFile::create(folder.path() / "none" / "x.csv").error().code == ErrorCode::NotFound);
    CHECK(OutputFile::create(folder.path()).error().code == ErrorCode::Io);
    CHECK(OutputFile::create("/dev/full").error().code == ErrorCode::Io);
}
