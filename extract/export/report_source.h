// From a request to the rows of its tables: which runs, which columns, then run by run.
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "extract/export/manifest.h"
#include "extract/export/report_table.h"
#include "extract/export_profile.h"

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace attest::extract {

// Runs of one template and what its versions become together.
struct ReportSource {
    std::vector<storage::StoredRun> runs;
    std::map<std::string, Template> templates; // by SHA-256
    ExportPlan plan;
    double reviewThreshold = 0.9;
};

// Errors: InvalidInput (different templates, an unknown field to leave out, a summary), NotFound
// (no runs), Storage.
Result<ReportSource> reportSource(storage::Database& db, const ExportRequest& request);
// REQUIRES: the runs are of one template and not empty.
Result<ReportSource> reportSource(storage::Database& db,
                                  std::vector<storage::StoredRun> runs,
                                  const std::set<std::string>& leftOutFields);

struct ReportContents {
    ExportCounts counts; // without files and guarded cells
    std::vector<ManifestDocument> documents;
};

using RunFn = std::function<Result<void>(const ReportRun&)>;
using RowFn = std::function<Result<void>(std::size_t table, const Row&)>;

// Calls back once per run or row, on this thread. Errors: Storage, Cancelled, those of `act`.
Result<ReportContents> forEachRun(storage::Database& db,
                                  const ReportSource& source,
                                  const RunFn& act,
                                  const ProgressFn& onProgress,
                                  std::stop_token stop);
Result<ReportContents> forEachRow(storage::Database& db,
                                  const ReportSource& source,
                                  const std::vector<ReportTable>& tables,
                                  const RowFn& act,
                                  const ProgressFn& onProgress,
                                  std::stop_token stop);

// The tables of a profile, pointing into the plan. None for JSON Lines.
std::vector<ReportTable> tablesOf(const ExportPlan& plan, const ExportRequest& request);

} // namespace attest::extract
