#include "extract/gold_run.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace attest::extract {

namespace {

const Field* fieldOf(const Template& asked, const ExtractedValue& value) {
    const std::string& outer = value.group.empty() ? value.field : value.group;
    for (const Field& field : asked.fields()) {
        if (field.name != outer) {
            continue;
        }
        if (field.kind == FieldKind::List) {
            return &field.fields.front();
        }
        if (field.kind != FieldKind::Group) {
            return &field;
        }
        for (const Field& inner : field.fields) {
            if (inner.name == value.field) {
                return &inner;
            }
        }
    }
    return nullptr;
}

bool isSpan(const DocumentText& document, const ExtractedValue& value) {
    if (!value.span || value.span->pageIndex < 0 ||
        std::size_t(value.span->pageIndex) >= document.pages.size()) {
        return false;
    }
    const std::string& text = document.pages[std::size_t(value.span->pageIndex)].text;
    const SourceSpan& span = *value.span;
    return span.begin < span.end && span.end <= text.size() &&
           spanValue(std::string_view(text).substr(span.begin, span.end - span.begin)) ==
               *value.text;
}

// Leaves that say something.
std::size_t leavesOf(const nlohmann::json& json) {
    if (!json.is_structured()) {
        return json.is_null() ? 0 : 1;
    }
    std::size_t all = 0;
    for (const auto& each : json) {
        all += leavesOf(each);
    }
    return all;
}

} // namespace

Grounding checkGrounding(const Template& asked, const ExtractionResult& result) {
    const auto json = nlohmann::json::parse(result.valuesJson, nullptr, false);
    Grounding grounding;
    grounding.values = json.is_object() ? leavesOf(json) : 0;
    std::size_t sound = 0;
    for (const ExtractedValue& value : result.values) {
        const Field* field = fieldOf(asked, value);
        if (!value.text || field == nullptr) {
            continue;
        }
        const nlohmann::json::json_pointer place(value.pointer);
        const bool isThere =
            json.is_object() && json.contains(place) && json.at(place) == *value.text;
        const bool isRight =
            field->kind == FieldKind::Judged
                ? std::find(field->choices.begin(), field->choices.end(), *value.text) !=
                      field->choices.end()
                : isSpan(result.document, value);
        sound += isThere && isRight ? 1 : 0;
    }
    // A leaf of the JSON that no value accounts for has no place either.
    grounding.invented = grounding.values - std::min(grounding.values, sound);
    return grounding;
}

} // namespace attest::extract
