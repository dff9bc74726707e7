// Every keyword is either enforced, an annotation, or refused by name: allowOnly() runs for each
// schema before anything of it is read, so a keyword cannot be ignored by accident.
#include "extract/template/template_parser.h"

#include "extract/json_pointer.h"
#include "extract/template/keyword_advice.h"

#include <algorithm>
#include <set>
#include <utility>

namespace attest::extract {

namespace {

constexpr std::size_t kMaxNameBytes = 64;
constexpr std::size_t kMaxFields = 256; // of a template, lists' fields included
constexpr std::size_t kMaxChoices = 256;
constexpr std::size_t kMaxChoiceBytes = 200;
constexpr std::int64_t kMaxItems = 10'000;
constexpr std::int64_t kMaxCharacters = 4'000;
constexpr std::int64_t kMaxInteger = 1'000'000'000;

bool hasControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char byte) {
        return std::uint8_t(byte) < 0x20 || byte == 0x7F;
    });
}

bool isIdCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

// "medications" for "…/Medications.json": the id of a template without "$id".
std::string idFromSource(std::string_view source) {
    source.remove_prefix(std::min(source.size(), source.find_last_of("/\\") + 1));
    source = source.substr(0, source.rfind(".json"));
    std::string id;
    for (const char c : source.substr(0, kMaxNameBytes)) {
        id += isIdCharacter(c) ? c : '_';
    }
    return id.empty() ? "template" : id;
}

} // namespace

Result<Template> TemplateParser::parse(const nlohmann::ordered_json& root) {
    Template result;
    ATTEST_TRY(parseRoot({root, ""}, result));
    return result;
}

Result<void> TemplateParser::parseRoot(const Node& root, Template& result) {
    if (!root.json.is_object()) {
        return invalid("", "a template is a JSON object");
    }
    ATTEST_TRY(allowOnly(root,
                         {"$schema",
                          "$id",
                          "title",
                          "description",
                          "type",
                          "properties",
                          "required",
                          "additionalProperties",
                          "x-attest",
                          "$comment",
                          "default",
                          "examples"}));
    ATTEST_TRY_ASSIGN(const std::string dialect, textOf(root, "$schema"));
    if (!dialect.empty() && dialect.find("json-schema.org/draft/2020-12/") == std::string::npos) {
        return Error{ErrorCode::Unsupported,
                     source_ + ": /$schema: keyword '$schema' is not supported with this value; "
                               "write \"https://json-schema.org/draft/2020-12/schema\""};
    }
    ATTEST_TRY_ASSIGN(const Type type, typeOf(root));
    if (type.name != "object" || type.isNullable) {
        return invalid("/type", "the type of a template is \"object\"");
    }
    ATTEST_TRY_ASSIGN(result.id_, textOf(root, "$id"));
    if (result.id_.empty()) {
        result.id_ = idFromSource(source_);
    } else {
        constexpr std::string_view scheme = "attest:";
        const bool hasScheme = result.id_.starts_with(scheme);
        result.id_.erase(0, hasScheme ? scheme.size() : 0);
        if (!hasScheme || result.id_.empty() || result.id_.size() > kMaxNameBytes ||
            !std::all_of(result.id_.begin(), result.id_.end(), isIdCharacter)) {
            return invalid("/$id",
                           "write \"attest:\" and a name of letters, digits, '_', '-' and "
                           "'.', at most 64 of them");
        }
    }
    ATTEST_TRY_ASSIGN(result.title_, textOf(root, "title"));
    result.title_ = result.title_.empty() ? result.id_ : result.title_;
    ATTEST_TRY_ASSIGN(result.description_, textOf(root, "description"));

    result.layout_ = "record";
    if (root.json.contains("x-attest")) {
        const Node notes{root.json["x-attest"], "/x-attest"};
        ATTEST_TRY(allowOnlyNotes(notes, {"version", "layout"}));
        ATTEST_TRY_ASSIGN(const std::optional<std::int64_t> version,
                          countOf(notes, "version", kMaxInteger));
        result.version_ = version.value_or(1);
        ATTEST_TRY_ASSIGN(const std::string layout,
                          wordOf(notes, "layout", {"rows", "record", "summary"}));
        result.layout_ = layout.empty() ? result.layout_ : layout;
    }
    layout_ = result.layout_;
    return parseProperties(root, Place::TopLevel, result.fields_);
}

