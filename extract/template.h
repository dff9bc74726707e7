// A template: what to extract. JSON Schema (a 2020-12 subset) with annotations under "x-attest";
// docs and decoding follow design notes in docs/prompt_format.md.
#pragma once

#include "base/result.h"
#include "extract/value_pattern.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

enum class FieldKind {
    Verbatim, // string, a span of the page text
    Judged,   // one of `choices`, with the anchor of its record as evidence
    Free,     // string not bound to the page: summaries in free mode only
    Integer,  // a number within [minimum, maximum]: citations in free summaries only
    Group,    // list of objects
    List,     // list of `item` (strings or integers)
};

enum class Boundary { Word, Line, Sentence };
enum class Normalise { None, Number, Quantity, Date };

struct Field {
    std::string name;
    std::string description; // may be empty
    FieldKind kind = FieldKind::Verbatim;
    bool isNullable = true;
    bool isAnchor = false;     // names the record: distinct, in document order
    bool isIdentifier = false; // identifies a person
    Boundary boundary = Boundary::Word;
    Normalise normalise = Normalise::None;
    std::vector<std::string> choices;     // Judged, without null
    std::size_t minItems = 0;             // Group, List
    std::optional<std::size_t> maxItems;  // Group, List
    std::size_t minLength = 0;            // code points: Free, Verbatim
    std::optional<std::size_t> maxLength; // code points
    std::optional<ValuePattern> pattern;  // Verbatim: the form that a value must have
    std::int64_t minimum = 0;             // Integer
    std::int64_t maximum = 0;             // Integer
    std::vector<Field> fields;            // Group: of an item; List: exactly one, the item

    bool operator==(const Field&) const = default;
};

// A slice of a template that is asked in one prompt: up to eight single fields, or one list.
struct TemplatePart {
    std::string title;
    std::vector<Field> fields; // top-level fields, in order
};

class Template {
public:
    // Parses and checks a template file. `source` names it in messages.
    // Errors: InvalidInput (not JSON, limits: 4 MiB, depth 64, strings 64 KiB),
    //         Unsupported: "<source>: <JSON pointer>: keyword '<keyword>' is not supported;
    //         <advice>".
    static Result<Template> parse(std::string_view json, std::string_view source);

    const std::string& id() const { return id_; } // "medications" for "$id": "attest:medications"

    const std::string& title() const { return title_; }

    const std::string& description() const { return description_; }

    const std::string& layout() const { return layout_; } // "rows", "record", "summary"

    std::int64_t version() const { return version_; }

    const std::string& sha256() const { return sha256_; } // of the file's bytes

    const std::vector<Field>& fields() const { return fields_; }

    // docs/prompt_format.md, "Parts".
    std::vector<TemplatePart> parts() const;

private:
    friend class TemplateParser;
    Template() = default;

    std::string id_;
    std::string title_;
    std::string description_;
    std::string layout_;
    std::int64_t version_ = 1;
    std::string sha256_;
    std::vector<Field> fields_;
};

} // namespace attest::extract
