// A library with a visit in it, as the pipeline would store it, and readers of what is exported.
#pragma once

#include "base/sha256.h"
#include "extract/normalise.h"
#include "storage/database.h"
#include "storage/library.h"
#include "storage/result_store.h"
#include "storage/review_store.h"
#include "support/catch.h"
#include "support/run_program.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace attest::test {

inline constexpr const char* kVisitTemplate = R"({
 "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "attest:visit",
 "title": "Visit", "description": "A visit.", "type": "object",
 "x-attest": {"version": 1, "layout": "record"},
 "properties": {
  "patient": {"type": ["string", "null"], "description": "Name of the patient.",
              "x-attest": {"kind": "verbatim", "identifier": true}},
  "visit": {"type": ["string", "null"], "description": "Day of the visit.",
            "x-attest": {"kind": "verbatim", "normalise": "date"}},
  "weight": {"type": ["string", "null"], "description": "Weight.",
             "x-attest": {"kind": "verbatim", "normalise": "quantity"}},
  "smoker": {"enum": ["yes", "no", null], "description": "Smokes.",
             "x-attest": {"kind": "judged"}},
  "labs": {"type": "array", "description": "Results.", "items": {"type": "object",
   "properties": {
    "test": {"type": "string", "description": "Name of the test.",
             "x-attest": {"kind": "verbatim", "anchor": true}},
    "value": {"type": ["string", "null"], "description": "Result.",
              "x-attest": {"kind": "verbatim", "normalise": "quantity"}},
    "flag": {"enum": ["very high", "normal", null], "description": "How it is judged.",
             "x-attest": {"kind": "judged"}}},
   "required": ["test", "value", "flag"]}},
  "allergies": {"type": "array", "description": "Allergies.",
   "items": {"type": "string", "x-attest": {"kind": "verbatim"}}}},
 "required": ["patient", "visit", "weight", "smoker", "labs", "allergies"]})";

inline constexpr const char* kVisitText = "Patient: Ann Miller\n"
                                          "Visit 2024-03\n"
                                          "Gewicht 71.5 kg, smoker: yes\n"
                                          "CRP <0.6 mg/L very high\n"
                                          "=HbA1c 5-7 %\n"
                                          "Sodium 139 mmol/L\n"
                                          "Gr\u00f6\u00dfe 1,80 m\n"
                                          "Allergies: penicillin, latex\n";

template <typename T>
T must(Result<T> result) {
    INFO((result.ok() ? std::string() : result.error().message));
    REQUIRE(result.ok());
    return std::move(result).value();
}

inline void must(const Result<void>& result) {
    INFO((result.ok() ? std::string() : result.error().message));
    REQUIRE(result.ok());
}

// One value of a run on a page that has `kVisitText` or another text.
struct ValueMaker {
    storage::NewRun& run;

    // A null `text` is "not stated". `place` is what stands on the page: the text for read values,
    // the evidence for judged ones.
    void add(const std::string& group,
             std::int64_t instance,
             const std::string& field,
             const char* text,
             extract::Normalise form = extract::Normalise::None,
             const char* place = nullptr,
             double confidence = 0.95) const {
        storage::ValueRecord value;
        const bool isListItem = group == field;
        value.pointer = group.empty() ? "/" + field
                        : isListItem  ? "/" + group + "/" + std::to_string(instance)
                                      : "/" + group + "/" + std::to_string(instance) + "/" + field;
        value.group = group;
        value.instance = instance;
        value.field = field;
        value.kind = place != nullptr ? "judged" : std::string(storage::kKindVerbatim);
        value.isIdentifier = field == "patient";
        value.status = text != nullptr ? storage::kStatusOk : storage::kStatusNotStated;
        value.logProbability = std::log(confidence);
        if (text != nullptr) {
            value.text = text;
            const std::string& page = run.document.pages.at(0).text;
            const std::string found = place != nullptr ? place : text;
            const size_t at = page.find(found);
            REQUIRE(at != std::string::npos);
            value.span = SourceSpan{0, at, at + found.size()};
            value.boxes = {{0.125F, 0.25F, 0.5F, 0.26F}};
            if (auto normal = extract::normalise(form, text)) {
                value.normalised = normal->text;
                value.unit = normal->unit;
                value.comparator = normal->comparator;
                value.normRule = normal->rule;
                value.isNormAmbiguous = normal->isAmbiguous;
            }
        }
        run.values.push_back(std::move(value));
    }
};

inline storage::NewRun emptyVisit(const std::string& name,
                                  const std::string& text = kVisitText,
                                  const std::string& templateJson = kVisitTemplate,
                                  std::int64_t version = 1) {
    storage::NewRun run;
    run.document.sha256 = sha256Hex(name + text);
    run.document.fileName = name;
    run.document.path = "/in/" + name;
    run.document.kind = "pdf";
    run.document.byteSize = 1234;
    run.document.status = "ok";
    run.document.pages = {{text, {}, 595.0, 842.0}};
    run.asked = {sha256Hex(templateJson), "visit", version, "Visit", templateJson};
    run.model = {sha256Hex("model"), "tiny", "llama", 99};
    run.run.kind = storage::kRunExtraction;
    run.run.fileName = name;
    run.run.path = "/in/" + name;
    run.run.engineVersion = "0.1.0";
    run.run.parametersJson = R"({"threads":2})";
    run.run.startedAt = 1700000000;
    run.run.finishedAt = 1700000002;
    run.run.status = "complete";
    run.run.valuesJson = "{}";
    run.run.timingJson = R"({"total_seconds":2.0})";
    return run;
}

