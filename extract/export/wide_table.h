#pragma once

#include "extract/export.h"
#include "extract/export/csv_writer.h"

namespace attest::extract {

// One row per document or per item of a group. See writeCsv(); returns the groups left out.
Result<std::vector<std::string>> writeWideTable(CsvWriter& csv,
                                                storage::Database& db,
                                                const std::vector<storage::StoredRun>& runs,
                                                const std::string& group);

} // namespace attest::extract
