// One document's values with their evidence, as a page to print or to keep as a PDF.
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "storage/result_store.h"
#include "storage/review_store.h"

#include <QString>

#include <cstdint>
#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

QT_BEGIN_NAMESPACE
class QTextDocument;
QT_END_NAMESPACE

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::gui {

struct ReportDocument {
    storage::StoredRun run;
    storage::TemplateRecord asked;
    std::vector<storage::FinalValue> values;
    std::vector<std::string> snippets; // one per value: the words around its place, else empty
};

// Errors: NotFound, Storage.
Result<ReportDocument> loadReportDocument(storage::Database& db, std::int64_t runId);

// The runs of an export: those asked for, else the newest of each document not in the trash.
Result<std::vector<std::int64_t>> reportRuns(storage::Database& db,
                                             const std::string& templateId,
                                             const std::set<std::int64_t>& asked,
                                             bool isFinishedOnly);

// HTML that QTextDocument understands; everything from the document is escaped. Fields in
// `leftOut` ("group/field" or "field") are not in it.
QString reportHtml(const ReportDocument& document, const std::set<std::string>& leftOut);

// One document after the other, each on a page of its own. Written beside the target and put in its
// place at the end. Errors: Io, OutOfResources, NotFound (no runs), Storage, Cancelled.
Result<std::size_t> writePdfReport(storage::Database& db,
                                   const std::vector<std::int64_t>& runIds,
                                   const std::set<std::string>& leftOut,
                                   const std::filesystem::path& target,
                                   const ProgressFn& onProgress,
                                   const std::stop_token& stop);

} // namespace attest::gui
