#include "gui/templates/draft_edit.h"

#include "extract/json_pointer.h"

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

using extract::DraftField;
using extract::FieldKind;
using extract::Normalise;
using extract::TemplateDraft;

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

bool has(const std::vector<DraftField>& fields, int index) {
    return index >= 0 && at(index) < fields.size();
}

// The list `path` stands in, and its index there.
std::pair<std::vector<DraftField>*, int> listOf(TemplateDraft& draft, DraftPath path) {
    if (path.inner < 0) {
        return {&draft.fields, path.field};
    }
    return {has(draft.fields, path.field) ? &draft.fields[at(path.field)].fields : nullptr,
            path.inner};
}

DraftField newField(FieldType type) {
    DraftField field;
    setType(field, type);
    return field;
}

bool isWordByte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

} // namespace

FieldType typeOf(const DraftField& field) {
    switch (field.kind) {
    case FieldKind::Verbatim:
        switch (field.normalise) {
        case Normalise::None:
            return FieldType::Text;
        case Normalise::Number:
            return FieldType::Number;
        case Normalise::Quantity:
            return FieldType::Quantity;
        case Normalise::Date:
            return FieldType::Date;
        }
        return FieldType::Text;
    case FieldKind::Judged:
        return FieldType::Choice;
    case FieldKind::Group:
        return FieldType::Group;
    case FieldKind::List:
        return !field.fields.empty() && field.fields.front().kind == FieldKind::Verbatim
                   ? FieldType::TextList
                   : FieldType::Other;
    case FieldKind::Free:
    case FieldKind::Integer:
        return FieldType::Other;
    }
    return FieldType::Other;
}

void setType(DraftField& field, FieldType type) {
    if (type == FieldType::Other || type == typeOf(field)) {
        return;
    }
    DraftField next;
    next.name = field.name;
    next.description = field.description;
    next.isIdentifier = field.isIdentifier;
    const bool wasList = field.kind == FieldKind::Group || field.kind == FieldKind::List;
    next.isNullable = wasList || field.isNullable;
    switch (type) {
    case FieldType::Text:
    case FieldType::Number:
    case FieldType::Quantity:
    case FieldType::Date:
        next.isAnchor = field.isAnchor && field.kind == FieldKind::Verbatim;
        next.boundary = field.boundary;
        next.pattern = field.pattern;
        next.otherJson = field.kind == FieldKind::Verbatim ? field.otherJson : std::string();
        next.normalise = type == FieldType::Number     ? Normalise::Number
                         : type == FieldType::Quantity ? Normalise::Quantity
                         : type == FieldType::Date     ? Normalise::Date
                                                       : Normalise::None;
        break;
    case FieldType::Choice:
        next.kind = FieldKind::Judged;
        next.choices = {"yes", "no"};
        break;
    case FieldType::TextList: {
        next.kind = FieldKind::List;
        next.isNullable = false;
        next.isIdentifier = false;
        DraftField item;
        item.isNullable = false;
        item.isAnchor = true;
        next.fields = {item};
        break;
    }
    case FieldType::Group: {
        next.kind = FieldKind::Group;
        next.isNullable = false;
        next.isIdentifier = false;
        DraftField anchor;
        anchor.name = "name";
        anchor.isNullable = false;
        anchor.isAnchor = true;
        next.fields = {anchor};
        break;
    }
    case FieldType::Other:
        return;
    }
    field = std::move(next);
}

const DraftField* fieldAt(const TemplateDraft& draft, DraftPath path) {
    if (!has(draft.fields, path.field)) {
        return nullptr;
    }
    const DraftField& field = draft.fields[at(path.field)];
    if (path.inner < 0) {
        return &field;
    }
    return field.kind == FieldKind::Group && has(field.fields, path.inner)
               ? &field.fields[at(path.inner)]
               : nullptr;
}

DraftField* fieldAt(TemplateDraft& draft, DraftPath path) {
    return const_cast<DraftField*>(fieldAt(std::as_const(draft), path));
}

DraftPath addField(TemplateDraft& draft, DraftPath after, FieldType type, bool isInside) {
    DraftField field = newField(type);
    const DraftField* before = fieldAt(draft, after);
    const bool intoGroup = type != FieldType::Group && before != nullptr &&
                           (after.inner >= 0 || (isInside && before->kind == FieldKind::Group));
    if (intoGroup) {
        std::vector<DraftField>& fields = draft.fields[at(after.field)].fields;
        const int index = after.inner >= 0 ? after.inner + 1 : static_cast<int>(fields.size());
        field.name = freeName(fields, "field");
        fields.insert(fields.begin() + index, std::move(field));
        return {after.field, index};
    }
    const int index = before == nullptr ? static_cast<int>(draft.fields.size()) : after.field + 1;
    field.name = freeName(draft.fields, type == FieldType::Group ? "items" : "field");
    draft.fields.insert(draft.fields.begin() + index, std::move(field));
    return {index, -1};
}

