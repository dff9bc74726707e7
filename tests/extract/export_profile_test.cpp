// What every profile makes of a document after review.
#include "extract/export_profile.h"

#include "export_support.h"

#include "extract/export/column_names.h"
#include "extract/export/csv_writer.h"
#include "extract/export/export_plan.h"
#include "support/temporary_folder.h"

#include <set>
#include <sstream>

using namespace attest::extract;
using namespace attest::test;
using attest::ErrorCode;
using attest::storage::Database;
using attest::storage::Verdict;
using nlohmann::json;

namespace fs = std::filesystem;

namespace {

struct Fixture {
    TemporaryFolder folder;
    Database db = must(Database::openInMemory());
    std::int64_t runId = must(saveRun(db, visitRun("visit.pdf"))).runId;

    ExportCounts write(const ExportRequest& request, const std::string& target) {
        return must(writeExport(db, request, folder.path() / target, {}, {}));
    }

    CsvRows table(const std::string& path) { return readCsv(bytesOf(folder.path() / path)); }
};

ExportRequest asked(ExportProfile profile) {
    ExportRequest request;
    request.profile = profile;
    request.templateId = "visit";
    return request;
}

size_t rowWhere(const CsvRows& rows,
                const std::string& column,
                const std::string& value,
                const std::string& other = "record_id",
                const std::string& otherValue = "1") {
    for (size_t i = 1; i < rows.size(); ++i) {
        if (cellAt(rows, i, column) == value && cellAt(rows, i, other) == otherValue) {
            return i;
        }
    }
    FAIL("no row where " << column << " is " << value);
    return 0;
}

} // namespace