Result<void>
TemplateParser::parseProperties(const Node& owner, Place place, std::vector<Field>& fields) {
    const auto properties = owner.json.find("properties");
    if (properties == owner.json.end() || !properties->is_object() || properties->empty()) {
        return invalid(pointerTo(owner.pointer, "properties"), "at least one property is needed");
    }
    if (owner.json.contains("additionalProperties") &&
        owner.json["additionalProperties"] != Json(false)) {
        return unsupported(pointerTo(owner.pointer, "additionalProperties"),
                           "additionalProperties");
    }
    std::set<std::string> required;
    if (const auto names = owner.json.find("required"); names != owner.json.end()) {
        const std::string pointer = pointerTo(owner.pointer, "required");
        if (!names->is_array()) {
            return invalid(pointer, "must be a list of property names");
        }
        for (const Json& name : *names) {
            if (!name.is_string() || !properties->contains(name.get<std::string>())) {
                return invalid(pointer, "names a property that is not there");
            }
            if (!required.insert(name.get<std::string>()).second) {
                return invalid(pointer, "names a property twice");
            }
        }
    }
    for (const auto& [name, schema] : properties->items()) {
        const std::string pointer = pointerTo(pointerTo(owner.pointer, "properties"), name);
        if (name.empty() || name.size() > kMaxNameBytes || hasControl(name)) {
            return invalid(pointerTo(owner.pointer, "properties"),
                           "a property name has 1 to 64 bytes and no control characters");
        }
        if (++fieldCount_ > kMaxFields) {
            return invalid(pointer, "more than 256 properties in one template");
        }
        ATTEST_TRY_ASSIGN(Field field, parseField({schema, pointer}, name, place));
        const bool isList = field.kind == FieldKind::Group || field.kind == FieldKind::List;
        if (!isList && !field.isNullable && !required.contains(name)) {
            return invalid(pointer,
                           "every property is always there, so one that is not listed "
                           "under 'required' must allow null; list it or write \"type\": "
                           "[\"string\", \"null\"]");
        }
        fields.push_back(std::move(field));
    }
    return {};
}

Result<Field> TemplateParser::parseField(const Node& node, std::string_view name, Place place) {
    Field field;
    field.name = name;
    if (!node.json.is_object()) {
        return invalid(node.pointer, "a schema is a JSON object");
    }
    ATTEST_TRY_ASSIGN(field.description, textOf(node, "description"));
    if (node.json.contains("enum")) {
        ATTEST_TRY(parseChoice(node, field));
        return field;
    }
    for (const std::string_view keyword :
         {"const", "$ref", "anyOf", "oneOf", "allOf", "not", "if"}) {
        if (node.json.contains(keyword)) {
            return unsupported(pointerTo(node.pointer, keyword), keyword);
        }
    }
    ATTEST_TRY_ASSIGN(const Type type, typeOf(node));
    if (type.name == "string") {
        ATTEST_TRY(parseString(node, type, place, field));
    } else if (type.name == "integer") {
        ATTEST_TRY(parseInteger(node, type, field));
    } else if (type.name == "array") {
        if (type.isNullable) {
            return invalid(pointerTo(node.pointer, "type"),
                           "a list cannot be null; without items it is empty");
        }
        ATTEST_TRY(parseArray(node, place, field));
    } else {
        std::string advice = "write \"string\", [\"string\", \"null\"] or \"array\"";
        if (type.name == "object") {
            advice = "an object cannot stand inside an object; list its properties where it "
                     "stands, or write an array of objects";
        } else if (type.name == "number") {
            advice = "copy the number as it stands: {\"type\": [\"string\", \"null\"], "
                     "\"x-attest\": {\"kind\": \"verbatim\", \"normalise\": \"number\"}}";
        } else if (type.name == "boolean") {
            advice = "write a choice: {\"enum\": [\"yes\", \"no\", null], \"x-attest\": {\"kind\": "
                     "\"judged\"}}";
        }
        return Error{ErrorCode::Unsupported,
                     source_ + ": " + pointerTo(node.pointer, "type") +
                         ": keyword 'type' is not supported with this value; " + advice};
    }
    return field;
}

