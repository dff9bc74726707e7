#include "extract/export/report_table.h"

#include "extract/export/field_cell.h"
#include "extract/export/own_columns.h"

#include <utility>

namespace attest::extract {

namespace {

void addFields(ReportTable& table, const PlannedGroup& group, const TableOptions& options) {
    for (const PlannedField& field : group.fields) {
        addFieldColumns(table, field, options);
    }
}

void addCounts(ReportTable& table, const ExportPlan& plan) {
    for (const PlannedGroup& group : plan.groups) {
        if (group.isLeftOut) {
            continue;
        }
        addColumn(table,
                  group.countColumn,
                  CellKind::Number,
                  "number of " + group.group,
                  [&group](const ReportRecord& record) -> Cell {
                      const bool isUnread = record.run->run.run.status == "nothing-to-read";
                      if (record.item != nullptr || isUnread) {
                          return {};
                      }
                      const auto items = record.run->items.find(group.group);
                      return integerCell(items == record.run->items.end()
                                             ? 0
                                             : static_cast<long long>(items->second.size()));
                  });
    }
}

using ValueCell = Cell (*)(const ReportValue&);

void addOfValue(
    ReportTable& table, const char* name, CellKind kind, const char* label, ValueCell cell) {
    addColumn(table, name, kind, label, [cell](const ReportRecord& record) -> Cell {
        return record.value != nullptr ? cell(*record.value) : Cell();
    });
}

const PlannedField* fieldOf(const ExportPlan& plan, const ReportRecord& record) {
    return record.value == nullptr
               ? nullptr
               : plan.find(record.value->final.group, record.value->final.field);
}

void addLongColumns(ReportTable& table, const ExportPlan& plan) {
    addOfValue(table, "group", CellKind::Text, "list of the template", [](const ReportValue& v) {
        return textCell(v.final.group);
    });
    addOfValue(
        table, "instance", CellKind::Number, "number of the item, from 1", [](const auto& v) {
            return v.final.instance < 0 ? Cell() : integerCell(v.final.instance + 1);
        });
    addOfValue(table, "field", CellKind::Text, "field of the template", [](const ReportValue& v) {
        return textCell(v.final.field);
    });
    addColumn(table,
              "variable",
              CellKind::Code,
              "its column in the other tables",
              [&plan](const ReportRecord& record) -> Cell {
                  const PlannedField* field = fieldOf(plan, record);
                  return field != nullptr ? codeCell(field->variable) : Cell();
              });
    addColumn(table,
              "value",
              CellKind::Text,
              "number, ISO date or text",
              [&plan](const ReportRecord& record) -> Cell {
                  return record.value != nullptr ? normalCell(fieldOf(plan, record), *record.value)
                                                 : Cell();
              });
    addOfValue(
        table, "comparator", CellKind::Code, "comparator before a number", [](const auto& v) {
            return v.hasValue() ? textCell(v.final.comparator) : Cell();
        });
    addOfValue(table, "unit", CellKind::Text, "unit (UCUM where known)", [](const ReportValue& v) {
        return v.hasValue() ? textCell(v.final.unit) : Cell();
    });
    addColumn(table, "status", CellKind::Code, "status", [](const ReportRecord& record) -> Cell {
        return codeCell(record.value != nullptr ? record.value->status : record.run->missingStatus);
    });
    for (const StatusMeaning& status : kStatusMeanings) {
        table.columns.back().column.choices.push_back({status.code, status.meaning});
    }
    addOfValue(table, "value_src", CellKind::Text, "as written", [](const ReportValue& v) {
        return v.hasValue() ? textCell(*v.final.text) : Cell();
    });
    addOfValue(
        table, "ambiguous_value", CellKind::Number, "can be read in two ways", [](const auto& v) {
            return integerCell(v.origin != "human" && v.final.machine->isNormAmbiguous ? 1 : 0);
        });
    table.columns.back().column.isYesNo = true;
    addOfValue(
        table, "ambiguous_place", CellKind::Number, "stands elsewhere too", [](const auto& v) {
            return integerCell(v.origin != "human" && v.final.machine->isAmbiguousPlace ? 1 : 0);
        });
    table.columns.back().column.isYesNo = true;
}

void addItems(std::vector<ReportRecord>& records, const PlannedGroup& group, const ReportRun& run) {
    const auto items = run.items.find(group.group);
    if (group.isLeftOut || items == run.items.end()) {
        return;
    }
    for (const ReportItem& item : items->second) {
        records.push_back({&run, &group, &item, nullptr});
    }
}

std::vector<ReportRecord>
recordsOf(const ReportTable& table, const ExportPlan& plan, const ReportRun& run) {
    const ReportRecord document{&run, nullptr, nullptr, nullptr};
    std::vector<ReportRecord> records;
    switch (table.kind) {
    case RecordKind::Document:
        records.push_back(document);
        break;
    case RecordKind::DocumentThenItems:
        records.push_back(document);
        for (const PlannedGroup& group : plan.groups) {
            addItems(records, group, run);
        }
        break;
    case RecordKind::Item:
    case RecordKind::ItemOrDocument:
        addItems(records, *table.group, run);
        if (records.empty() && table.kind == RecordKind::ItemOrDocument) {
            records.push_back(document);
        }
        break;
    case RecordKind::Value:
        for (const ReportValue& value : run.values) {
            if (!value.isLeftOut && !value.final.field.empty()) {
                records.push_back({&run, nullptr, nullptr, &value});
            }
        }
        if (records.empty()) {
            records.push_back(document);
        }
        break;
    }
    return records;
}

} // namespace

ReportTable documentTable(const ExportPlan& plan, const TableOptions& options) {
    ReportTable table{plan.document.name, RecordKind::Document, nullptr, {}};
    addKeyColumns(table);
    addDocumentColumns(table);
    addFields(table, plan.document, options);
    addCounts(table, plan);
    if (options.hasProvenance) {
        addDocumentProvenance(table);
    }
    return table;
}

ReportTable groupTable(const PlannedGroup& group, const TableOptions& options) {
    ReportTable table{group.name, RecordKind::Item, &group, {}};
    addKeyColumns(table);
    addInstanceColumn(table);
    addFields(table, group, options);
    if (options.hasProvenance) {
        addItemProvenance(table);
    }
    return table;
}

ReportTable
flatTable(const ExportPlan& plan, const PlannedGroup& group, const TableOptions& options) {
    ReportTable table{group.name, RecordKind::ItemOrDocument, &group, {}};
    addKeyColumns(table);
    addInstanceColumn(table);
    addDocumentColumns(table);
    addFields(table, plan.document, options);
    addFields(table, group, options);
    if (options.hasProvenance) {
        addItemProvenance(table);
    }
    return table;
}

ReportTable stackedTable(const ExportPlan& plan, const TableOptions& options) {
    ReportTable table{"records", RecordKind::DocumentThenItems, nullptr, {}};
    addKeyColumns(table);
    addColumn(table, "item_group", CellKind::Code, "list of the item", [](const ReportRecord& r) {
        return r.group != nullptr ? codeCell(r.group->name) : Cell();
    });
    addInstanceColumn(table);
    addDocumentColumns(table);
    addFields(table, plan.document, options);
    addCounts(table, plan);
    for (const PlannedGroup& group : plan.groups) {
        addFields(table, group, options);
    }
    if (options.hasProvenance) {
        addItemProvenance(table);
    }
    return table;
}

ReportTable longTable(const ExportPlan& plan, const TableOptions& options) {
    ReportTable table{"long", RecordKind::Value, nullptr, {}};
    addKeyColumns(table);
    addDocumentColumns(table); // a document without values has a row too, which says why
    addLongColumns(table, plan);
    if (options.hasProvenance) {
        addValueProvenance(table);
    }
    return table;
}

std::vector<Row> rowsOf(const ReportTable& table, const ExportPlan& plan, const ReportRun& run) {
    std::vector<Row> rows;
    for (const ReportRecord& record : recordsOf(table, plan, run)) {
        Row row;
        row.reserve(table.columns.size());
        for (const TableColumn& column : table.columns) {
            row.push_back(column.cell(record));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Column> columnsOf(const ReportTable& table) {
    std::vector<Column> columns;
    for (const TableColumn& column : table.columns) {
        columns.push_back(column.column);
    }
    return columns;
}

std::vector<std::string> namesOf(const ReportTable& table) {
    std::vector<std::string> names;
    for (const TableColumn& column : table.columns) {
        names.push_back(column.column.name);
    }
    return names;
}

} // namespace attest::extract
