// Changes to a template draft, without a window. Each returns what became of it; paths that do not
// exist change nothing.
#pragma once

#include "extract/template_json.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace attest::gui {

// Where a field is: `field` is a top-level one, `inner` one of its item when that is a group. -1:
// none; both: the template itself.
struct DraftPath {
    int field = -1;
    int inner = -1;

    bool operator==(const DraftPath&) const = default;

    bool isTemplate() const { return field < 0; }
};

// What a person chooses as type of a field.
enum class FieldType { Text, Number, Quantity, Date, Choice, TextList, Group, Other };

FieldType typeOf(const extract::DraftField& field);

// Keeps name, description and what both types have; a group keeps its fields only as a group.
void setType(extract::DraftField& field, FieldType type);

// Null when there is no such field. Items of text lists have no path.
const extract::DraftField* fieldAt(const extract::TemplateDraft& draft, DraftPath path);
extract::DraftField* fieldAt(extract::TemplateDraft& draft, DraftPath path);

// Below `after` (inside its group; at the end of a group that `after` names with `isInside`), with
// a name nobody has. Groups go to the top level.
DraftPath
addField(extract::TemplateDraft& draft, DraftPath after, FieldType type, bool isInside = false);

// The field that stands there then.
DraftPath removeField(extract::TemplateDraft& draft, DraftPath path);

// Up or down among its neighbours.
DraftPath moveField(extract::TemplateDraft& draft, DraftPath path, int steps);

// Before `to` (one past the last: at the end), also into and out of groups. A group stays at the
// top level.
DraftPath moveFieldTo(extract::TemplateDraft& draft, DraftPath from, DraftPath to);

// "field", "field_2", … whatever nobody in `fields` has.
std::string freeName(const std::vector<extract::DraftField>& fields, std::string_view wanted);

// "Left ventricle (mm)" as a name: "left_ventricle_mm".
std::string nameFromTitle(std::string_view title);

// The path of a JSON pointer into writeDraft(draft), as messages of Template::parse() hold it.
DraftPath pathOfPointer(const extract::TemplateDraft& draft, std::string_view pointer);

} // namespace attest::gui