Result<void> TemplateParser::parseChoice(const Node& node, Field& field) {
    ATTEST_TRY(allowOnly(
        node,
        {"enum", "type", "title", "description", "x-attest", "$comment", "default", "examples"}));
    const std::string pointer = pointerTo(node.pointer, "enum");
    field.kind = FieldKind::Judged;
    field.isNullable = false;
    const Json& values = node.json["enum"];
    if (!values.is_array() || values.size() > kMaxChoices) {
        return invalid(pointer, "must be a list of at most 256 strings, and null");
    }
    for (const Json& value : values) {
        if (value.is_null()) {
            field.isNullable = true;
            continue;
        }
        if (!value.is_string()) {
            return invalid(pointer, "must hold strings and null only");
        }
        std::string choice = value.get<std::string>();
        if (choice.empty() || choice.size() > kMaxChoiceBytes || hasControl(choice) ||
            choice.find('|') != std::string::npos) {
            return invalid(pointer,
                           "a choice has 1 to 200 bytes, no control characters and no '|'");
        }
        if (std::find(field.choices.begin(), field.choices.end(), choice) != field.choices.end()) {
            return invalid(pointer, "holds a choice twice");
        }
        field.choices.push_back(std::move(choice));
    }
    if (field.choices.empty()) {
        return invalid(pointer, "holds no choice");
    }
    if (node.json.contains("type")) {
        ATTEST_TRY_ASSIGN(const Type type, typeOf(node));
        if (type.name != "string" || type.isNullable != field.isNullable) {
            return invalid(pointerTo(node.pointer, "type"), "contradicts 'enum'; leave 'type' out");
        }
    }
    if (node.json.contains("x-attest")) {
        const Node notes{node.json["x-attest"], pointerTo(node.pointer, "x-attest")};
        ATTEST_TRY(allowOnlyNotes(notes, {"kind", "anchor", "identifier"}));
        ATTEST_TRY_ASSIGN(const std::string kind,
                          wordOf(notes, "kind", {"judged", "verbatim", "free"}));
        if (!kind.empty() && kind != "judged") {
            return invalid(pointerTo(notes.pointer, "kind"), "an enum is \"judged\"");
        }
        ATTEST_TRY_ASSIGN(const bool isAnchor, flagOf(notes, "anchor"));
        if (isAnchor) {
            return invalid(pointerTo(notes.pointer, "anchor"),
                           "a choice has no place in the document; the anchor is a verbatim "
                           "string");
        }
        ATTEST_TRY_ASSIGN(field.isIdentifier, flagOf(notes, "identifier"));
    }
    return {};
}

Result<void>
TemplateParser::parseString(const Node& node, const Type& type, Place place, Field& field) {
    ATTEST_TRY(allowOnly(node,
                         {"type",
                          "title",
                          "description",
                          "minLength",
                          "maxLength",
                          "pattern",
                          "x-attest",
                          "$comment",
                          "default",
                          "examples"}));
    field.isNullable = type.isNullable;
    ATTEST_TRY_ASSIGN(const auto least, countOf(node, "minLength", kMaxCharacters));
    ATTEST_TRY_ASSIGN(const auto most, countOf(node, "maxLength", kMaxCharacters));
    field.minLength = std::size_t(least.value_or(0));
    if (most) {
        field.maxLength = std::size_t(*most);
        if (*most == 0 || *most < least.value_or(0)) {
            return invalid(pointerTo(node.pointer, "maxLength"),
                           "must be at least 1 and at least 'minLength'");
        }
    }
    ATTEST_TRY(parseStringNotes(node, field));
    ATTEST_TRY(parsePattern(node, field));
    const std::string anchor = pointerTo(pointerTo(node.pointer, "x-attest"), "anchor");
    if (field.isAnchor && place == Place::TopLevel) {
        return invalid(anchor, "an anchor names the records of a list; a single field has none");
    }
    if (field.pattern && !field.isNullable && place == Place::TopLevel) {
        return invalid(pointerTo(node.pointer, "type"),
                       "a document may hold nothing of the form that 'pattern' asks for; write "
                       "[\"string\", \"null\"]");
    }
    if (place == Place::Item) {
        field.isAnchor = field.kind == FieldKind::Verbatim;
        if (field.isNullable) {
            return invalid(pointerTo(node.pointer, "type"),
                           "items of a list cannot be null; the list is shorter instead");
        }
    }
    if (field.isAnchor && field.isNullable) {
        return invalid(anchor, "an anchor cannot be null; write \"type\": \"string\"");
    }
    return {};
}

