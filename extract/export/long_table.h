#pragma once

#include "extract/export.h"
#include "extract/export/csv_writer.h"

namespace attest::extract {

// One row per value. See writeCsv().
Result<void>
writeLongTable(CsvWriter& csv, storage::Database& db, const std::vector<storage::StoredRun>& runs);

} // namespace attest::extract
