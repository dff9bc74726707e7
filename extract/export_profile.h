// Reports as people and programs want them: profiles over the same reviewed values.
// docs/export.md describes every file and column.
#pragma once

#include "base/progress.h"
#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::extract {

enum class ExportProfile {
    ExcelCsv,  // one CSV with byte-order mark and the separator of the locale
    ExcelXlsx, // one workbook, a sheet per table, typed cells
    Analysis,  // folder: documents.csv, <group>.csv, long.csv, dictionary.csv, manifest.json
    Redcap,    // folder: records.csv, dictionary.csv, manifest.json
    JsonLines, // one file, one line per document
};

// "excel-csv", "excel-xlsx", "analysis", "redcap", "jsonl".
std::string_view toString(ExportProfile profile);
Result<ExportProfile> parseExportProfile(std::string_view name);

enum class Unreviewed {
    Include, // with the status PEND
    LeaveOut // documents that nobody has finished
};

struct ExportRequest {
    ExportProfile profile = ExportProfile::Analysis;
    std::string templateId;
    std::set<std::int64_t> runIds;       // empty: the newest run of every document not in the trash
    std::set<std::string> leftOutFields; // "group/field" or "field": identifiers, for example
    Unreviewed unreviewed = Unreviewed::Include;
    char separator = ',';         // ExcelCsv: ',' ';' or tab
    bool hasDecimalComma = false; // ExcelCsv only
    bool hasProvenance = true;    // source, page, place, confidence, reviewer columns
    double reviewThreshold = 0.9;
};

struct ExportCounts {
    std::size_t documents = 0;
    std::size_t unreviewedDocuments = 0;
    std::size_t values = 0;
    std::size_t unreviewedValues = 0;
    std::size_t guardedCells = 0;
    std::vector<std::string> identifierFields; // of the template, that are written
    std::vector<std::string> files;            // written, relative to the target
};

struct PreviewTable {
    std::string name; // "medications.csv"
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows; // as they will be written
};

struct ExportPreview {
    ExportCounts counts;
    std::vector<PreviewTable> tables;
};

// The first `rowLimit` lines of every table, from the same code that writes them. Works on a
// read-only connection.
Result<ExportPreview>
previewExport(storage::Database& db, const ExportRequest& request, std::size_t rowLimit);

// Writes to `target` (a file, or for Analysis and Redcap a folder that is new or empty or was
// written by an export before). Everything is written beside it and renamed into place: after an
// error or cancel the target is as it was. A manifest (manifest.json in a folder, else
// <file>.manifest.json) holds the SHA-256 of every file, document, template and model, the engine's
// version and what was guarded.
// Errors: NotFound (no runs), InvalidInput (target exists and is something else), Io,
//         OutOfResources, Storage, Cancelled.
Result<ExportCounts> writeExport(storage::Database& db,
                                 const ExportRequest& request,
                                 const std::filesystem::path& target,
                                 const ProgressFn& onProgress,
                                 std::stop_token stop);

struct ManifestDifference {
    std::string subject; // "medications.csv", "document 12ab… (letter.pdf)", "template medications"
    std::string what;    // "changed", "missing", …
};

// Recomputes what the manifest says; documents are looked for at their paths, templates and models
// in the library when one is given. Empty: all as it was.
// Errors: NotFound, Io, InvalidInput (not a manifest).
Result<std::vector<ManifestDifference>> verifyManifest(const std::filesystem::path& manifest,
                                                       storage::Database* db);

} // namespace attest::extract
