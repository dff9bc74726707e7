#include "extract/export/field_cell.h"

#include <string_view>
#include <utility>

namespace attest::extract {

namespace {

// A year, month, day or time of day in ISO 8601, and the days it can be.
struct DateParts {
    std::string day; // empty when the day is not stated
    std::string from;
    std::string to;
};

std::string lastDayOf(const std::string& month) {
    for (const char* day : {"-31", "-30", "-29"}) {
        std::string date = month + day;
        if (isIsoDay(date)) {
            return date;
        }
    }
    return month + "-28";
}

DateParts partsOf(const std::string& iso) {
    constexpr size_t kYear = 4;
    constexpr size_t kMonth = 7;
    constexpr size_t kDay = 10;
    const std::string day = iso.substr(0, kDay);
    if (isIsoDay(day)) {
        return {day, day, day};
    }
    if (iso.size() == kMonth && isIsoDay(iso + "-01")) {
        return {"", iso + "-01", lastDayOf(iso)};
    }
    if (iso.size() == kYear && isIsoDay(iso + "-01-01")) {
        return {"", iso + "-01-01", iso + "-12-31"};
    }
    return {};
}

Cell dayCell(const std::string& day) {
    return day.empty() ? Cell() : dateCell(day);
}

// "10-20". A pair such as "120/80" is two measurements, not a range.
Cell rangeEnd(std::string_view normal, bool isHigh) {
    const size_t joint = normal.find('-', 1);
    if (joint == std::string_view::npos || !isPlainNumber(normal.substr(0, joint)) ||
        !isPlainNumber(normal.substr(joint + 1))) {
        return {};
    }
    return numberCell(isHigh ? normal.substr(joint + 1) : normal.substr(0, joint));
}

Cell mainCell(const PlannedField& field, const ReportValue& value, const TableOptions& options) {
    const std::string& text = *value.final.text;
    const std::string normal = value.final.normalised.value_or("");
    switch (field.field.normalise) {
    case Normalise::Number:
    case Normalise::Quantity:
        return isPlainNumber(normal) ? numberCell(normal) : Cell();
    case Normalise::Date:
        return dayCell(partsOf(normal).day);
    case Normalise::None:
        break;
    }
    const std::string code = choiceCode(field, text);
    if (field.columns.front().column.isYesNo && !code.empty()) {
        return numberCell(code);
    }
    // Something that is none of the choices is written as it is rather than lost.
    return options.hasChoiceCodes && !code.empty() ? codeCell(code) : textCell(text);
}

Cell partCell(const PlannedField& field,
              FieldPart part,
              const ReportValue& value,
              const TableOptions& options) {
    const storage::FinalValue& final = value.final;
    const std::string normal = final.normalised.value_or("");
    switch (part) {
    case FieldPart::Value:
        return mainCell(field, value, options);
    case FieldPart::Comparator:
        return textCell(final.comparator);
    case FieldPart::Low:
        return rangeEnd(normal, false);
    case FieldPart::High:
        return rangeEnd(normal, true);
    case FieldPart::Unit:
        return textCell(final.unit);
    case FieldPart::DateText:
        return partsOf(normal).from.empty() ? textCell(normal) : codeCell(normal);
    case FieldPart::DateFrom:
        return dayCell(partsOf(normal).from);
    case FieldPart::DateTo:
        return dayCell(partsOf(normal).to);
    case FieldPart::Source:
        return textCell(*final.text);
    case FieldPart::Status:
        break;
    }
    return {};
}

// The values a field's is among; null when the record has no place for it.
const ValueOfField* valuesFor(const PlannedField& field, const ReportRecord& record) {
    if (field.group.empty()) {
        return &record.run->single;
    }
    const bool isOfGroup = record.item != nullptr && record.group->group == field.group;
    return isOfGroup ? &record.item->values : nullptr;
}

Cell fieldCell(const PlannedField& field,
               FieldPart part,
               const ReportRecord& record,
               const TableOptions& options) {
    const ValueOfField* values = valuesFor(field, record);
    if (values == nullptr) {
        return {};
    }
    const auto found = values->find(field.field.name);
    const ReportValue* value = found == values->end() ? nullptr : found->second;
    if (part == FieldPart::Status) {
        return codeCell(value != nullptr ? value->status : record.run->statusOfMissing(field));
    }
    return value != nullptr && value->hasValue() ? partCell(field, part, *value, options) : Cell();
}

} // namespace

void addFieldColumns(ReportTable& table, const PlannedField& field, const TableOptions& options) {
    if (field.isLeftOut) {
        return;
    }
    const bool isStacked = table.kind == RecordKind::DocumentThenItems;
    for (const FieldColumn& planned : field.columns) {
        TableColumn column;
        column.column = planned.column;
        if (column.column.isYesNo) {
            column.column.kind = CellKind::Number;
        } else if (options.hasChoiceCodes && !column.column.choices.empty()) {
            column.column.kind = CellKind::Code;
        }
        const FieldPart part = planned.part;
        column.cell = [&field, part, options, isStacked](const ReportRecord& record) -> Cell {
            const bool isElsewhere = isStacked && field.group.empty() && record.item != nullptr;
            return isElsewhere ? Cell() : fieldCell(field, part, record, options);
        };
        table.columns.push_back(std::move(column));
    }
}

Cell normalCell(const PlannedField* field, const ReportValue& value) {
    if (!value.hasValue()) {
        return {};
    }
    const auto& normal = value.final.normalised;
    const Normalise form = field != nullptr ? field->field.normalise : Normalise::None;
    if (form == Normalise::None || !normal) {
        return textCell(*value.final.text);
    }
    return form == Normalise::Date ? dateCell(*normal) : numberCell(*normal);
}

} // namespace attest::extract
