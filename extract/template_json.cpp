#include "extract/template_json.h"

#include "extract/json_pointer.h"
#include "extract/template/schema_json.h"
#include "extract/text/json_reading.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace attest::extract {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kDialect = "https://json-schema.org/draft/2020-12/schema";

// ---- reading: the JSON has passed Template::parse(), so its shape is known ----

std::int64_t numberAt(const Json& json, std::string_view key, std::int64_t otherwise) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>()
                                                             : otherwise;
}

bool flagAt(const Json& json, std::string_view key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

bool allowsNull(const Json& json) {
    const auto type = json.find("type");
    return type != json.end() && type->is_array() &&
           std::any_of(type->begin(), type->end(), [](const Json& name) { return name == "null"; });
}

std::string otherMembers(const Json& json, std::initializer_list<std::string_view> known) {
    Json rest = Json::object();
    for (const auto& [key, value] : json.items()) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            rest[key] = value;
        }
    }
    if (rest.empty()) {
        return {};
    }
    const std::string text = rest.dump();
    return text.substr(1, text.size() - 2);
}

DraftField readField(const std::string& name, const Json& json);

std::vector<DraftField> readFields(const Json& owner) {
    std::vector<DraftField> fields;
    for (const auto& [name, schema] : owner["properties"].items()) {
        fields.push_back(readField(name, schema));
    }
    return fields;
}

void readList(const Json& json, DraftField& field) {
    field.isNullable = false;
    field.minItems = numberAt(json, "minItems", -1);
    field.maxItems = numberAt(json, "maxItems", -1);
    field.otherJson =
        otherMembers(json, {"type", "description", "items", "minItems", "maxItems", "x-attest"});
    const Json& items = json["items"];
    if (items.contains("properties")) {
        field.kind = FieldKind::Group;
        field.fields = readFields(items);
        field.itemsOtherJson =
            otherMembers(items, {"type", "properties", "required", "additionalProperties"});
    } else {
        field.kind = FieldKind::List;
        field.fields = {readField("", items)};
    }
}

DraftField readField(const std::string& name, const Json& json) {
    DraftField field;
    field.name = name;
    field.description = textAt(json, "description");
    const Json notes = json.contains("x-attest") ? json["x-attest"] : Json::object();
    field.isAnchor = flagAt(notes, "anchor");
    field.isIdentifier = flagAt(notes, "identifier");
    if (const auto values = json.find("enum"); values != json.end()) {
        field.kind = FieldKind::Judged;
        field.isNullable = false;
        for (const Json& value : *values) {
            if (value.is_null()) {
                field.isNullable = true;
            } else {
                field.choices.push_back(value.get<std::string>());
            }
        }
        field.otherJson = otherMembers(json, {"enum", "type", "description", "x-attest"});
        return field;
    }
    field.isNullable = allowsNull(json);
    const std::string type = textAt(json, "type");
    if (type == "array") {
        readList(json, field);
        return field;
    }
    if (type == "integer") {
        field.kind = FieldKind::Integer;
        field.minimum = numberAt(json, "minimum", 0);
        field.maximum = numberAt(json, "maximum", 0);
        field.otherJson = otherMembers(json, {"type", "description", "minimum", "maximum"});
        return field;
    }
    field.kind = textAt(notes, "kind") == "free" ? FieldKind::Free : FieldKind::Verbatim;
    const std::string boundary = textAt(notes, "boundary");
    field.boundary = boundary == "line"       ? Boundary::Line
                     : boundary == "sentence" ? Boundary::Sentence
                                              : Boundary::Word;
    const std::string normalise = textAt(notes, "normalise");
    field.normalise = normalise == "number"     ? Normalise::Number
                      : normalise == "quantity" ? Normalise::Quantity
                      : normalise == "date"     ? Normalise::Date
                                                : Normalise::None;
    field.pattern = textAt(json, "pattern");
    field.otherJson = otherMembers(json, {"type", "description", "pattern", "x-attest"});
    return field;
}

// ---- writing ----

// JSON text, two spaces a level. Members of an object are written one after another; commas and
// line breaks are the writer's business.
class Writer {
public:
    std::string take() { return std::move(text_) + "\n"; }

    void open(char bracket) {
        text_ += bracket;
        ++depth_;
        isFirst_ = true;
    }

    void close(char bracket) {
        --depth_;
        if (!isFirst_) {
            newLine();
        }
        text_ += bracket;
        isFirst_ = false;
    }

    void element() {
        text_ += isFirst_ ? "" : ",";
        newLine();
        isFirst_ = false;
    }

    void key(std::string_view name) {
        element();
        text_ += '"' + escapeJson(name) + "\": ";
    }

    void string(std::string_view value) { text_ += '"' + escapeJson(value) + '"'; }

    void raw(std::string_view value) { text_ += value; }

    void member(std::string_view name, std::string_view value) {
        key(name);
        string(value);
    }

    void memberIf(std::string_view name, std::string_view value) {
        if (!value.empty()) {
            member(name, value);
        }
    }

    void number(std::string_view name, std::int64_t value) {
        key(name);
        text_ += std::to_string(value);
    }

    void flag(std::string_view name, bool value) {
        if (value) {
            key(name);
            text_ += "true";
        }
    }

