// Tables and JSON Lines from what a library holds. docs/command_line.md describes the columns.
//
// Page numbers are 1-based here, as people count; begin and end are half-open UTF-8 byte offsets
// into the page's stored text; instances of a group count from 1.
#pragma once

#include "base/result.h"
#include "extract/output_file.h"
#include "storage/result_store.h"

#include <cstddef>
#include <string>
#include <vector>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::extract {

enum class CsvLayout {
    Long, // one row per value
    Wide, // one row per document, or per item of one group, and a column per field
};

struct CsvOptions {
    CsvLayout layout = CsvLayout::Long;
    // Wide: the group whose items are the rows. Empty: the only group of a template of layout
    // "rows", else none.
    std::string group;
};

struct ExportReport {
    std::size_t documents = 0;
    std::size_t rows = 0;                   // without the header
    std::size_t guardedCells = 0;           // text cells with an apostrophe against formulas
    std::vector<std::string> leftOutGroups; // wide: groups that are not in the table
};

// `runs` are extractions. A document without values has one row that says why.
// Errors: InvalidInput (wide: runs of different templates, or no such group), those of the sink,
//         Storage.
Result<ExportReport> writeCsv(TextSink& sink,
                              storage::Database& db,
                              const std::vector<storage::StoredRun>& runs,
                              const CsvOptions& options);

// One line per run: file, id, sha256, status, template, model, pages, values, evidence, timing; for
// summaries sentences instead of values and evidence. Errors: those of the sink, Storage.
Result<ExportReport>
writeJsonLines(TextSink& sink, storage::Database& db, const std::vector<storage::StoredRun>& runs);

} // namespace attest::extract