TEST_CASE_METHOD(Fixture,
                 "the analysis profile writes what the review decided",
                 "[extract][export_profile]") {
    reviewVisit(db, runId);

    const ExportCounts counts = write(asked(ExportProfile::Analysis), "out");

    CHECK(counts.documents == 1);
    CHECK(counts.unreviewedDocuments == 0);
    CHECK(counts.unreviewedValues == 0);
    CHECK(counts.identifierFields == std::vector<std::string>{"patient"});
    CHECK(counts.files == std::vector<std::string>{"documents.csv",
                                                   "labs.csv",
                                                   "allergies.csv",
                                                   "long.csv",
                                                   "dictionary.csv",
                                                   "manifest.json"});
    SECTION("single fields in documents.csv") {
        const CsvRows rows = table("out/documents.csv");
        REQUIRE(rows.size() == 2);
        CHECK(cellAt(rows, 1, "record_id") == "1");
        CHECK(cellAt(rows, 1, "document_reviewed") == "1");
        CHECK(cellAt(rows, 1, "patient") == "Ann Miller");
        CHECK(cellAt(rows, 1, "patient_status") == "ok");
        CHECK(cellAt(rows, 1, "weight") == "72"); // corrected, its normal form made here
        CHECK(cellAt(rows, 1, "weight_unit") == "kg");
        CHECK(cellAt(rows, 1, "weight_src") == "72 kg");
        CHECK(cellAt(rows, 1, "weight_status") == "ok");
        CHECK(cellAt(rows, 1, "smoker").empty());
        CHECK(cellAt(rows, 1, "smoker_status") == "REJ");
        CHECK(cellAt(rows, 1, "visit_from").empty());
        CHECK(cellAt(rows, 1, "visit_text").empty());
        CHECK(cellAt(rows, 1, "visit_status") == "UNK");
        CHECK(cellAt(rows, 1, "labs_count") == "3");
        CHECK(cellAt(rows, 1, "allergies_count") == "2");
        CHECK(cellAt(rows, 1, "source_file") == "visit.pdf");
        CHECK(cellAt(rows, 1, "source_sha256").size() == 64);
        CHECK(cellAt(rows, 1, "template") == "visit@1");
        CHECK(cellAt(rows, 1, "reviewed_by") == "Dr. Who");
        CHECK(cellAt(rows, 1, "reviewed_at") == "2024-03-09T16:00:00Z");
    }
    SECTION("rows of a list without the deleted one and with the added one") {
        const CsvRows rows = table("out/labs.csv");
        REQUIRE(rows.size() == 4);
        CHECK(cellAt(rows, 1, "test") == "CRP");
        CHECK(cellAt(rows, 1, "instance") == "1");
        CHECK(cellAt(rows, 1, "value") == "0.6");
        CHECK(cellAt(rows, 1, "value_cmp") == "<");
        CHECK(cellAt(rows, 1, "value_unit") == "mg/L");
        CHECK(cellAt(rows, 1, "flag") == "very high");
        CHECK(cellAt(rows, 1, "snippet") == "CRP");
        CHECK(cellAt(rows, 1, "page") == "1");
        CHECK(cellAt(rows, 1, "bbox") == "0.125 0.25 0.5 0.26");
        CHECK(cellAt(rows, 1, "confidence_raw") == "0.5");
        CHECK(cellAt(rows, 1, "confidence") == "0.4");
        CHECK(cellAt(rows, 2, "test") == "Sodium");
        CHECK(cellAt(rows, 2, "instance") == "3"); // as it was found
        CHECK(cellAt(rows, 3, "test") == "TSH");
        CHECK(cellAt(rows, 3, "value") == "2.1");
        CHECK(cellAt(rows, 3, "flag_status") == "ND");
        CHECK(cellAt(rows, 3, "page").empty());
        CHECK(cellAt(rows, 3, "confidence_raw").empty());
        CHECK(cellAt(rows, 3, "reviewed_by") == "Dr. Who");
    }
    SECTION("the long table with origin and machine value") {
        const CsvRows rows = table("out/long.csv");
        const size_t weight = rowWhere(rows, "field", "weight");
        CHECK(cellAt(rows, weight, "value") == "72");
        CHECK(cellAt(rows, weight, "origin") == "human");
        CHECK(cellAt(rows, weight, "machine_value") == "71.5 kg");
        CHECK(cellAt(rows, weight, "rule_id").empty());
        CHECK(cellAt(rows, weight, "page").empty()); // typed, not pointed at
        const size_t smoker = rowWhere(rows, "field", "smoker");
        CHECK(cellAt(rows, smoker, "value").empty());
        CHECK(cellAt(rows, smoker, "status") == "REJ");
        CHECK(cellAt(rows, smoker, "machine_value") == "yes");
        const size_t crp = rowWhere(rows, "field", "value", "instance", "1");
        CHECK(cellAt(rows, crp, "group") == "labs");
        CHECK(cellAt(rows, crp, "variable") == "value");
        CHECK(cellAt(rows, crp, "origin") == "read");
        CHECK(cellAt(rows, crp, "confidence_raw") == "0.95");
        CHECK(cellAt(rows, crp, "confidence").empty()); // not measured
        const size_t flag = rowWhere(rows, "field", "flag", "instance", "1");
        CHECK(cellAt(rows, flag, "origin") == "judged");
        CHECK(cellAt(rows, flag, "snippet") == "CRP"); // its evidence
        const size_t deleted = rowWhere(rows, "field", "test", "instance", "2");
        CHECK(cellAt(rows, deleted, "status") == "REJ");
        CHECK(cellAt(rows, deleted, "value").empty());
        CHECK(cellAt(rows, deleted, "machine_value") == "'=HbA1c");
        const size_t allergy = rowWhere(rows, "field", "allergies", "instance", "2");
        CHECK(cellAt(rows, allergy, "value") == "latex");
    }
    SECTION("every column of every table in the dictionary") {
        const CsvRows dictionary = table("out/dictionary.csv");
        REQUIRE(dictionary.front().size() == 18);
        CHECK(dictionary[0][0] == "Variable / Field Name");
        CHECK(dictionary[0][5] == "Choices, Calculations, OR Slider Labels");
        CHECK(dictionary[0][17] == "Field Annotation");
        std::set<std::pair<std::string, std::string>> known;
        for (size_t i = 1; i < dictionary.size(); ++i) {
            known.emplace(dictionary[i][1] + ".csv", dictionary[i][0]);
        }
        for (const std::string file : {"documents.csv", "labs.csv", "allergies.csv", "long.csv"}) {
            const CsvRows rows = table("out/" + file);
            for (const std::string& column : rows.front()) {
                CAPTURE(file, column);
                CHECK(known.count({file, column}) == 1);
            }
        }
        const size_t patient =
            rowWhere(dictionary, "Variable / Field Name", "patient", "Form Name", "documents");
        CHECK(cellAt(dictionary, patient, "Identifier?") == "y");
        CHECK(cellAt(dictionary, patient, "Field Label") == "Name of the patient.");
        const size_t flag =
            rowWhere(dictionary, "Variable / Field Name", "flag", "Form Name", "labs");
        CHECK(cellAt(dictionary, flag, "Choices, Calculations, OR Slider Labels") ==
              "very high, very high | normal, normal");
    }
}

