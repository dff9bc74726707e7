// What a template becomes in tables: a name for each of its fields and groups and the columns that
// hold a field. The same for every profile, and not changed by what is left out.
#pragma once

#include "base/result.h"
#include "extract/export/table.h"
#include "extract/template.h"

#include <set>
#include <string>
#include <vector>

namespace attest::extract {

enum class FieldPart {
    Value,      // text, number, day, code of a choice
    Comparator, // numbers: "<"
    Low,        // numbers: of "10-20"
    High,
    Unit,     // UCUM code, or as written where the unit is not known
    DateText, // dates: as precise as stated, "2024-03"
    DateFrom, // dates: the first day it can be
    DateTo,
    Source, // numbers and dates: as written
    Status,
};

struct FieldColumn {
    FieldPart part = FieldPart::Value;
    Column column;
};

struct PlannedField {
    Field field;
    std::string group;    // of the template; empty: a single field
    std::string variable; // the name of its first column
    bool isLeftOut = false;
    std::vector<FieldColumn> columns;

    std::string path() const { return group.empty() ? field.name : group + "/" + field.name; }
};

struct PlannedGroup {
    std::string group;         // of the template; empty: the single fields
    std::string name;          // of its table, form and file
    std::string anchor;        // the field that names an item
    std::string countColumn;   // how many items a document has
    std::string pageColumn;    // of the anchor, where names are unique over all tables
    std::string snippetColumn; // the same
    bool isList = false;       // of strings: its one field is called like the group
    bool isLeftOut = false;
    std::vector<PlannedField> fields;
};

struct ExportPlan {
    PlannedGroup document;
    std::vector<PlannedGroup> groups;

    const PlannedField* find(const std::string& group, const std::string& field) const;
    std::vector<std::string> identifiers() const; // paths of those that are not left out
};

// The fields of the first template, then what only the others (older versions) have.
// Errors: InvalidInput (`leftOut` names a field or group that is in none of them).
// REQUIRES: at least one template.
Result<ExportPlan> planExport(const std::vector<Template>& versions,
                              const std::set<std::string>& leftOut);

// What a choice is written as; empty when it is none of the field's.
std::string choiceCode(const PlannedField& field, const std::string& choice);

struct StatusMeaning {
    const char* code;
    const char* meaning;
};

inline constexpr StatusMeaning kStatusMeanings[] = {
    {"ok", "stated"},
    {"ND", "not documented"},
    {"UNK", "documented as unknown"},
    {"NEG", "stated negative"},
    {"NA", "not applicable, or not asked"},
    {"ILL", "illegible, or no text could be read"},
    {"NOPAGE", "page or section is missing"},
    {"MSK", "removed by de-identification"},
    {"PEND", "not reviewed"},
    {"REJ", "rejected in review"},
};

} // namespace attest::extract
