// The columns that say which document, item and place a row is about. Appended to a table in the
// order of docs/export.md.
#pragma once

#include "extract/export/report_table.h"

#include <cstdint>
#include <functional>
#include <string>

namespace attest::extract {

void addColumn(ReportTable& table,
               std::string name,
               CellKind kind,
               std::string label,
               std::function<Cell(const ReportRecord&)> cell);

void addKeyColumns(ReportTable& table); // record_id, document_id
void addInstanceColumn(ReportTable& table);
void addDocumentColumns(ReportTable& table); // document_status, document_reviewed

// Of documents: file, pages, who finished it, what made it.
void addDocumentProvenance(ReportTable& table);
// Of items: the place is that of what names the item.
void addItemProvenance(ReportTable& table);
// Of single values, with origin, rule_id and machine_value.
void addValueProvenance(ReportTable& table);

// The value that names an item, else the first that has a place and is not left out. Null: none.
const ReportValue* anchorOf(const ReportRecord& record);

std::string isoTime(std::int64_t seconds); // "2024-03-04T10:15:00Z"; empty for 0

} // namespace attest::extract
