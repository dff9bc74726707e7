// Shared by writing and previewing an export.
#pragma once

#include "extract/export/csv_writer.h"
#include "extract/export/report_source.h"

#include <string>
#include <utility>
#include <vector>

namespace attest::extract {

// Errors: InvalidInput (a separator that is none).
Result<CsvDialect> dialectOf(const ExportRequest& request);

// Name and value: what the "About" sheet of a workbook says.
std::vector<std::pair<std::string, std::string>> aboutLines(const ExportRequest& request,
                                                            const ReportContents& contents);

} // namespace attest::extract