TEST_CASE_METHOD(Fixture,
                 "what nobody has reviewed is written and says so",
                 "[extract][export_profile]") {
    const ExportCounts counts = write(asked(ExportProfile::Analysis), "out");

    CHECK(counts.unreviewedDocuments == 1);
    CHECK(counts.unreviewedValues == 1); // one below the threshold
    const CsvRows documents = table("out/documents.csv");
    CHECK(cellAt(documents, 1, "patient") == "Ann Miller");
    CHECK(cellAt(documents, 1, "patient_status") == "PEND");
    CHECK(cellAt(documents, 1, "document_reviewed") == "0");
    CHECK(cellAt(documents, 1, "visit").empty()); // the day is not stated
    CHECK(cellAt(documents, 1, "visit_text") == "2024-03");
    CHECK(cellAt(documents, 1, "visit_from") == "2024-03-01");
    CHECK(cellAt(documents, 1, "visit_to") == "2024-03-31");
    CHECK(cellAt(documents, 1, "visit_src") == "2024-03");
    CHECK(cellAt(documents, 1, "smoker") == "1");
    CHECK(cellAt(documents, 1, "reviewed_by").empty());
    const CsvRows labs = table("out/labs.csv");
    CHECK(cellAt(labs, 2, "value").empty());
    CHECK(cellAt(labs, 2, "value_low") == "5");
    CHECK(cellAt(labs, 2, "value_high") == "7");
    CHECK(cellAt(labs, 2, "test") == "'=HbA1c");
    CHECK(cellAt(labs, 2, "flag_status") == "PEND");

    SECTION("and is left out when asked, which leaves nothing here") {
        ExportRequest request = asked(ExportProfile::Analysis);
        request.unreviewed = Unreviewed::LeaveOut;
        const auto result = writeExport(db, request, folder.path() / "none", {}, {});
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().code == ErrorCode::NotFound);
        CHECK_FALSE(fs::exists(folder.path() / "none"));
    }
    SECTION("and a finished run says that what was left as it was is right") {
        must(setRunFinished(db, runId, true, "Eve", kReviewTime));
        write(asked(ExportProfile::Analysis), "out");
        CHECK(cellAt(table("out/documents.csv"), 1, "patient_status") == "ok");
        CHECK(cellAt(table("out/labs.csv"), 2, "flag_status") == "ND");
    }
}

