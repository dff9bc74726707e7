// The tables of a report: columns that know how to fill their cell, over records of one kind.
// Nothing here reads a database or knows a file format.
#pragma once

#include "extract/export/export_plan.h"
#include "extract/export/report_run.h"
#include "extract/export/table.h"

#include <functional>
#include <string>
#include <vector>

namespace attest::extract {

// What a row is about.
struct ReportRecord {
    const ReportRun* run = nullptr;
    const PlannedGroup* group = nullptr; // of `item`; null: the document itself
    const ReportItem* item = nullptr;
    const ReportValue* value = nullptr; // tables with a row per value
};

enum class RecordKind {
    Document,          // one row per document
    Item,              // one row per item of `group`
    ItemOrDocument,    // the same, and one for a document without items
    DocumentThenItems, // the document, then the items of all groups
    Value,             // one row per value; one for a document without values
};

struct TableColumn {
    Column column;
    std::function<Cell(const ReportRecord&)> cell;
};

// The columns point into the plan.
struct ReportTable {
    std::string name;
    RecordKind kind = RecordKind::Document;
    const PlannedGroup* group = nullptr; // Item, ItemOrDocument
    std::vector<TableColumn> columns;
};

struct TableOptions {
    bool hasProvenance = true;
    bool hasChoiceCodes = false; // judged fields as codes (REDCap) rather than as they are called
};

ReportTable documentTable(const ExportPlan& plan, const TableOptions& options);
ReportTable groupTable(const PlannedGroup& group, const TableOptions& options);
// The single fields of the document beside each item of one group.
ReportTable
flatTable(const ExportPlan& plan, const PlannedGroup& group, const TableOptions& options);
// The document's row and the rows of all of its items, one below the other.
ReportTable stackedTable(const ExportPlan& plan, const TableOptions& options);
ReportTable longTable(const ExportPlan& plan, const TableOptions& options);
ReportTable redcapTable(const ExportPlan& plan, const TableOptions& options);

// The rows of one document. The plan must be the table's.
std::vector<Row> rowsOf(const ReportTable& table, const ExportPlan& plan, const ReportRun& run);

std::vector<Column> columnsOf(const ReportTable& table);
std::vector<std::string> namesOf(const ReportTable& table);

} // namespace attest::extract
