#pragma once

#include "extract/export/report_table.h"

namespace attest::extract {

// The columns of a field. In a record that is not of its group they are blank.
void addFieldColumns(ReportTable& table, const PlannedField& field, const TableOptions& options);

// Number or day where the value has such a normal form, else its normal form or text. Blank
// without a value.
Cell normalCell(const PlannedField* field, const ReportValue& value);

} // namespace attest::extract