TEST_CASE_METHOD(Fixture,
                 "REDCap rows have both repeat columns, unique names and form states",
                 "[extract][export_profile]") {
    reviewVisit(db, runId);
    must(saveRun(db, visitRun("other.pdf")));

    write(asked(ExportProfile::Redcap), "redcap");

    const CsvRows rows = table("redcap/records.csv");
    CHECK(rows[0][0] == "record_id");
    CHECK(rows[0][1] == "redcap_repeat_instrument");
    CHECK(rows[0][2] == "redcap_repeat_instance");
    CHECK(std::set<std::string>(rows[0].begin(), rows[0].end()).size() == rows[0].size());
    REQUIRE(rows.size() == 1 + (1 + 3 + 2) + (1 + 3 + 2));
    CHECK(rows[1][1].empty());
    CHECK(rows[1][2].empty());
    CHECK(cellAt(rows, 1, "patient") == "Ann Miller");
    CHECK(cellAt(rows, 1, "documents_complete") == "2");
    CHECK(cellAt(rows, 1, "labs_complete").empty());
    CHECK(cellAt(rows, 1, "test").empty());
    CHECK(cellAt(rows, 1, "test_status").empty());
    // Without gaps, though a row was deleted.
    for (size_t i = 0; i < 3; ++i) {
        CHECK(rows[2 + i][1] == "labs");
        CHECK(rows[2 + i][2] == std::to_string(i + 1));
        CHECK(cellAt(rows, 2 + i, "labs_complete") == "2");
        CHECK(cellAt(rows, 2 + i, "documents_complete").empty());
        CHECK(cellAt(rows, 2 + i, "patient").empty());
        CHECK(cellAt(rows, 2 + i, "document_id").empty());
    }
    CHECK(cellAt(rows, 2, "flag") == "very_high"); // a code
    CHECK(cellAt(rows, 2, "labs_snippet") == "CRP");
    CHECK(cellAt(rows, 4, "test") == "TSH");
    CHECK(rows[5][1] == "allergies");
    CHECK(cellAt(rows, 7, "documents_complete") == "1"); // nobody has reviewed it

    const CsvRows dictionary = table("redcap/dictionary.csv");
    CHECK(dictionary[1][0] == "record_id");
    std::set<std::string> defined;
    std::set<std::string> forms;
    for (size_t i = 1; i < dictionary.size(); ++i) {
        CAPTURE(dictionary[i][0]);
        CHECK(defined.insert(dictionary[i][0]).second); // once in the whole project
        CHECK(dictionary[i][0].size() <= kMaxColumnName);
        forms.insert(dictionary[i][1]);
    }
    CHECK(forms == std::set<std::string>{"documents", "labs", "allergies"});
    for (const std::string& column : rows[0]) {
        CAPTURE(column);
        const bool isRedcaps = column.starts_with("redcap_repeat_") ||
                               column == "documents_complete" || column == "labs_complete" ||
                               column == "allergies_complete";
        CHECK(defined.count(column) == (isRedcaps ? 0U : 1U));
        defined.erase(column);
    }
    CHECK(defined.empty());
    const size_t flag = rowWhere(dictionary, "Variable / Field Name", "flag", "Form Name", "labs");
    CHECK(cellAt(dictionary, flag, "Field Type") == "dropdown");
    CHECK(cellAt(dictionary, flag, "Choices, Calculations, OR Slider Labels") ==
          "very_high, very high | normal, normal");
    const size_t smoker =
        rowWhere(dictionary, "Variable / Field Name", "smoker", "Form Name", "documents");
    CHECK(cellAt(dictionary, smoker, "Field Type") == "yesno");
    const size_t from =
        rowWhere(dictionary, "Variable / Field Name", "visit_from", "Form Name", "documents");
    CHECK(cellAt(dictionary, from, "Text Validation Type OR Show Slider Number") == "date_ymd");
}

TEST_CASE_METHOD(Fixture,
                 "one CSV for a spreadsheet holds the document and its items",
                 "[extract][export_profile]") {
    reviewVisit(db, runId);
    ExportRequest request = asked(ExportProfile::ExcelCsv);
    request.separator = ';';
    request.hasDecimalComma = true;

    const ExportCounts counts = write(request, "visit.csv");

    CHECK(counts.files == std::vector<std::string>{"visit.csv", "visit.csv.manifest.json"});
    const std::string bytes = bytesOf(folder.path() / "visit.csv");
    REQUIRE(bytes.starts_with("\xEF\xBB\xBFrecord_id;"));
    const CsvRows rows = readCsv(bytes.substr(3), ';', "\r\n");
    REQUIRE(rows.size() == 1 + 1 + 3 + 2);
    CHECK(cellAt(rows, 1, "item_group").empty());
    CHECK(cellAt(rows, 1, "weight") == "72");
    CHECK(cellAt(rows, 2, "item_group") == "labs");
    CHECK(cellAt(rows, 2, "value") == "0,6");
    CHECK(cellAt(rows, 2, "weight_status").empty());
    CHECK(cellAt(rows, 5, "item_group") == "allergies");

    request.separator = '|';
    CHECK(writeExport(db, request, folder.path() / "x.csv", {}, {}).error().code ==
          ErrorCode::InvalidInput);
}