    // Members kept from the file, in its order.
    void members(const std::string& json) {
        if (json.empty()) {
            return;
        }
        const Json kept = Json::parse("{" + json + "}", nullptr, false);
        if (!kept.is_object()) {
            return;
        }
        for (const auto& [name, value] : kept.items()) {
            key(name);
            for (const char byte : value.dump(2)) {
                text_ += byte;
                if (byte == '\n') {
                    text_.append(2 * depth_, ' ');
                }
            }
        }
    }

private:
    void newLine() {
        text_ += '\n';
        text_.append(2 * depth_, ' ');
    }

    std::string text_;
    std::size_t depth_ = 0;
    bool isFirst_ = true;
};

void writeField(Writer& out, const DraftField& field);

void writeProperties(Writer& out, const std::vector<DraftField>& fields) {
    out.key("properties");
    out.open('{');
    for (const DraftField& field : fields) {
        out.key(field.name);
        writeField(out, field);
    }
    out.close('}');
}

void writeRequired(Writer& out, const std::vector<DraftField>& fields) {
    out.key("required");
    out.open('[');
    for (const DraftField& field : fields) {
        out.element();
        out.string(field.name);
    }
    out.close(']');
}

void writeType(Writer& out, const char* type, bool isNullable) {
    out.key("type");
    if (!isNullable) {
        out.string(type);
        return;
    }
    out.open('[');
    for (const char* name : {type, "null"}) {
        out.element();
        out.string(name);
    }
    out.close(']');
}

void writeChoice(Writer& out, const DraftField& field) {
    out.key("enum");
    out.open('[');
    for (const std::string& choice : field.choices) {
        out.element();
        out.string(choice);
    }
    if (field.isNullable) {
        out.element();
        out.raw("null");
    }
    out.close(']');
    out.memberIf("description", field.description);
    out.key("x-attest");
    out.open('{');
    out.member("kind", "judged");
    out.flag("anchor", field.isAnchor);
    out.flag("identifier", field.isIdentifier);
    out.close('}');
}

void writeString(Writer& out, const DraftField& field) {
    writeType(out, "string", field.isNullable);
    out.memberIf("description", field.description);
    out.memberIf("pattern", field.pattern);
    out.key("x-attest");
    out.open('{');
    out.member("kind", field.kind == FieldKind::Free ? "free" : "verbatim");
    out.flag("anchor", field.isAnchor);
    if (field.boundary != Boundary::Word) {
        out.member("boundary", field.boundary == Boundary::Line ? "line" : "sentence");
    }
    if (field.normalise != Normalise::None) {
        out.member("normalise",
                   field.normalise == Normalise::Number     ? "number"
                   : field.normalise == Normalise::Quantity ? "quantity"
                                                            : "date");
    }
    out.flag("identifier", field.isIdentifier);
    out.close('}');
}

void writeList(Writer& out, const DraftField& field) {
    out.member("type", "array");
    out.memberIf("description", field.description);
    out.key("items");
    out.open('{');
    if (field.kind == FieldKind::Group) {
        out.member("type", "object");
        writeProperties(out, field.fields);
        writeRequired(out, field.fields);
        out.members(field.itemsOtherJson);
    } else if (!field.fields.empty()) {
        const DraftField& item = field.fields.front();
        if (item.kind == FieldKind::Integer) {
            out.member("type", "integer");
            out.number("minimum", item.minimum);
            out.number("maximum", item.maximum);
        } else {
            writeString(out, item);
        }
        out.members(item.otherJson);
    }
    out.close('}');
    if (field.minItems >= 0) {
        out.number("minItems", field.minItems);
    }
    if (field.maxItems >= 0) {
        out.number("maxItems", field.maxItems);
    }
}

void writeField(Writer& out, const DraftField& field) {
    out.open('{');
    switch (field.kind) {
    case FieldKind::Judged:
        writeChoice(out, field);
        break;
    case FieldKind::Integer:
        out.member("type", "integer");
        out.memberIf("description", field.description);
        out.number("minimum", field.minimum);
        out.number("maximum", field.maximum);
        break;
    case FieldKind::Group:
    case FieldKind::List:
        writeList(out, field);
        break;
    case FieldKind::Verbatim:
    case FieldKind::Free:
        writeString(out, field);
        break;
    }
    out.members(field.otherJson);
    out.close('}');
}

} // namespace

Result<TemplateDraft> parseDraft(std::string_view json, std::string_view source) {
    ATTEST_TRY_ASSIGN(const Template checked, Template::parse(json, source));
    ATTEST_TRY_ASSIGN(const Json root, readSchemaJson(json, source));
    TemplateDraft draft;
    draft.id = checked.id();
    draft.title = checked.title();
    draft.description = textAt(root, "description");
    draft.layout = checked.layout();
    draft.version = checked.version();
    draft.fields = readFields(root);
    draft.otherJson = otherMembers(root,
                                   {"$schema",
                                    "$id",
                                    "title",
                                    "description",
                                    "type",
                                    "x-attest",
                                    "properties",
                                    "required",
                                    "additionalProperties"});
    return draft;
}

std::string writeDraft(const TemplateDraft& draft) {
    Writer out;
    out.open('{');
    out.member("$schema", kDialect);
    out.member("$id", "attest:" + draft.id);
    out.member("title", draft.title);
    out.memberIf("description", draft.description);
    out.member("type", "object");
    out.key("x-attest");
    out.open('{');
    out.number("version", draft.version);
    out.member("layout", draft.layout);
    out.close('}');
    writeProperties(out, draft.fields);
    writeRequired(out, draft.fields);
    out.members(draft.otherJson);
    out.close('}');
    return out.take();
}

} // namespace attest::extract
