#pragma once

#include "base/result.h"
#include "extract/export/report_run.h"

#include <string>

namespace attest::extract {

// One line of JSON Lines, with its line end: the values after review in the template's shape.
// docs/export.md describes it. Errors: Storage.
Result<std::string> reportLine(storage::Database& db,
                               const ReportRun& report,
                               const Template& asked,
                               const ExportPlan& plan,
                               bool hasProvenance);

} // namespace attest::extract
