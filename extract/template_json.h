// A template as an editor holds it: every annotation, in the order of the file, also while it is
// not valid yet. template.h is what extraction uses.
#pragma once

#include "base/result.h"
#include "extract/template.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

// A plain value. What it means is in template.h; `kind` is Verbatim, Judged, Free, Integer, Group
// or List. Of a Group `fields` are the item's, of a List exactly one: its item.
struct DraftField {
    std::string name;
    std::string description;
    FieldKind kind = FieldKind::Verbatim;
    bool isNullable = true;
    bool isAnchor = false;
    bool isIdentifier = false;
    Boundary boundary = Boundary::Word;
    Normalise normalise = Normalise::None;
    std::string pattern; // empty: any form
    std::vector<std::string> choices;
    std::vector<DraftField> fields;
    std::int64_t minItems = -1; // -1: not written
    std::int64_t maxItems = -1;
    std::int64_t minimum = 0; // Integer
    std::int64_t maximum = 0;
    // Keywords that have no place above ("title", "examples", "maxLength", …): the members of a
    // JSON object without its braces, written last. Of a Group also those of its items.
    std::string otherJson;
    std::string itemsOtherJson;

    bool operator==(const DraftField&) const = default;
};

struct TemplateDraft {
    std::string id; // without "attest:"
    std::string title;
    std::string description;
    std::string layout = "record";
    std::int64_t version = 1;
    std::vector<DraftField> fields;
    std::string otherJson;

    bool operator==(const TemplateDraft&) const = default;
};

// Errors: those of Template::parse(): what cannot be extracted with cannot be edited as fields.
Result<TemplateDraft> parseDraft(std::string_view json, std::string_view source);

// The file of a draft, indented by two, in the order templates are written in everywhere:
// writeDraft(parseDraft(file)) is `file` for the built-in ones. Never fails: a draft that is not
// valid (two fields of one name) is written as it stands, and Template::parse() says what is wrong.
std::string writeDraft(const TemplateDraft& draft);

} // namespace attest::extract