TEST_CASE_METHOD(Fixture,
                 "a workbook keeps strings as strings, numbers as numbers and days as days",
                 "[extract][export_profile]") {
    if (!hasPython()) {
        WARN("no python3: no other reader of workbooks");
        return;
    }
    auto note = emptyVisit("007", "=1+1 007 2024-05-06 <b>&amp; 123456789012345678 mg");
    note.run.sourceId = "007";
    const ValueMaker make{note};
    make.add("", -1, "patient", "=1+1");
    make.add("", -1, "visit", "2024-05-06", Normalise::Date);
    make.add("", -1, "weight", "123456789012345678 mg", Normalise::Quantity);
    make.add("labs", 0, "test", "<b>&amp;");
    must(saveRun(db, note));

    write(asked(ExportProfile::ExcelXlsx), "visit.xlsx");

    const json book = readXlsx(folder.path() / "visit.xlsx");
    std::vector<std::string> sheets;
    for (const auto& sheet : book.items()) {
        sheets.push_back(sheet.key());
        CHECK(sheet.value()["frozen"] == true);
        CHECK(sheet.value()["widths"].get<int>() > 0);
        for (const auto& row : sheet.value()["rows"]) {
            for (const auto& cell : row) {
                CHECK((cell.is_null() || cell[0] != "f")); // no formulas anywhere
            }
        }
    }
    CHECK(std::set<std::string>(sheets.begin(), sheets.end()) ==
          std::set<std::string>{"documents", "labs", "allergies", "long", "Dictionary", "About"});
    const json& documents = book["documents"];
    REQUIRE(documents["rows"].size() == 3);
    CHECK(cellAt(documents, 1, "weight") == json{"n", 71.5});
    CHECK(cellAt(documents, 1, "visit") == json());
    CHECK(cellAt(documents, 1, "visit_from") == json{"d", "2024-03-01"});
    CHECK(cellAt(documents, 1, "record_id") == json{"s", "1"});
    CHECK(cellAt(documents, 2, "record_id") == json{"s", "007"});
    CHECK(cellAt(documents, 2, "patient") == json{"s", "=1+1"}); // nothing in front
    CHECK(cellAt(documents, 2, "visit") == json{"d", "2024-05-06"});
    CHECK(cellAt(documents, 2, "weight") == json{"s", "123456789012345678"}); // all digits
    CHECK(cellAt(book["labs"], 4, "test") == json{"s", "<b>&amp;"});
    CHECK(book["Dictionary"]["rows"][0].size() == 18);
}

TEST_CASE_METHOD(Fixture,
                 "a line of JSON holds the reviewed values in the template's shape",
                 "[extract][export_profile]") {
    reviewVisit(db, runId);

    write(asked(ExportProfile::JsonLines), "visit.jsonl");

    const json line = json::parse(bytesOf(folder.path() / "visit.jsonl"));
    CHECK(line["reviewed"] == true);
    CHECK(line["values"]["patient"] == "Ann Miller");
    CHECK(line["values"]["weight"] == "72 kg");
    CHECK(line["values"]["smoker"].is_null());
    CHECK(line["values"]["visit"].is_null());
    REQUIRE(line["values"]["labs"].size() == 3);
    CHECK(line["values"]["labs"][1]["test"] == "Sodium");
    CHECK(line["values"]["labs"][2] ==
          json{{"test", "TSH"}, {"value", "2.1 mmol/L"}, {"flag", nullptr}});
    CHECK(line["values"]["allergies"] == json{"penicillin", "latex"});
    for (const json& evidence : line["evidence"]) {
        CAPTURE(evidence.dump());
        const json& value = line["values"].at(json::json_pointer(evidence["path"]));
        CHECK(value.is_string());
        if (evidence["origin"] == "read") {
            CHECK(evidence["text"] == value);
        }
    }
}