inline storage::NewRun visitRun(const std::string& name) {
    using extract::Normalise;
    storage::NewRun run = emptyVisit(name);
    const ValueMaker make{run};
    make.add("", -1, "patient", "Ann Miller");
    make.add("", -1, "visit", "2024-03", Normalise::Date);
    make.add("", -1, "weight", "71.5 kg", Normalise::Quantity);
    make.add("", -1, "smoker", "yes", Normalise::None, "smoker: yes");
    make.add("labs", 0, "test", "CRP");
    make.add("labs", 0, "value", "<0.6 mg/L", Normalise::Quantity);
    make.add("labs", 0, "flag", "very high", Normalise::None, "CRP", 0.5);
    run.values.back().confidence = 0.4;
    make.add("labs", 1, "test", "=HbA1c");
    make.add("labs", 1, "value", "5-7 %", Normalise::Quantity);
    make.add("labs", 1, "flag", nullptr);
    make.add("labs", 2, "test", "Sodium");
    make.add("labs", 2, "value", "139 mmol/L", Normalise::Quantity);
    make.add("labs", 2, "flag", "normal", Normalise::None, "Sodium");
    make.add("allergies", 0, "allergies", "penicillin");
    make.add("allergies", 1, "allergies", "latex");
    return run;
}

// A decision about one value or row.
inline storage::ReviewChange decided(const std::string& pointer,
                                     const std::string& group,
                                     std::int64_t instance,
                                     const std::string& field,
                                     storage::Verdict verdict,
                                     const std::string& textOrReason = {}) {
    storage::Review review;
    review.pointer = pointer;
    review.group = group;
    review.instance = instance;
    review.field = field;
    review.verdict = verdict;
    if (verdict == storage::Verdict::Corrected) {
        review.text = textOrReason;
    } else {
        review.reason = textOrReason;
    }
    return {pointer, review};
}

inline constexpr std::int64_t kReviewTime = 1710000000; // 2024-03-09T16:00:00Z

// accept, correct, reject, not stated, delete a row, add a row; then the run is finished.
inline void reviewVisit(storage::Database& db, std::int64_t runId) {
    using storage::Verdict;
    must(storage::saveReviews(
        db,
        runId,
        {decided("/patient", "", -1, "patient", Verdict::Accepted),
         decided("/weight", "", -1, "weight", Verdict::Corrected, "72 kg"),
         decided("/smoker", "", -1, "smoker", Verdict::Rejected),
         decided("/visit", "", -1, "visit", Verdict::NotStated, "UNK"),
         decided("/labs/1", "labs", 1, "", Verdict::RowDeleted),
         decided("/labs/3", "labs", 3, "", Verdict::RowAdded),
         decided("/labs/3/test", "labs", 3, "test", Verdict::Corrected, "TSH"),
         decided("/labs/3/value", "labs", 3, "value", Verdict::Corrected, "2.1 mmol/L")},
        "Dr. Who",
        kReviewTime));
    must(storage::setRunFinished(db, runId, true, "Dr. Who", kReviewTime));
}

inline std::string bytesOf(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

using CsvRows = std::vector<std::vector<std::string>>;

// A reader of its own, by RFC 4180's grammar.
inline CsvRows
readCsv(const std::string& text, char separator = ',', const std::string& lineEnd = "\n") {
    CsvRows rows(1, std::vector<std::string>(1));
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
        } else if (text[i] == separator) {
            rows.back().emplace_back();
        } else if (text[i] == '\r' || text[i] == '\n') {
            REQUIRE(text.compare(i, lineEnd.size(), lineEnd) == 0);
            i += lineEnd.size() - 1;
            rows.emplace_back(1);
        } else {
            cell += text[i];
        }
    }
    REQUIRE_FALSE(isQuoted);
    REQUIRE(rows.back() == std::vector<std::string>(1)); // the last line has its end
    rows.pop_back();
    for (const auto& row : rows) {
        REQUIRE(row.size() == rows.front().size());
    }
    return rows;
}

inline std::string cellAt(const CsvRows& rows, size_t row, const std::string& column) {
    for (size_t i = 0; i < rows.at(0).size(); ++i) {
        if (rows[0][i] == column) {
            return rows.at(row).at(i);
        }
    }
    FAIL("no column " << column);
    return {};
}

inline bool hasColumn(const CsvRows& rows, const std::string& column) {
    return std::find(rows.at(0).begin(), rows.at(0).end(), column) != rows.at(0).end();
}

inline bool hasPython() {
    return runProgram("/usr/bin/env", {"python3", "--version"}).exitCode == 0;
}

// {"labs": {"rows": [[["s", "text"], null, ["n", 5.0]]], …}}, read by another program.
inline nlohmann::json readXlsx(const std::filesystem::path& path) {
    const auto read =
        runProgram("/usr/bin/env",
                   {"python3", ATTEST_SOURCE_DIR "/tests/extract/read_xlsx.py", path.string()});
    INFO(read.errors);
    REQUIRE(read.exitCode == 0);
    return nlohmann::json::parse(read.output);
}

// The cell of a column in a sheet, null when it is blank.
inline nlohmann::json cellAt(const nlohmann::json& sheet, size_t row, const std::string& column) {
    const auto& header = sheet.at("rows").at(0);
    for (size_t i = 0; i < header.size(); ++i) {
        if (header[i] == nlohmann::json{"s", column}) {
            const auto& cells = sheet.at("rows").at(row);
            return i < cells.size() ? cells[i] : nlohmann::json();
        }
    }
    FAIL("no column " << column);
    return {};
}

} // namespace attest::test
