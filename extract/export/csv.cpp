#include "extract/export.h"
#include "extract/export/csv_writer.h"
#include "extract/export/long_table.h"
#include "extract/export/wide_table.h"

namespace attest::extract {

Result<ExportReport> writeCsv(TextSink& sink,
                              storage::Database& db,
                              const std::vector<storage::StoredRun>& runs,
                              const CsvOptions& options) {
    CsvWriter csv(sink);
    ExportReport report;
    if (options.layout == CsvLayout::Long) {
        ATTEST_TRY(writeLongTable(csv, db, runs));
    } else {
        ATTEST_TRY_ASSIGN(report.leftOutGroups, writeWideTable(csv, db, runs, options.group));
    }
    report.documents = runs.size();
    report.rows = csv.rowCount() > 0 ? csv.rowCount() - 1 : 0;
    report.guardedCells = csv.guardedCells();
    return report;
}

} // namespace attest::extract
