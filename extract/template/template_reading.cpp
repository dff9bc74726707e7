// TemplateParser's readers of single keywords.
#include "base/utf8.h"
#include "extract/json_pointer.h"
#include "extract/template/keyword_advice.h"
#include "extract/template/template_parser.h"

#include <algorithm>

namespace attest::extract {

namespace {

// Pointers end up in messages; hostile names must not make these endless.
constexpr std::size_t kMaxShownBytes = 300;

std::string shown(std::string_view text) {
    std::string line;
    for (const char byte : truncateUtf8(text, kMaxShownBytes)) {
        line += std::uint8_t(byte) < 0x20 || byte == 0x7F ? '?' : byte;
    }
    return line;
}

} // namespace

Error TemplateParser::invalid(std::string_view pointer, std::string_view what) const {
    return {ErrorCode::InvalidInput,
            source_ + ": " + (pointer.empty() ? "the root" : shown(pointer)) + ": " +
                std::string(what)};
}

Error TemplateParser::unsupported(std::string_view pointer, std::string_view keyword) const {
    return {ErrorCode::Unsupported,
            source_ + ": " + shown(pointer) + ": " + unsupportedKeyword(shown(keyword))};
}

Result<void> TemplateParser::allowOnly(const Node& node,
                                       std::initializer_list<std::string_view> keywords) const {
    for (const auto& entry : node.json.items()) {
        if (std::find(keywords.begin(), keywords.end(), entry.key()) == keywords.end()) {
            return unsupported(pointerTo(node.pointer, entry.key()), entry.key());
        }
    }
    return {};
}

Result<void>
TemplateParser::allowOnlyNotes(const Node& notes,
                               std::initializer_list<std::string_view> keywords) const {
    if (!notes.json.is_object()) {
        return invalid(notes.pointer, "must be a JSON object");
    }
    std::string known;
    for (const std::string_view keyword : keywords) {
        known += (known.empty() ? "'" : ", '") + std::string(keyword) + "'";
    }
    for (const auto& entry : notes.json.items()) {
        if (std::find(keywords.begin(), keywords.end(), entry.key()) == keywords.end()) {
            return Error{ErrorCode::Unsupported,
                         source_ + ": " + shown(pointerTo(notes.pointer, entry.key())) +
                             ": keyword '" + shown(entry.key()) +
                             "' is not supported; under 'x-attest' write " + known + " here"};
        }
    }
    return {};
}

Result<TemplateParser::Type> TemplateParser::typeOf(const Node& node) const {
    const std::string pointer = pointerTo(node.pointer, "type");
    const auto type = node.json.find("type");
    if (type == node.json.end()) {
        return invalid(pointer,
                       "is missing; write \"string\", [\"string\", \"null\"] or \"array\"");
    }
    if (type->is_string()) {
        return Type{type->get<std::string>(), false};
    }
    const bool isPair =
        type->is_array() && type->size() == 2 && (*type)[0].is_string() && (*type)[1].is_string();
    if (isPair) {
        const std::string first = (*type)[0].get<std::string>();
        const std::string second = (*type)[1].get<std::string>();
        if (first != second && (first == "null" || second == "null")) {
            return Type{first == "null" ? second : first, true};
        }
    }
    return Error{ErrorCode::Unsupported,
                 source_ + ": " + shown(pointer) +
                     ": keyword 'type' is not supported with this value; write \"string\", "
                     "[\"string\", \"null\"] or \"array\""};
}

Result<std::string> TemplateParser::textOf(const Node& node, std::string_view keyword) const {
    const auto found = node.json.find(keyword);
    if (found == node.json.end()) {
        return std::string();
    }
    if (!found->is_string()) {
        return invalid(pointerTo(node.pointer, keyword), "must be a string");
    }
    std::string line; // on one line, because the task text has one line a field
    for (const char byte : found->get_ref<const std::string&>()) {
        const bool isBlank = std::uint8_t(byte) <= 0x20 || byte == 0x7F;
        if (!isBlank) {
            line += byte;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    while (!line.empty() && line.back() == ' ') {
        line.pop_back();
    }
    return line;
}

Result<std::string> TemplateParser::wordOf(const Node& node,
                                           std::string_view keyword,
                                           std::initializer_list<std::string_view> words) const {
    const auto found = node.json.find(keyword);
    if (found == node.json.end()) {
        return std::string();
    }
    std::string known;
    for (const std::string_view word : words) {
        if (found->is_string() && found->get_ref<const std::string&>() == word) {
            return std::string(word);
        }
        known += (known.empty() ? "\"" : " or \"") + std::string(word) + "\"";
    }
    return invalid(pointerTo(node.pointer, keyword), "must be " + known);
}

Result<bool> TemplateParser::flagOf(const Node& node, std::string_view keyword) const {
    const auto found = node.json.find(keyword);
    if (found == node.json.end()) {
        return false;
    }
    if (!found->is_boolean()) {
        return invalid(pointerTo(node.pointer, keyword), "must be true or false");
    }
    return found->get<bool>();
}

Result<std::optional<std::int64_t>>
TemplateParser::countOf(const Node& node, std::string_view keyword, std::int64_t most) const {
    const auto found = node.json.find(keyword);
    if (found == node.json.end()) {
        return std::optional<std::int64_t>();
    }
    const bool isInRange =
        found->is_number_unsigned() && found->get<std::uint64_t>() <= std::uint64_t(most);
    if (!isInRange) {
        return invalid(pointerTo(node.pointer, keyword),
                       "must be a whole number from 0 to " + std::to_string(most));
    }
    return std::optional<std::int64_t>(found->get<std::int64_t>());
}

} // namespace attest::extract