TEST_CASE_METHOD(Fixture, "a field that is left out is nowhere", "[extract][export_profile]") {
    ExportRequest request = asked(ExportProfile::Analysis);
    request.leftOutFields = {"patient", "labs/test", "allergies"};
    const std::vector<std::string> secrets = {"Ann Miller", "CRP", "HbA1c", "Sodium", "penicillin"};

    SECTION("in a folder") {
        const ExportCounts counts = write(request, "out");
        CHECK(counts.identifierFields.empty());
        CHECK_FALSE(fs::exists(folder.path() / "out" / "allergies.csv"));
        CHECK_FALSE(hasColumn(table("out/documents.csv"), "patient"));
        CHECK_FALSE(hasColumn(table("out/documents.csv"), "allergies_count"));
        CHECK(cellAt(table("out/labs.csv"), 1, "flag") == "very high");
        for (const auto& entry : fs::directory_iterator(folder.path() / "out")) {
            for (const std::string& secret : secrets) {
                CAPTURE(entry.path(), secret);
                CHECK(bytesOf(entry.path()).find(secret) == std::string::npos);
            }
        }
    }
    SECTION("in JSON Lines") {
        request.profile = ExportProfile::JsonLines;
        write(request, "out.jsonl");
        const std::string text = bytesOf(folder.path() / "out.jsonl");
        CHECK_FALSE(json::parse(text)["values"].contains("patient"));
        CHECK_FALSE(json::parse(text)["values"]["labs"][0].contains("test"));
        for (const std::string& secret : secrets) {
            CAPTURE(secret);
            CHECK(text.find(secret) == std::string::npos);
        }
    }
    SECTION("and a misspelt name is an error rather than a leak") {
        request.leftOutFields = {"pateint"};
        const auto result = writeExport(db, request, folder.path() / "out", {}, {});
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().code == ErrorCode::InvalidInput);
        CHECK_THAT(result.error().message, Catch::Matchers::Contains("pateint"));
    }
}

TEST_CASE_METHOD(Fixture,
                 "the preview shows the lines as they will be written",
                 "[extract][export_profile]") {
    reviewVisit(db, runId);
    const ExportProfile profile =
        GENERATE(ExportProfile::ExcelCsv, ExportProfile::Analysis, ExportProfile::Redcap);
    ExportRequest request = asked(profile);
    const ExportPreview preview = must(previewExport(db, request, 3));
    const ExportCounts counts = write(request, "out");

    CHECK(preview.counts.documents == counts.documents);
    CHECK(preview.counts.values == counts.values);
    CHECK(preview.counts.guardedCells == counts.guardedCells);
    CHECK(preview.counts.identifierFields == counts.identifierFields);
    for (const PreviewTable& shown : preview.tables) {
        const CsvRows rows = profile == ExportProfile::ExcelCsv
                                 ? readCsv(bytesOf(folder.path() / "out").substr(3), ',', "\r\n")
                                 : table("out/" + shown.name);
        CAPTURE(shown.name);
        CHECK(shown.columns == rows[0]);
        CHECK(shown.rows.size() == std::min<size_t>(3, rows.size() - 1));
        for (size_t i = 0; i < shown.rows.size(); ++i) {
            CHECK(shown.rows[i] == rows[i + 1]);
        }
    }
}

TEST_CASE_METHOD(Fixture,
                 "a preview works on a connection that only reads",
                 "[extract][export_profile]") {
    const fs::path library = folder.path() / "library";
    {
        auto writer =
            must(attest::storage::Library::open(library, attest::storage::Access::ReadWrite));
        must(saveRun(writer.database(), visitRun("visit.pdf")));
    }
    auto reader = must(attest::storage::Library::open(library, attest::storage::Access::ReadOnly));

    CHECK(must(previewExport(reader.database(), asked(ExportProfile::Analysis), 1))
              .counts.documents == 1);
    CHECK(must(writeExport(
                   reader.database(), asked(ExportProfile::Analysis), folder.path() / "o", {}, {}))
              .documents == 1);
}

