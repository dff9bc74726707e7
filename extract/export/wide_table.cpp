#include "extract/export/wide_table.h"

#include "extract/export/places.h"
#include "extract/template.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace attest::extract {

namespace {

// A field of the table with its column names.
struct Column {
    const Field* field = nullptr;
    std::string name;
    bool isOfRow = false; // of the group whose items are the rows
    bool hasNormal = false;
};

struct Plan {
    const Field* rows = nullptr; // the group whose items are the rows; null: one row per document
    std::vector<Column> columns;
    std::string anchor; // of `rows`: the field whose place the row shows
    std::vector<std::string> leftOut;
};

bool isList(const Field& field) {
    return field.kind == FieldKind::Group || field.kind == FieldKind::List;
}

Result<const Field*> rowsOf(const Template& asked, const std::string& group) {
    const Field* only = nullptr;
    size_t lists = 0;
    for (const Field& field : asked.fields()) {
        if (isList(field)) {
            ++lists;
            only = &field;
            if (field.name == group) {
                return &field;
            }
        }
    }
    if (!group.empty()) {
        return Error{ErrorCode::InvalidInput,
                     "template '" + asked.id() + "' has no group '" + group + "'"};
    }
    const bool isRows = asked.layout() == "rows" && lists == 1;
    return isRows ? only : static_cast<const Field*>(nullptr);
}

void addColumn(Plan& plan, std::set<std::string>& names, const Field& field, bool isOfRow) {
    Column column{&field, field.name, isOfRow, field.normalise != Normalise::None};
    if (!names.insert(column.name).second) {
        column.name = plan.rows->name + "_" + field.name;
        names.insert(column.name);
    }
    plan.columns.push_back(std::move(column));
}

Result<Plan> planFor(const Template& asked, const std::string& group) {
    Plan plan;
    ATTEST_TRY_ASSIGN(plan.rows, rowsOf(asked, group));
    std::set<std::string> names;
    for (const Field& field : asked.fields()) {
        if (!isList(field)) {
            addColumn(plan, names, field, false);
        } else if (&field != plan.rows) {
            plan.leftOut.push_back(field.name);
        }
    }
    if (plan.rows == nullptr) {
        return plan;
    }
    if (plan.rows->kind == FieldKind::List) {
        // The items of a list of strings are values named like the list itself.
        addColumn(plan, names, *plan.rows, true);
        plan.anchor = plan.rows->name;
        return plan;
    }
    for (const Field& field : plan.rows->fields) {
        addColumn(plan, names, field, true);
        if (field.isAnchor) {
            plan.anchor = field.name;
        }
    }
    return plan;
}

// Our own columns, renamed where the template has a field of the same name.
std::string ownName(const Plan& plan, const std::string& name) {
    const bool isTaken = std::any_of(
        plan.columns.begin(), plan.columns.end(), [&](const auto& c) { return c.name == name; });
    return isTaken ? "source_" + name : name;
}

using ValueByField = std::map<std::string, const storage::ValueRecord*>;

class Table {
public:
    Table(CsvWriter& csv, storage::Database& db, const Plan& plan)
        : csv_(csv), db_(db), plan_(plan) {}

    Result<void> writeHeader();
    Result<void> writeRun(const storage::StoredRun& run);

private:
    Result<void> writeRow(const storage::StoredRun& run,
                          const std::string& status,
                          std::int64_t instance,
                          const ValueByField& single,
                          const ValueByField& item,
                          Places& places);
    Result<void> writePlace(const storage::ValueRecord* value, Places& places);

