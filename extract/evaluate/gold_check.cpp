#include "extract/evaluate/gold_check.h"

#include "extract/evaluate/document_score.h"
#include "extract/json_pointer.h"

#include <algorithm>
#include <string>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

Error wrong(const std::string& pointer, const std::string& what) {
    return {ErrorCode::InvalidInput, pointer + ": " + what};
}

// Fields of the same name in several templates.
using Candidates = std::vector<const Field*>;

Candidates named(const std::vector<const std::vector<Field>*>& lists, const std::string& name) {
    Candidates found;
    for (const std::vector<Field>* fields : lists) {
        for (const Field& field : *fields) {
            if (field.name == name) {
                found.push_back(&field);
            }
        }
    }
    return found;
}

std::string choicesOf(const Field& field) {
    std::string all;
    for (const std::string& choice : field.choices) {
        all += (all.empty() ? "" : ", ") + choice;
    }
    return all;
}

Result<void>
checkLeaf(const ordered_json& value, const Candidates& fields, const std::string& pointer) {
    if (value.is_structured()) {
        return wrong(pointer, "a single value is wanted here: text, a number or null");
    }
    const auto text = leafText(value);
    const bool isPossible = std::any_of(fields.begin(), fields.end(), [&](const Field* field) {
        return !text || field->kind != FieldKind::Judged ||
               std::find(field->choices.begin(), field->choices.end(), *text) !=
                   field->choices.end();
    });
    return isPossible
               ? Result<void>()
               : wrong(pointer, "none of the choices, which are " + choicesOf(*fields.front()));
}

Result<void> checkObject(const ordered_json& object,
                         const std::vector<const std::vector<Field>*>& lists,
                         const std::string& pointer);

Result<void>
checkItems(const ordered_json& items, const Candidates& fields, const std::string& pointer) {
    if (!items.is_array()) {
        return wrong(pointer, "a list is wanted here");
    }
    if (items.size() > kMaxScoredItems) {
        return wrong(pointer, "more than " + std::to_string(kMaxScoredItems) + " items");
    }
    std::vector<const std::vector<Field>*> inner;
    Candidates plain;
    for (const Field* field : fields) {
        if (field->kind == FieldKind::Group) {
            inner.push_back(&field->fields);
        } else {
            plain.push_back(&field->fields.front());
        }
    }
    size_t index = 0;
    for (const ordered_json& item : items) {
        const std::string place = pointerTo(pointer, std::to_string(index++));
        if (item.is_object() && !inner.empty()) {
            ATTEST_TRY(checkObject(item, inner, place));
        } else if (plain.empty()) {
            return wrong(place, "an object is wanted here");
        } else {
            ATTEST_TRY(checkLeaf(item, plain, place));
        }
    }
    return {};
}

Result<void> checkObject(const ordered_json& object,
                         const std::vector<const std::vector<Field>*>& lists,
                         const std::string& pointer) {
    for (const auto& [name, value] : object.items()) {
        const std::string place = pointerTo(pointer, name);
        const Candidates fields = named(lists, name);
        if (fields.empty()) {
            return wrong(place, "no template that is measured has this field");
        }
        const FieldKind kind = fields.front()->kind;
        if (kind == FieldKind::Group || kind == FieldKind::List) {
            ATTEST_TRY(checkItems(value, fields, place));
        } else {
            ATTEST_TRY(checkLeaf(value, fields, place));
        }
    }
    return {};
}

} // namespace

Result<void> checkGoldValues(const ordered_json& values,
                             const std::vector<const Template*>& templates) {
    std::vector<const std::vector<Field>*> lists;
    for (const Template* asked : templates) {
        lists.push_back(&asked->fields());
    }
    return checkObject(values, lists, "/values");
}

} // namespace attest::extract
