#include "extract/export/dictionary.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace attest::extract {

namespace {

constexpr std::string_view kComplete = "_complete";

// Spelled as REDCap spells them.
constexpr const char* kHeader[] = {"Variable / Field Name",
                                   "Form Name",
                                   "Section Header",
                                   "Field Type",
                                   "Field Label",
                                   "Choices, Calculations, OR Slider Labels",
                                   "Field Note",
                                   "Text Validation Type OR Show Slider Number",
                                   "Text Validation Min",
                                   "Text Validation Max",
                                   "Identifier?",
                                   "Branching Logic (Show field only if...)",
                                   "Required Field?",
                                   "Custom Alignment",
                                   "Question Number (surveys only)",
                                   "Matrix Group Name",
                                   "Matrix Ranking?",
                                   "Field Annotation"};

// "active, active | stopped, stopped": what stands in the cells, then what it means.
std::string choicesText(const Column& column, DictionaryKind kind) {
    const bool isCoded =
        kind == DictionaryKind::Redcap || column.isYesNo || column.kind == CellKind::Code;
    std::string text;
    for (const Choice& choice : column.choices) {
        text += (text.empty() ? "" : " | ") + (isCoded ? choice.code : choice.label) + ", " +
                choice.label;
    }
    return text;
}

std::string typeOf(const Column& column) {
    if (column.isYesNo) {
        return "yesno";
    }
    if (!column.choices.empty()) {
        return "dropdown";
    }
    return column.isLongText ? "notes" : "text";
}

std::string validationOf(const Column& column) {
    if (column.isYesNo || !column.choices.empty()) {
        return "";
    }
    return column.kind == CellKind::Number ? "number"
           : column.kind == CellKind::Date ? "date_ymd"
                                           : "";
}

Row rowOf(const Column& column, const std::string& form, DictionaryKind kind) {
    Row row;
    const auto add = [&row](const std::string& text) {
        row.push_back(textCell(text));
    };
    const auto skip = [&row](size_t count) {
        row.resize(row.size() + count);
    };
    add(column.name);
    add(form);
    skip(1);
    add(typeOf(column));
    add(column.label.empty() ? column.name : column.label);
    // REDCap knows the choices of yes/no itself and refuses them in the file.
    add(column.isYesNo && kind == DictionaryKind::Redcap ? "" : choicesText(column, kind));
    skip(1);
    add(validationOf(column));
    skip(2);
    add(column.isIdentifier ? "y" : "");
    skip(6); // nothing is required: a status without a value is an answer
    add(column.source.empty() ? "" : "template field " + column.source);
    return row;
}

bool isRedcapsOwn(const Column& column, const ExportPlan& plan) {
    const auto completes = [&](const PlannedGroup& group) {
        return column.name == group.name + std::string(kComplete);
    };
    return column.name.starts_with("redcap_repeat_") || completes(plan.document) ||
           std::any_of(plan.groups.begin(), plan.groups.end(), completes);
}

// The form whose "_complete" column comes next: the columns of a form stand before it.
std::string formAt(const ReportTable& table, const ExportPlan& plan, size_t index) {
    for (size_t i = index; i < table.columns.size(); ++i) {
        const std::string& name = table.columns[i].column.name;
        if (isRedcapsOwn(table.columns[i].column, plan) && name.ends_with(kComplete)) {
            return name.substr(0, name.size() - kComplete.size());
        }
    }
    return plan.document.name;
}

} // namespace

std::vector<std::string> dictionaryHeader() {
    return {std::begin(kHeader), std::end(kHeader)};
}

std::vector<Row> dictionaryRows(const std::vector<ReportTable>& tables,
                                const ExportPlan& plan,
                                DictionaryKind kind) {
    std::vector<Row> rows;
    for (const ReportTable& table : tables) {
        for (size_t i = 0; i < table.columns.size(); ++i) {
            const Column& column = table.columns[i].column;
            if (kind == DictionaryKind::Plain) {
                rows.push_back(rowOf(column, table.name, kind));
            } else if (!isRedcapsOwn(column, plan)) {
                rows.push_back(rowOf(column, formAt(table, plan, i), kind));
            }
        }
    }
    return rows;
}

} // namespace attest::extract