    CsvWriter& csv_;
    storage::Database& db_;
    const Plan& plan_;
};

Result<void> Table::writeHeader() {
    for (const char* name : {"document", "id", "file", "document_status"}) {
        csv_.text(ownName(plan_, name));
    }
    if (plan_.rows != nullptr) {
        csv_.text(ownName(plan_, "instance"));
    }
    for (const Column& column : plan_.columns) {
        csv_.text(column.name);
        if (column.hasNormal) {
            csv_.text(column.name + "_norm").text(column.name + "_unit");
        }
        if (plan_.rows == nullptr) {
            for (const char* part : {"_page", "_begin", "_end"}) {
                csv_.text(column.name + part);
            }
        }
    }
    if (plan_.rows != nullptr) {
        for (const char* name : {"page", "begin", "end", "text"}) {
            csv_.text(ownName(plan_, name));
        }
    }
    csv_.text(ownName(plan_, "template")).text(ownName(plan_, "model"));
    return csv_.endRow();
}

Result<void> Table::writePlace(const storage::ValueRecord* value, Places& places) {
    if (value == nullptr || !value->span) {
        csv_.empty().empty().empty().empty();
        return {};
    }
    ATTEST_TRY_ASSIGN(const std::string text, places.textAt(*value->span));
    csv_.integer(value->span->pageIndex + 1)
        .integer(static_cast<long long>(value->span->begin))
        .integer(static_cast<long long>(value->span->end))
        .text(text);
    return {};
}

Result<void> Table::writeRow(const storage::StoredRun& run,
                             const std::string& status,
                             std::int64_t instance,
                             const ValueByField& single,
                             const ValueByField& item,
                             Places& places) {
    csv_.integer(run.documentId).text(run.run.sourceId).text(run.run.fileName).text(status);
    if (plan_.rows != nullptr) {
        instance < 0 ? csv_.empty() : csv_.integer(instance + 1);
    }
    for (const Column& column : plan_.columns) {
        const ValueByField& from = column.isOfRow ? item : single;
        const auto found = from.find(column.field->name);
        const storage::ValueRecord* value = found == from.end() ? nullptr : found->second;
        csv_.text(value != nullptr ? value->text.value_or("") : "");
        if (column.hasNormal && value != nullptr) {
            // "<0.01" is not the number 0.01, so its sign belongs to it.
            csv_.typed(value->comparator + value->normalised.value_or("")).text(value->unit);
        } else if (column.hasNormal) {
            csv_.empty().empty();
        }
        if (plan_.rows == nullptr) {
            if (value != nullptr && value->span) {
                csv_.integer(value->span->pageIndex + 1)
                    .integer(static_cast<long long>(value->span->begin))
                    .integer(static_cast<long long>(value->span->end));
            } else {
                csv_.empty().empty().empty();
            }
        }
    }
    if (plan_.rows != nullptr) {
        auto anchor = item.find(plan_.anchor);
        if (anchor == item.end()) {
            anchor = std::find_if(
                item.begin(), item.end(), [](const auto& v) { return v.second->span.has_value(); });
        }
        ATTEST_TRY(writePlace(anchor == item.end() ? nullptr : anchor->second, places));
    }
    csv_.text(run.templateId + "@" + std::to_string(run.templateVersion)).text(run.modelName);
    return csv_.endRow();
}

Result<void> Table::writeRun(const storage::StoredRun& run) {
    ATTEST_TRY_ASSIGN(const auto values, storage::valuesOf(db_, run.id));
    Places places(db_, run.readingId);
    ValueByField single;
    std::map<std::int64_t, ValueByField> items;
    for (const storage::ValueRecord& value : values) {
        if (value.group.empty()) {
            single[value.field] = &value;
        } else if (plan_.rows != nullptr && value.group == plan_.rows->name) {
            items[value.instance][value.field] = &value;
        }
    }
    const std::string status =
        run.run.status == "nothing-to-read"
            ? run.documentStatus
            : (run.run.status == "incomplete" ? "incomplete" : std::string(storage::kStatusOk));
    if (plan_.rows == nullptr || items.empty()) {
        // A document without items still has a row: that nothing was found is an answer.
        const bool isNone = plan_.rows != nullptr && status == storage::kStatusOk;
        return writeRow(run, isNone ? "none-found" : status, -1, single, {}, places);
    }
    for (const auto& [instance, item] : items) {
        ATTEST_TRY(writeRow(run, status, instance, single, item, places));
    }
    return {};
}

} // namespace

Result<std::vector<std::string>> writeWideTable(CsvWriter& csv,
                                                storage::Database& db,
                                                const std::vector<storage::StoredRun>& runs,
                                                const std::string& group) {
    if (runs.empty()) {
        return std::vector<std::string>();
    }
    for (const storage::StoredRun& run : runs) {
        if (run.templateId != runs.front().templateId) {
            return Error{
                ErrorCode::InvalidInput,
                "a wide table has the columns of one template, but there are results of '" +
                    runs.front().templateId + "' and '" + run.templateId +
                    "'; choose one with --template"};
        }
    }
    // The newest version of the template gives the columns.
    const auto newest =
        std::max_element(runs.begin(), runs.end(), [](const auto& a, const auto& b) {
            return std::pair(a.templateVersion, a.id) < std::pair(b.templateVersion, b.id);
        });
    ATTEST_TRY_ASSIGN(const storage::TemplateRecord record,
                      storage::storedTemplate(db, newest->templateSha256));
    ATTEST_TRY_ASSIGN(const Template asked,
                      Template::parse(record.json, "template '" + record.id + "'"));
    ATTEST_TRY_ASSIGN(const Plan plan, planFor(asked, group));

    Table table(csv, db, plan);
    ATTEST_TRY(table.writeHeader());
    for (const storage::StoredRun& run : runs) {
        ATTEST_TRY(table.writeRun(run));
    }
    return plan.leftOut;
}

} // namespace attest::extract