DraftPath removeField(TemplateDraft& draft, DraftPath path) {
    if (fieldAt(draft, path) == nullptr) {
        return path;
    }
    auto [fields, index] = listOf(draft, path);
    fields->erase(fields->begin() + index);
    const int last = static_cast<int>(fields->size()) - 1;
    if (path.inner >= 0) {
        return {path.field, std::min(path.inner, last)};
    }
    return {std::min(path.field, last), -1};
}

DraftPath moveField(TemplateDraft& draft, DraftPath path, int steps) {
    if (fieldAt(draft, path) == nullptr) {
        return path;
    }
    auto [fields, index] = listOf(draft, path);
    const int target = std::clamp(index + steps, 0, static_cast<int>(fields->size()) - 1);
    const auto begin = fields->begin();
    if (target > index) {
        std::rotate(begin + index, begin + index + 1, begin + target + 1);
    } else {
        std::rotate(begin + target, begin + index, begin + index + 1);
    }
    return path.inner >= 0 ? DraftPath{path.field, target} : DraftPath{target, -1};
}

DraftPath moveFieldTo(TemplateDraft& draft, DraftPath from, DraftPath to) {
    const DraftField* moved = fieldAt(draft, from);
    if (moved == nullptr || from == to || to.field < 0) {
        return from;
    }
    const bool isList = moved->kind == FieldKind::Group || moved->kind == FieldKind::List;
    if (to.inner >= 0) {
        const DraftField* group = fieldAt(draft, {to.field, -1});
        if (group == nullptr || group->kind != FieldKind::Group || isList) {
            return from;
        }
    }
    DraftField field = *moved;
    auto [source, index] = listOf(draft, from);
    source->erase(source->begin() + index);
    if (from.inner < 0 && to.field > from.field) {
        --to.field; // what follows has moved up
    } else if (from.inner >= 0 && from.field == to.field && to.inner > from.inner) {
        --to.inner;
    }
    auto [target, place] = listOf(draft, to);
    if (target != source) { // the name may be taken there
        field.name = freeName(*target, field.name);
        field.isAnchor = false;
    }
    place = std::clamp(place, 0, static_cast<int>(target->size()));
    target->insert(target->begin() + place, std::move(field));
    return to.inner >= 0 ? DraftPath{to.field, place} : DraftPath{place, -1};
}

std::string freeName(const std::vector<DraftField>& fields, std::string_view wanted) {
    const auto isTaken = [&](const std::string& name) {
        return std::any_of(fields.begin(), fields.end(), [&](const DraftField& field) {
            return field.name == name;
        });
    };
    std::string name(wanted);
    for (int number = 2; isTaken(name); ++number) {
        name = std::string(wanted) + '_' + std::to_string(number);
    }
    return name;
}

std::string nameFromTitle(std::string_view title) {
    std::string name;
    for (const char byte : title) {
        const char lower = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
        if (isWordByte(lower)) {
            name += lower;
        } else if (!name.empty() && name.back() != '_') {
            name += '_';
        }
    }
    while (!name.empty() && name.back() == '_') {
        name.pop_back();
    }
    constexpr std::size_t kLongest = 48; // of 64, so that "-2" still fits
    return name.substr(0, kLongest);
}

DraftPath pathOfPointer(const TemplateDraft& draft, std::string_view pointer) {
    const auto find = [&](const std::vector<DraftField>& fields, std::string_view base) {
        // Of two fields with one name the message means the second; the longest match wins because
        // one name may begin with another.
        int found = -1;
        std::size_t longest = 0;
        for (int i = 0; i < static_cast<int>(fields.size()); ++i) {
            const std::string step =
                extract::pointerTo(std::string(base) + "/properties", fields[at(i)].name);
            const bool isHere = pointer == step || pointer.substr(0, step.size() + 1) == step + "/";
            if (isHere && step.size() >= longest) {
                found = i;
                longest = step.size();
            }
        }
        return found;
    };
    DraftPath path;
    path.field = find(draft.fields, "");
    if (const DraftField* group = fieldAt(draft, path);
        group != nullptr && group->kind == FieldKind::Group) {
        const std::string base = extract::pointerTo("/properties", group->name) + "/items";
        path.inner = find(group->fields, base);
    }
    return path;
}

} // namespace attest::gui
