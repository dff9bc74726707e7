// From checked JSON to a Template: the schema subset, its rules and its messages.
#pragma once

#include "base/result.h"
#include "extract/template.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace attest::extract {

// Not thread-safe; one object parses one template.
class TemplateParser {
public:
    explicit TemplateParser(std::string_view source) : source_(source) {}

    // Errors: as Template::parse().
    Result<Template> parse(const nlohmann::ordered_json& root);

private:
    using Json = nlohmann::ordered_json;
    enum class Place { TopLevel, InGroup, Item };

    // A schema with the pointer to it, for messages.
    struct Node {
        const Json& json;
        std::string pointer;
    };

    // What "type" says.
    struct Type {
        std::string name;
        bool isNullable = false;
    };

    Result<void> parseRoot(const Node& root, Template& result);
    Result<void> parseProperties(const Node& owner, Place place, std::vector<Field>& fields);
    Result<Field> parseField(const Node& node, std::string_view name, Place place);
    Result<void> parseChoice(const Node& node, Field& field);
    Result<void> parseString(const Node& node, const Type& type, Place place, Field& field);
    Result<void> parseInteger(const Node& node, const Type& type, Field& field);
    Result<void> parseArray(const Node& node, Place place, Field& field);
    Result<void> parseStringNotes(const Node& node, Field& field);
    Result<void> parsePattern(const Node& node, Field& field);
    Result<void> settleAnchor(const Node& items, Field& group);

    Result<void> allowOnly(const Node& node,
                           std::initializer_list<std::string_view> keywords) const;
    Result<void> allowOnlyNotes(const Node& notes,
                                std::initializer_list<std::string_view> keywords) const;
    Result<Type> typeOf(const Node& node) const;
    Result<std::string> textOf(const Node& node, std::string_view keyword) const;
    Result<std::string> wordOf(const Node& node,
                               std::string_view keyword,
                               std::initializer_list<std::string_view> words) const;
    Result<bool> flagOf(const Node& node, std::string_view keyword) const;
    Result<std::optional<std::int64_t>>
    countOf(const Node& node, std::string_view keyword, std::int64_t most) const;

    Error invalid(std::string_view pointer, std::string_view what) const;
    Error unsupported(std::string_view pointer, std::string_view keyword) const;

    std::string source_;
    std::string layout_;
    std::size_t fieldCount_ = 0;
};

} // namespace attest::extract
