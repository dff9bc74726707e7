#include "extract/export/dictionary.h"
#include "extract/export/report_json.h"
#include "extract/export/write_export.h"

#include <algorithm>
#include <utility>

namespace attest::extract {

namespace {

std::string fileNameOf(const std::string& table, ExportProfile profile) {
    return profile == ExportProfile::ExcelXlsx ? table : table + ".csv";
}

// Keeps the first rows as they will be written, and counts what all rows need.
class Shown {
public:
    Shown(ExportPreview& preview, ExportProfile profile, CsvDialect dialect, size_t rowLimit)
        : preview_(preview)
        , dialect_(dialect)
        , rowLimit_(rowLimit)
        , isWorkbook_(profile == ExportProfile::ExcelXlsx) {}

    void add(size_t table, const Row& row) {
        std::vector<std::string> texts;
        for (const Cell& cell : row) {
            CsvCell written = isWorkbook_ ? CsvCell{cell.text, false} : csvCell(cell, dialect_);
            preview_.counts.guardedCells += written.isGuarded ? 1U : 0U;
            texts.push_back(std::move(written.text));
        }
        PreviewTable& shown = preview_.tables[table];
        if (shown.rows.size() < rowLimit_) {
            shown.rows.push_back(std::move(texts));
        }
    }

private:
    ExportPreview& preview_;
    CsvDialect dialect_;
    size_t rowLimit_;
    bool isWorkbook_;
};

Result<ExportPreview> previewLines(storage::Database& db,
                                   const ExportRequest& request,
                                   const ReportSource& source,
                                   size_t rowLimit) {
    ExportPreview preview;
    preview.tables.push_back({"lines.jsonl", {"line"}, {}});
    const RunFn show = [&](const ReportRun& run) -> Result<void> {
        if (preview.tables.front().rows.size() >= rowLimit) {
            return {};
        }
        ATTEST_TRY_ASSIGN(std::string line,
                          reportLine(db,
                                     run,
                                     source.templates.at(run.run.templateSha256),
                                     source.plan,
                                     request.hasProvenance));
        line.pop_back(); // the line end
        preview.tables.front().rows.push_back({std::move(line)});
        return {};
    };
    ATTEST_TRY_ASSIGN(ReportContents contents, forEachRun(db, source, show, {}, {}));
    preview.counts = std::move(contents.counts);
    return preview;
}

} // namespace

Result<ExportPreview>
previewExport(storage::Database& db, const ExportRequest& request, size_t rowLimit) {
    ATTEST_TRY_ASSIGN(const CsvDialect dialect, dialectOf(request));
    ATTEST_TRY_ASSIGN(const ReportSource source, reportSource(db, request));
    if (request.profile == ExportProfile::JsonLines) {
        return previewLines(db, request, source, rowLimit);
    }
    const std::vector<ReportTable> tables = tablesOf(source.plan, request);
    ExportPreview preview;
    for (const ReportTable& table : tables) {
        preview.tables.push_back({fileNameOf(table.name, request.profile), namesOf(table), {}});
    }
    Shown shown(preview, request.profile, dialect, rowLimit);
    const RowFn show = [&shown](size_t table, const Row& row) -> Result<void> {
        shown.add(table, row);
        return {};
    };
    ATTEST_TRY_ASSIGN(ReportContents contents, forEachRow(db, source, tables, show, {}, {}));

    if (request.profile != ExportProfile::ExcelCsv) {
        const bool isRedcap = request.profile == ExportProfile::Redcap;
        const std::string name =
            request.profile == ExportProfile::ExcelXlsx ? "Dictionary" : "dictionary.csv";
        preview.tables.push_back({name, dictionaryHeader(), {}});
        for (const Row& row : dictionaryRows(
                 tables, source.plan, isRedcap ? DictionaryKind::Redcap : DictionaryKind::Plain)) {
            shown.add(preview.tables.size() - 1, row);
        }
    }
    const size_t guarded = preview.counts.guardedCells;
    preview.counts = std::move(contents.counts);
    preview.counts.guardedCells = guarded;
    for (const PreviewTable& table : preview.tables) {
        preview.counts.files.push_back(table.name);
    }
    return preview;
}

} // namespace attest::extract
