// The data dictionary beside every export: REDCap's eighteen columns, one row per column of data.
#pragma once

#include "extract/export/report_table.h"

#include <string>
#include <vector>

namespace attest::extract {

enum class DictionaryKind {
    Plain,  // a row per table and column
    Redcap, // only what REDCap lets a project define: no repeat and no _complete columns
};

// The column names of a dictionary.
std::vector<std::string> dictionaryHeader();

// REQUIRES: for Redcap, exactly the table of redcapTable().
std::vector<Row>
dictionaryRows(const std::vector<ReportTable>& tables, const ExportPlan& plan, DictionaryKind kind);

} // namespace attest::extract