Result<void> TemplateParser::parsePattern(const Node& node, Field& field) {
    if (!node.json.contains("pattern")) {
        return {};
    }
    const std::string pointer = pointerTo(node.pointer, "pattern");
    const Json& pattern = node.json["pattern"];
    if (!pattern.is_string()) {
        return invalid(pointer, "must be a string");
    }
    if (field.kind != FieldKind::Verbatim) {
        return invalid(pointer, "free text has no form; leave it out or write \"verbatim\"");
    }
    Result<ValuePattern> compiled = ValuePattern::compile(pattern.get<std::string>());
    if (!compiled.ok()) {
        return invalid(pointer, compiled.error().message);
    }
    field.pattern = std::move(compiled).value();
    return {};
}

Result<void> TemplateParser::parseStringNotes(const Node& node, Field& field) {
    if (!node.json.contains("x-attest")) {
        return {};
    }
    const Node notes{node.json["x-attest"], pointerTo(node.pointer, "x-attest")};
    ATTEST_TRY(allowOnlyNotes(notes, {"kind", "anchor", "boundary", "normalise", "identifier"}));
    ATTEST_TRY_ASSIGN(const std::string kind,
                      wordOf(notes, "kind", {"verbatim", "free", "judged"}));
    if (kind == "judged") {
        return invalid(pointerTo(notes.pointer, "kind"), "a judged field lists its values: 'enum'");
    }
    ATTEST_TRY_ASSIGN(field.isAnchor, flagOf(notes, "anchor"));
    ATTEST_TRY_ASSIGN(field.isIdentifier, flagOf(notes, "identifier"));
    ATTEST_TRY_ASSIGN(const std::string boundary,
                      wordOf(notes, "boundary", {"word", "line", "sentence"}));
    field.boundary = boundary == "line"       ? Boundary::Line
                     : boundary == "sentence" ? Boundary::Sentence
                                              : Boundary::Word;
    ATTEST_TRY_ASSIGN(const std::string normalise,
                      wordOf(notes, "normalise", {"number", "quantity", "date"}));
    field.normalise = normalise == "number"     ? Normalise::Number
                      : normalise == "quantity" ? Normalise::Quantity
                      : normalise == "date"     ? Normalise::Date
                                                : Normalise::None;
    if (kind == "free") {
        if (layout_ != "summary") {
            return invalid(pointerTo(notes.pointer, "kind"),
                           "free text is not bound to the document and belongs to summaries only "
                           "(\"layout\": \"summary\"); write \"verbatim\"");
        }
        if (field.isAnchor || !boundary.empty() || !normalise.empty()) {
            return invalid(notes.pointer,
                           "free text has no place: neither anchor nor boundary nor normal form");
        }
        field.kind = FieldKind::Free;
    }
    return {};
}

Result<void> TemplateParser::parseInteger(const Node& node, const Type& type, Field& field) {
    ATTEST_TRY(allowOnly(
        node,
        {"type", "title", "description", "minimum", "maximum", "$comment", "default", "examples"}));
    const std::string pointer = pointerTo(node.pointer, "type");
    if (layout_ != "summary") {
        return Error{ErrorCode::Unsupported,
                     source_ + ": " + pointer +
                         ": keyword 'type' is not supported with \"integer\"; copy the number as "
                         "it stands: {\"type\": [\"string\", \"null\"], \"x-attest\": {\"kind\": "
                         "\"verbatim\", \"normalise\": \"number\"}}"};
    }
    if (type.isNullable) {
        return invalid(pointer, "an integer cannot be null");
    }
    ATTEST_TRY_ASSIGN(const auto least, countOf(node, "minimum", kMaxInteger));
    ATTEST_TRY_ASSIGN(const auto most, countOf(node, "maximum", kMaxInteger));
    if (!least || !most || *least > *most) {
        return invalid(node.pointer, "an integer needs 'minimum' ≤ 'maximum'");
    }
    field.kind = FieldKind::Integer;
    field.isNullable = false;
    field.minimum = *least;
    field.maximum = *most;
    return {};
}