TEST_CASE_METHOD(Fixture,
                 "documents that could not be read have a row that says why",
                 "[extract][export_profile]") {
    auto scan = emptyVisit("scan.pdf");
    scan.document.status = "no-text";
    scan.document.pages.clear();
    scan.run.status = "nothing-to-read";
    must(saveRun(db, scan));

    write(asked(ExportProfile::Analysis), "out");

    const CsvRows documents = table("out/documents.csv");
    REQUIRE(documents.size() == 3);
    CHECK(cellAt(documents, 2, "document_status") == "no-text");
    CHECK(cellAt(documents, 2, "patient_status") == "ILL");
    CHECK(cellAt(documents, 2, "labs_count").empty());
    const CsvRows values = table("out/long.csv");
    CHECK(cellAt(values, values.size() - 1, "status") == "ILL");
    CHECK(cellAt(values, values.size() - 1, "record_id") == "2");
}

TEST_CASE_METHOD(Fixture,
                 "a newer version of the template adds its fields",
                 "[extract][export_profile]") {
    std::string newer = kVisitTemplate;
    const std::string added = R"("height": {"type": ["string", "null"], "x-attest":
        {"kind": "verbatim", "normalise": "quantity"}}, "smoker")";
    newer.replace(newer.find("\"smoker\""), 8, added);
    newer.replace(newer.find("\"weight\", "), 10, "\"height\", \"weight\", ");
    auto run = emptyVisit("new.pdf", kVisitText, newer, 2);
    ValueMaker{run}.add("", -1, "height", "1,80 m", Normalise::Quantity);
    must(saveRun(db, run));

    write(asked(ExportProfile::Analysis), "out");

    const CsvRows documents = table("out/documents.csv");
    CHECK(cellAt(documents, 1, "height_status") == "NA"); // its version did not ask
    CHECK(cellAt(documents, 1, "template") == "visit@1");
    CHECK(cellAt(documents, 2, "height") == "1.80");
    CHECK(cellAt(documents, 2, "height_src") == "1,80 m");
    CHECK(cellAt(documents, 2, "template") == "visit@2");
}

TEST_CASE_METHOD(Fixture, "record ids are unique", "[extract][export_profile]") {
    for (const std::string id : {"1", "n", "n"}) {
        auto note = visitRun("note-" + id + std::to_string(fs::hash_value(id)));
        static int count = 0;
        note.document.sha256 = attest::sha256Hex(std::to_string(++count));
        note.run.sourceId = id;
        must(saveRun(db, note));
    }

    write(asked(ExportProfile::Analysis), "out");

    const CsvRows rows = table("out/documents.csv");
    std::set<std::string> ids;
    for (size_t i = 1; i < rows.size(); ++i) {
        ids.insert(cellAt(rows, i, "record_id"));
    }
    CHECK(ids.size() == 4);
    CHECK(ids.count("n") == 1);
    for (const std::vector<std::string>& row : table("out/labs.csv")) {
        CHECK((row[0] == "record_id" || ids.count(row[0]) == 1));
    }
}

TEST_CASE_METHOD(Fixture, "what cannot be one report is refused", "[extract][export_profile]") {
    ExportRequest request = asked(ExportProfile::Analysis);
    const fs::path out = folder.path() / "out";

    request.templateId = "nothing";
    CHECK(writeExport(db, request, out, {}, {}).error().code == ErrorCode::NotFound);
    request.templateId.clear();
    request.runIds = {99};
    CHECK(writeExport(db, request, out, {}, {}).error().code == ErrorCode::NotFound);
    auto other = visitRun("x.pdf");
    other.asked.id = "other";
    other.asked.json += " ";
    other.asked.sha256 = attest::sha256Hex(other.asked.json);
    request.runIds = {runId, must(saveRun(db, other)).runId};
    const auto two = writeExport(db, request, out, {}, {});
    REQUIRE_FALSE(two.ok());
    CHECK(two.error().code == ErrorCode::InvalidInput);
    CHECK_THAT(two.error().message, Catch::Matchers::Contains("other"));
    auto summary = emptyVisit("s.pdf");
    summary.run.kind = attest::storage::kRunSummary;
    request.runIds = {must(saveRun(db, summary)).runId};
    CHECK(writeExport(db, request, out, {}, {}).error().code == ErrorCode::InvalidInput);
    CHECK(parseExportProfile("csv").error().code == ErrorCode::InvalidInput);
    CHECK(must(parseExportProfile("redcap")) == ExportProfile::Redcap);
    CHECK_FALSE(fs::exists(out));
}
