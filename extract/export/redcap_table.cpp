// Rows as REDCap imports them. A form repeats or it does not, never both: single fields are in the
// form "documents", each list is a repeating form of its own.
#include "extract/export/field_cell.h"
#include "extract/export/own_columns.h"
#include "extract/export/report_table.h"

#include <utility>

namespace attest::extract {

namespace {

// Columns of the document stay empty in the rows of items.
void keepToDocuments(ReportTable& table, size_t firstColumn) {
    for (size_t i = firstColumn; i < table.columns.size(); ++i) {
        auto inner = std::move(table.columns[i].cell);
        table.columns[i].cell = [inner = std::move(inner)](const ReportRecord& record) -> Cell {
            return record.item == nullptr ? inner(record) : Cell();
        };
    }
}

// REDCap's codes: 1 unverified, 2 complete.
Cell completeCell(const ReportRun& run) {
    return integerCell(run.isReviewed ? 2 : 1);
}

void addGroup(ReportTable& table, const PlannedGroup& group, const TableOptions& options) {
    for (const PlannedField& field : group.fields) {
        addFieldColumns(table, field, options);
    }
    // Null: the record is not of this group, or nothing in it has a place.
    const auto anchor = [&group](const ReportRecord& record) {
        return record.group == &group ? anchorOf(record) : nullptr;
    };
    if (options.hasProvenance) {
        addColumn(table,
                  group.pageColumn,
                  CellKind::Number,
                  "page, from 1",
                  [anchor](const ReportRecord& record) -> Cell {
                      const ReportValue* value = anchor(record);
                      return value != nullptr ? integerCell(value->final.span->pageIndex + 1)
                                              : Cell();
                  });
        addColumn(table,
                  group.snippetColumn,
                  CellKind::Text,
                  "what stands there",
                  [anchor](const ReportRecord& record) -> Cell {
                      const ReportValue* value = anchor(record);
                      return value != nullptr ? textCell(value->snippet) : Cell();
                  });
        table.columns.back().column.isLongText = true;
    }
    addColumn(table,
              group.name + "_complete",
              CellKind::Number,
              "",
              [&group](const ReportRecord& record) -> Cell {
                  return record.group == &group ? completeCell(*record.run) : Cell();
              });
}

} // namespace

ReportTable redcapTable(const ExportPlan& plan, const TableOptions& options) {
    ReportTable table{"records", RecordKind::DocumentThenItems, nullptr, {}};
    addColumn(table, "record_id", CellKind::Text, "record", [](const ReportRecord& record) {
        return textCell(record.run->recordId);
    });
    addColumn(
        table, "redcap_repeat_instrument", CellKind::Code, "", [](const ReportRecord& record) {
            return record.group != nullptr ? codeCell(record.group->name) : Cell();
        });
    addColumn(
        table, "redcap_repeat_instance", CellKind::Number, "", [](const ReportRecord& record) {
            return record.item != nullptr ? integerCell(record.item->number) : Cell();
        });

    const size_t firstOfDocument = table.columns.size();
    addColumn(table,
              "document_id",
              CellKind::Number,
              "number of the document",
              [](const ReportRecord& r) { return integerCell(r.run->run.documentId); });
    addDocumentColumns(table);
    for (const PlannedField& field : plan.document.fields) {
        addFieldColumns(table, field, options);
    }
    if (options.hasProvenance) {
        addDocumentProvenance(table);
    }
    addColumn(
        table, plan.document.name + "_complete", CellKind::Number, "", [](const ReportRecord& r) {
            return completeCell(*r.run);
        });
    keepToDocuments(table, firstOfDocument);

    for (const PlannedGroup& group : plan.groups) {
        if (!group.isLeftOut) {
            addGroup(table, group, options);
        }
    }
    return table;
}

} // namespace attest::extract