Result<void> TemplateParser::parseArray(const Node& node, Place place, Field& field) {
    ATTEST_TRY(allowOnly(node,
                         {"type",
                          "title",
                          "description",
                          "items",
                          "minItems",
                          "maxItems",
                          "x-attest",
                          "$comment",
                          "default",
                          "examples"}));
    field.isNullable = false;
    ATTEST_TRY_ASSIGN(const auto least, countOf(node, "minItems", kMaxItems));
    ATTEST_TRY_ASSIGN(const auto most, countOf(node, "maxItems", kMaxItems));
    field.minItems = std::size_t(least.value_or(0));
    if (most) {
        field.maxItems = std::size_t(*most);
        if (*most == 0 || *most < least.value_or(0)) {
            return invalid(pointerTo(node.pointer, "maxItems"),
                           "must be at least 1 and at least 'minItems'");
        }
    }
    if (node.json.contains("x-attest")) {
        const Node notes{node.json["x-attest"], pointerTo(node.pointer, "x-attest")};
        ATTEST_TRY(allowOnlyNotes(notes, {"ordered"}));
        ATTEST_TRY_ASSIGN(const bool isOrdered, flagOf(notes, "ordered"));
        if (notes.json.contains("ordered") && !isOrdered) {
            return invalid(pointerTo(notes.pointer, "ordered"),
                           "lists are always in the order of the document");
        }
    }
    if (!node.json.contains("items") || !node.json["items"].is_object()) {
        return invalid(pointerTo(node.pointer, "items"), "a list needs one schema for its items");
    }
    const Node items{node.json["items"], pointerTo(node.pointer, "items")};
    std::string itemType;
    if (!items.json.contains("enum") && items.json.contains("type")) {
        ATTEST_TRY_ASSIGN(const Type type, typeOf(items));
        itemType = type.name + (type.isNullable ? " or null" : "");
    }
    if (itemType != "object") {
        field.kind = FieldKind::List;
        ATTEST_TRY_ASSIGN(Field item, parseField(items, "", Place::Item));
        if (item.kind == FieldKind::Judged || item.kind == FieldKind::List ||
            item.kind == FieldKind::Group) {
            return invalid(items.pointer, "the items of a list are strings or objects");
        }
        field.fields.push_back(std::move(item));
        return {};
    }
    if (place != Place::TopLevel) {
        return Error{ErrorCode::Unsupported,
                     source_ + ": " + items.pointer +
                         ": keyword 'items' is not supported with objects inside a list of "
                         "objects; write the inner list at the top level"};
    }
    field.kind = FieldKind::Group;
    ATTEST_TRY(allowOnly(items,
                         {"type",
                          "title",
                          "description",
                          "properties",
                          "required",
                          "additionalProperties",
                          "$comment",
                          "default",
                          "examples"}));
    ATTEST_TRY(parseProperties(items, Place::InGroup, field.fields));
    return settleAnchor(items, field);
}

Result<void> TemplateParser::settleAnchor(const Node& items, Field& group) {
    Field* anchor = nullptr;
    Field* candidate = nullptr;
    bool isGrounded = false;
    for (Field& field : group.fields) {
        isGrounded =
            isGrounded || field.kind == FieldKind::Verbatim || field.kind == FieldKind::Judged;
        if (field.kind != FieldKind::Verbatim) {
            continue;
        }
        if (field.isAnchor && anchor != nullptr) {
            return invalid(pointerTo(pointerTo(items.pointer, "properties"), field.name),
                           "a second anchor; a record has one");
        }
        anchor = field.isAnchor ? &field : anchor;
        candidate = candidate == nullptr && !field.isNullable ? &field : candidate;
    }
    if (anchor == nullptr && candidate != nullptr) {
        candidate->isAnchor = true;
    } else if (anchor == nullptr && isGrounded) {
        return invalid(items.pointer,
                       "a list of objects needs an anchor: one property with \"type\": \"string\" "
                       "and \"x-attest\": {\"kind\": \"verbatim\", \"anchor\": true}");
    }
    return {};
}

} // namespace attest::extract
