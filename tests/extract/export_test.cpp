#include "extract/export.h"

#include "base/sha256.h"
#include "extract/export/csv_writer.h"
#include "storage/database.h"
#include "storage/sample_run.h"
#include "support/catch.h"
#include "support/run_program.h"

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
using attest::test::sampleRun;
using attest::test::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct StringSink : TextSink {
    std::string text;

    Result<void> write(std::string_view bytes) override {
        text += bytes;
        return {};
    }
};

std::string bytesOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// A reader of its own, by RFC 4180's grammar.
Rows readCsv(const std::string& text) {
    Rows rows(1, std::vector<std::string>(1));
    bool isQuoted = false;
    for (size_t i = 0; i < text.size(); ++i) {
        std::string& cell = rows.back().back();
        if (isQuoted) {
            if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') {
                cell += text[++i];
            } else if (text[i] == '"') {
                isQuoted = false;
            } else {
                cell += text[i];
            }
        } else if (text[i] == '"') {
            REQUIRE(cell.empty());
            isQuoted = true;
        } else if (text[i] == ',') {
            rows.back().emplace_back();
        } else if (text[i] == '\r') {
            REQUIRE(text.at(++i) == '\n');
            rows.emplace_back(1);
        } else {
            REQUIRE(text[i] != '\n');
            cell += text[i];
        }
    }
    REQUIRE_FALSE(isQuoted);
    REQUIRE(rows.back() == std::vector<std::string>(1)); // the last line ends with CRLF
    rows.pop_back();
    return rows;
}

std::string cell(const Rows& rows, size_t row, const std::string& column) {
    for (size_t i = 0; i < rows.at(0).size(); ++i) {
        if (rows[0][i] == column) {
            return rows.at(row).at(i);
        }
    }
    FAIL("no column " << column);
    return {};
}

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
    for (const std::string dangerous : {"=1+1",
                                        "+1",
                                        "-3.2",
                                        "@SUM(A1)",
                                        "\tx",
                                        "\rx",
                                        "\n=x",
                                        "  =1",
                                        "\"=1",
                                        "'=1",
                                        "\u00A0=1",
                                        "\u200B=1",
                                        "\uFF1D1",
                                        "\uFF0B1",
                                        "\uFF0D1",
                                        "\uFF20x",
                                        "a\n=1"}) {
        CAPTURE(dangerous);
        CHECK(needsGuard(dangerous));
    }
    CHECK(needsGuard(std::string(1, '\0')));
    for (const std::string harmless : {"", "5 mg", "a=b", "1-2", "'a", "x@y", "\u00E4", "a\nb"}) {
        CAPTURE(harmless);
        CHECK_FALSE(needsGuard(harmless));
    }
}

TEST_CASE("typed cells keep numbers and dates as they are", "[extract][csv]") {
    StringSink sink;
    CsvWriter csv(sink);

    csv.typed("-3.2").typed("2024-03").typed("-cmd").typed("").text("-3.2").integer(-7);

    REQUIRE(csv.endRow().ok());
    CHECK(sink.text == "-3.2,2024-03,'-cmd,,'-3.2,-7\r\n");
    CHECK(csv.guardedCells() == 2);
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
    Rows expected;
    StringSink sink;
    CsvWriter csv(sink);
    for (int i = 0; i < kRows; ++i) {
        std::vector<std::string> row(i % 50 == 0 ? 1 : kColumns);
        for (std::string& value : row) {
            for (size_t n = random() % 6; n > 0; --n) {
                value += pieces[random() % pieces.size()];
            }
            csv.text(value);
        }
        REQUIRE(csv.endRow().ok());
        expected.push_back(std::move(row));
    }

    const Rows rows = readCsv(sink.text);

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

    const Rows rows = readCsv(csvOf(db, {}, &report));

    REQUIRE(rows.size() == 5);
    for (const auto& row : rows) {
        CHECK(row.size() == rows[0].size());
    }
    CHECK(cell(rows, 1, "file") == "'=a,b.pdf");
    CHECK(cell(rows, 1, "group") == "medications");
    CHECK(cell(rows, 1, "instance") == "1");
    CHECK(cell(rows, 1, "field") == "drug");
    CHECK(cell(rows, 1, "value") == "Metformin");
    CHECK(cell(rows, 1, "template") == "medications@1");
    CHECK(cell(rows, 1, "model") == "tiny");
    CHECK(cell(rows, 2, "value") == "500 mg");
    CHECK(cell(rows, 2, "normalised") == "500");
    CHECK(cell(rows, 2, "unit") == "mg");
    CHECK(cell(rows, 2, "page") == "1");
    CHECK(cell(rows, 2, "begin") == "10");
    CHECK(cell(rows, 2, "end") == "16");
    CHECK(cell(rows, 2, "text") == "500 mg");
    CHECK(cell(rows, 3, "status") == "not-stated");
    CHECK(cell(rows, 3, "value").empty());
    CHECK(cell(rows, 3, "page").empty());
    CHECK(cell(rows, 4, "status") == "no-text");
    CHECK(cell(rows, 4, "file") == "empty.pdf");
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

    const Rows rows = readCsv(csvOf(db, {CsvLayout::Wide, ""}));

    REQUIRE(rows.size() == 4);
    CHECK(cell(rows, 1, "file") == "two.pdf");
    CHECK(cell(rows, 1, "instance") == "1");
    CHECK(cell(rows, 2, "instance") == "2");
    CHECK(cell(rows, 1, "drug") == "Metformin");
    CHECK(cell(rows, 1, "dose") == "500 mg");
    CHECK(cell(rows, 1, "dose_norm") == "500");
    CHECK(cell(rows, 1, "dose_unit") == "mg");
    CHECK(cell(rows, 1, "route").empty());
    CHECK(cell(rows, 1, "status").empty()); // the template's own field
    CHECK(cell(rows, 1, "page") == "1");
    CHECK(cell(rows, 1, "begin") == "0");
    CHECK(cell(rows, 1, "end") == "9");
    CHECK(cell(rows, 1, "text") == "Metformin");
    CHECK(cell(rows, 1, "document_status") == "ok");
    CHECK(cell(rows, 3, "file") == "none.pdf");
    CHECK(cell(rows, 3, "document_status") == "none-found");
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

    const Rows rows = readCsv(csvOf(db, {CsvLayout::Wide, ""}, &report));

    REQUIRE(rows.size() == 2);
    CHECK(cell(rows, 1, "principal_diagnosis") == "Metformin");
    CHECK(cell(rows, 1, "principal_diagnosis_page") == "1");
    CHECK(cell(rows, 1, "principal_diagnosis_end") == "9");
    CHECK(cell(rows, 1, "admission_date").empty());
    CHECK(report.leftOutGroups ==
          std::vector<std::string>{"procedures", "medications", "follow_up"});

    SECTION("and its groups can be chosen by name") {
        const Rows items = readCsv(csvOf(db, {CsvLayout::Wide, "medications"}));
        REQUIRE(items.size() == 2);
        CHECK(cell(items, 1, "principal_diagnosis") == "Metformin");
        CHECK(cell(items, 1, "instance") == "1");
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
