#include "extract/export/export_plan.h"

#include "extract/export/column_names.h"

#include <algorithm>
#include <map>
#include <utility>

namespace attest::extract {

namespace {

// Columns of ours that stand beside fields, so that no field takes their names.
constexpr const char* kOwnColumns[] = {"record_id",
                                       "document_id",
                                       "document_status",
                                       "document_reviewed",
                                       "instance",
                                       "item_group",
                                       "redcap_event_name",
                                       "redcap_data_access_group",
                                       "redcap_repeat_instrument",
                                       "redcap_repeat_instance",
                                       "source_file",
                                       "source_sha256",
                                       "page_count",
                                       "page",
                                       "char_start",
                                       "char_end",
                                       "bbox",
                                       "snippet",
                                       "confidence",
                                       "confidence_raw",
                                       "reviewed_by",
                                       "reviewed_at",
                                       "model",
                                       "model_sha256",
                                       "template",
                                       "run_id"};

// Tables and sheets of ours; a sheet "History" is refused by spreadsheets.
constexpr const char* kOwnTables[] = {
    "documents", "long", "dictionary", "manifest", "about", "records", "history"};

bool isTwoWay(const Field& field, std::string_view yes, std::string_view no) {
    return field.choices.size() == 2 &&
           std::count(field.choices.begin(), field.choices.end(), yes) == 1 &&
           std::count(field.choices.begin(), field.choices.end(), no) == 1;
}

bool hasField(const PlannedGroup& group, const std::string& name) {
    return std::any_of(group.fields.begin(), group.fields.end(), [&](const auto& field) {
        return field.field.name == name;
    });
}

void addField(PlannedGroup& group, const Field& field) {
    if (!hasField(group, field.name)) {
        PlannedField planned;
        planned.field = field;
        planned.group = group.group;
        group.fields.push_back(std::move(planned));
    }
    if (field.isAnchor && group.anchor.empty()) {
        group.anchor = field.name;
    }
}

// The items of a list of strings are values named like the list itself.
Field itemOf(const Field& list) {
    Field item = list.fields.empty() ? Field() : list.fields.front();
    item.name = list.name;
    item.isAnchor = true;
    item.isIdentifier = item.isIdentifier || list.isIdentifier;
    if (item.description.empty()) {
        item.description = list.description;
    }
    return item;
}

PlannedGroup& groupNamed(ExportPlan& plan, const Field& list) {
    const auto group = std::find_if(plan.groups.begin(), plan.groups.end(), [&](const auto& known) {
        return known.group == list.name;
    });
    if (group != plan.groups.end()) {
        return *group;
    }
    PlannedGroup added;
    added.group = list.name;
    added.isList = list.kind == FieldKind::List;
    plan.groups.push_back(std::move(added));
    return plan.groups.back();
}

void addTemplate(ExportPlan& plan, const Template& asked) {
    for (const Field& field : asked.fields()) {
        if (field.kind == FieldKind::List) {
            addField(groupNamed(plan, field), itemOf(field));
        } else if (field.kind == FieldKind::Group) {
            PlannedGroup& group = groupNamed(plan, field);
            for (const Field& part : field.fields) {
                addField(group, part);
            }
        } else {
            addField(plan.document, field);
        }
    }
}

template <typename Do>
void forEachField(ExportPlan& plan, const Do& act) {
    for (PlannedField& field : plan.document.fields) {
        act(plan.document, field);
    }
    for (PlannedGroup& group : plan.groups) {
        for (PlannedField& field : group.fields) {
            act(group, field);
        }
    }
}

// A name that several fields have, or that we need ourselves, gets its group in front.
void nameFields(ExportPlan& plan, ColumnNames& names) {
    std::map<std::string, int> uses;
    forEachField(plan, [&](const PlannedGroup&, const PlannedField& field) {
        ++uses[columnNameOf(field.field.name)];
    });
    forEachField(plan, [&](const PlannedGroup& group, PlannedField& field) {
        const std::string plain = columnNameOf(field.field.name);
        const bool isPlain = uses[plain] == 1 && !names.isTaken(plain);
        const std::string owner = group.group.empty() ? "document" : group.name;
        field.variable = names.add(isPlain ? plain : owner + "_" + plain);
    });
}

Column partColumn(const PlannedField& field, std::string name, CellKind kind, const char* what) {
    Column column;
    column.name = std::move(name);
    column.kind = kind;
    if (*what != '\0') {
        column.label = field.field.name + ": " + what;
    } else {
        column.label = field.field.description.empty() ? field.field.name : field.field.description;
    }
    column.source = field.path();
    column.isIdentifier = field.field.isIdentifier;
    return column;
}

void addChoices(Column& column, const Field& field) {
    column.isYesNo = isTwoWay(field, "yes", "no") || isTwoWay(field, "true", "false");
    ColumnNames codes;
    for (const std::string& choice : field.choices) {
        const bool isYes = choice == "yes" || choice == "true";
        column.choices.push_back(
            {column.isYesNo ? (isYes ? "1" : "0") : codes.add(columnNameOf(choice)), choice});
    }
}

void addColumns(PlannedField& field, ColumnNames& names) {
    const auto add = [&](FieldPart part, const char* suffix, CellKind kind, const char* what) {
        std::string name =
            part == FieldPart::Value ? field.variable : names.add(field.variable, suffix);
        field.columns.push_back({part, partColumn(field, std::move(name), kind, what)});
    };
    switch (field.field.normalise) {
    case Normalise::None:
        add(FieldPart::Value, "", CellKind::Text, "");
        break;
    case Normalise::Number:
    case Normalise::Quantity:
        add(FieldPart::Value, "", CellKind::Number, "");
        add(FieldPart::Comparator, "_cmp", CellKind::Code, "comparator before the number");
        add(FieldPart::Low, "_low", CellKind::Number, "lower end of a range");
        add(FieldPart::High, "_high", CellKind::Number, "upper end of a range");
        add(FieldPart::Unit, "_unit", CellKind::Text, "unit (UCUM where known)");
        add(FieldPart::Source, "_src", CellKind::Text, "as written");
        break;
    case Normalise::Date:
        add(FieldPart::Value, "", CellKind::Date, "");
        add(FieldPart::DateText, "_text", CellKind::Code, "as precise as stated");
        add(FieldPart::DateFrom, "_from", CellKind::Date, "first day it can be");
        add(FieldPart::DateTo, "_to", CellKind::Date, "last day it can be");
        add(FieldPart::Source, "_src", CellKind::Text, "as written");
        break;
    }
    Column& value = field.columns.front().column;
    value.isLongText =
        field.field.boundary != Boundary::Word || field.field.kind == FieldKind::Free;
    addChoices(value, field.field);
    add(FieldPart::Status, "_status", CellKind::Code, "status");
    for (const StatusMeaning& status : kStatusMeanings) {
        field.columns.back().column.choices.push_back({status.code, status.meaning});
    }
}

Result<void> leaveOut(ExportPlan& plan, const std::set<std::string>& leftOut) {
    for (const std::string& path : leftOut) {
        bool isFound = false;
        for (PlannedGroup& group : plan.groups) {
            if (group.group == path) {
                isFound = true;
                group.isLeftOut = true;
            }
        }
        forEachField(plan, [&](const PlannedGroup& group, PlannedField& field) {
            if (field.path() == path || (!path.empty() && group.group == path)) {
                field.isLeftOut = true;
                isFound = true;
            }
        });
        if (!isFound) {
            return Error{ErrorCode::InvalidInput,
                         "the template has no field '" + path +
                             "' to leave out; a field of a list is named LIST/FIELD"};
        }
    }
    return {};
}

} // namespace

const PlannedField* ExportPlan::find(const std::string& group, const std::string& field) const {
    const PlannedGroup* owner = group.empty() ? &document : nullptr;
    for (const PlannedGroup& planned : groups) {
        owner = !group.empty() && planned.group == group ? &planned : owner;
    }
    if (owner == nullptr) {
        return nullptr;
    }
    const auto found =
        std::find_if(owner->fields.begin(), owner->fields.end(), [&](const auto& planned) {
            return planned.field.name == field;
        });
    return found == owner->fields.end() ? nullptr : &*found;
}

std::vector<std::string> ExportPlan::identifiers() const {
    std::vector<std::string> paths;
    const auto addThoseOf = [&](const PlannedGroup& group) {
        for (const PlannedField& field : group.fields) {
            if (field.field.isIdentifier && !field.isLeftOut) {
                paths.push_back(field.path());
            }
        }
    };
    addThoseOf(document);
    std::for_each(groups.begin(), groups.end(), addThoseOf);
    return paths;
}

Result<ExportPlan> planExport(const std::vector<Template>& versions,
                              const std::set<std::string>& leftOut) {
    ExportPlan plan;
    plan.document.name = "documents";
    for (const Template& version : versions) {
        addTemplate(plan, version);
    }

    ColumnNames tables;
    for (const char* name : kOwnTables) {
        tables.reserve(name);
    }
    ColumnNames names;
    for (const char* name : kOwnColumns) {
        names.reserve(name);
    }
    names.reserve(plan.document.name + "_complete");
    for (PlannedGroup& group : plan.groups) {
        const std::string plain = columnNameOf(group.group);
        group.name = tables.add(tables.isTaken(plain) ? "group_" + plain : plain);
        names.reserve(group.name + "_complete");
    }
    nameFields(plan, names);
    forEachField(plan, [&](const PlannedGroup&, PlannedField& field) { addColumns(field, names); });
    for (PlannedGroup& group : plan.groups) {
        group.countColumn = names.add(group.name, "_count");
        group.pageColumn = names.add(group.name, "_page");
        group.snippetColumn = names.add(group.name, "_snippet");
    }
    ATTEST_TRY(leaveOut(plan, leftOut));
    return plan;
}

std::string choiceCode(const PlannedField& field, const std::string& choice) {
    for (const Choice& known : field.columns.front().column.choices) {
        if (known.label == choice) {
            return known.code;
        }
    }
    return {};
}

} // namespace attest::extract
