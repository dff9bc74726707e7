#include "extract/merge/part_merge.h"

#include "base/check.h"
#include "extract/json_pointer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

// One item of a list as a chunk answered it.
struct Item {
    std::vector<ExtractedValue> values;
    std::optional<SourceSpan> anchor;
    double meanLogProbability = 0;
};

std::string join(const std::vector<std::string>& tokens) {
    std::string pointer;
    for (const std::string& token : tokens) {
        pointer = pointerTo(pointer, token);
    }
    return pointer;
}

const Field* findField(const std::vector<Field>& fields, std::string_view name) {
    const auto found = std::find_if(
        fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

ExtractedValue toExtracted(const DecodedValue& decoded, const Field* field) {
    ExtractedValue value;
    value.pointer = decoded.pointer;
    value.kind = decoded.kind;
    value.isIdentifier = field != nullptr && field->isIdentifier;
    value.text = decoded.text;
    value.span = decoded.span;
    value.isAmbiguousPlace = decoded.isAmbiguousPlace;
    value.logProbability = decoded.logProbability;
    value.minFeasibleMass = decoded.minFeasibleMass;
    return value;
}

bool overlap(const SourceSpan& a, const SourceSpan& b) {
    return a.pageIndex == b.pageIndex && a.begin < b.end && b.begin < a.end;
}

// Sorts items by their place; those without one come last.
std::tuple<bool, std::int32_t, size_t> place(const Item& item) {
    return item.anchor ? std::tuple{false, item.anchor->pageIndex, item.anchor->begin}
                       : std::tuple{true, std::int32_t{0}, size_t{0}};
}

// The place a judged value is shown with: the anchor of its record, else the first value read
// there.
std::optional<SourceSpan> recordEvidence(const std::vector<ExtractedValue>& values) {
    for (const ExtractedValue& value : values) {
        if (value.kind == FieldKind::Verbatim && value.span) {
            return value.span;
        }
    }
    return std::nullopt;
}

void giveEvidence(std::vector<ExtractedValue>& values, const std::optional<SourceSpan>& evidence) {
    for (ExtractedValue& value : values) {
        if (value.kind == FieldKind::Judged && value.text) {
            value.span = evidence;
        }
    }
}

std::vector<Item> itemsOf(const Field& list, const DecodedPart& answer) {
    std::vector<Item> items;
    std::string current;
    for (const DecodedValue& decoded : answer.values) {
        const std::vector<std::string> tokens = pointerTokens(decoded.pointer);
        if (tokens.size() < 2 || tokens[0] != list.name) {
            continue;
        }
        if (items.empty() || tokens[1] != current) {
            items.emplace_back();
            current = tokens[1];
        }
        const Field* field = list.kind == FieldKind::Group && tokens.size() > 2
                                 ? findField(list.fields, tokens[2])
                                 : nullptr;
        ExtractedValue value = toExtracted(decoded, field);
        value.group = list.name;
        value.field =
            tokens.size() > 2 ? join({tokens.begin() + 2, tokens.end()}).substr(1) : list.name;
        if (field != nullptr && field->isAnchor) {
            items.back().anchor = value.span;
        }
        items.back().values.push_back(std::move(value));
    }
    for (Item& item : items) {
        if (!item.anchor) {
            item.anchor = recordEvidence(item.values);
        }
        double sum = 0;
        for (const ExtractedValue& value : item.values) {
            sum += double(value.logProbability);
        }
        item.meanLogProbability = sum / double(std::max<size_t>(item.values.size(), 1));
        giveEvidence(item.values, item.anchor);
    }
    return items;
}

std::vector<ExtractedValue> mergeList(const Field& list, const std::vector<DecodedPart>& answers) {
    std::vector<Item> merged;
    for (const DecodedPart& answer : answers) {
        for (Item& item : itemsOf(list, answer)) {
            const auto same = std::find_if(merged.begin(), merged.end(), [&](const Item& other) {
                return item.anchor && other.anchor && overlap(*item.anchor, *other.anchor);
            });
            if (same == merged.end()) {
                merged.push_back(std::move(item));
            } else if (item.meanLogProbability > same->meanLogProbability) {
                *same = std::move(item);
            }
        }
    }
    std::stable_sort(merged.begin(), merged.end(), [](const Item& a, const Item& b) {
        return place(a) < place(b);
    });

    std::vector<ExtractedValue> values;
    for (size_t i = 0; i < merged.size(); ++i) {
        for (ExtractedValue& value : merged[i].values) {
            std::vector<std::string> tokens = pointerTokens(value.pointer);
            tokens[1] = std::to_string(i);
            value.pointer = join(tokens);
            value.instance = std::int64_t(i);
            values.push_back(std::move(value));
        }
    }
    return values;
}

ExtractedValue vote(const Field& field, const std::vector<ExtractedValue>& candidates) {
    std::map<std::string, double> weightOf;
    for (const ExtractedValue& candidate : candidates) {
        if (candidate.text) {
            weightOf[*candidate.text] += std::exp(double(candidate.logProbability));
        }
    }
    const ExtractedValue* best = nullptr;
    for (const ExtractedValue& candidate : candidates) {
        if (!candidate.text) {
            continue;
        }
        // Strictly better only: among equals the first place in the document stays.
        if (best == nullptr || weightOf[*candidate.text] > weightOf[*best->text] ||
            (*candidate.text == *best->text && candidate.logProbability > best->logProbability)) {
            best = &candidate;
        }
    }
    if (best != nullptr) {
        return *best;
    }
    ExtractedValue none;
    none.pointer = pointerTo("", field.name);
    none.field = field.name;
    none.kind = field.kind;
    none.isIdentifier = field.isIdentifier;
    for (const ExtractedValue& candidate : candidates) {
        none.logProbability = std::min(none.logProbability, candidate.logProbability);
        none.minFeasibleMass = std::min(none.minFeasibleMass, candidate.minFeasibleMass);
    }
    return none;
}

ordered_json leaf(const ExtractedValue& value) {
    if (!value.text) {
        return nullptr;
    }
    if (value.kind == FieldKind::Integer) {
        std::int64_t number = 0;
        const char* end = value.text->data() + value.text->size();
        if (std::from_chars(value.text->data(), end, number).ptr == end) {
            return number;
        }
    }
    return *value.text;
}

ordered_json emptyObject(const std::vector<Field>& fields) {
    ordered_json object = ordered_json::object();
    for (const Field& field : fields) {
        const bool isList = field.kind == FieldKind::Group || field.kind == FieldKind::List;
        object[field.name] = isList ? ordered_json::array() : ordered_json(nullptr);
    }
    return object;
}

} // namespace

std::vector<ExtractedValue> mergePart(const TemplatePart& part,
                                      const std::vector<DecodedPart>& answers) {
    std::vector<ExtractedValue> merged;
    std::map<std::string, std::vector<ExtractedValue>> candidatesOf;
    for (const DecodedPart& answer : answers) {
        std::vector<ExtractedValue> record;
        for (const DecodedValue& decoded : answer.values) {
            const std::vector<std::string> tokens = pointerTokens(decoded.pointer);
            const Field* field = tokens.size() == 1 ? findField(part.fields, tokens[0]) : nullptr;
            if (field != nullptr) {
                record.push_back(toExtracted(decoded, field));
                record.back().field = field->name;
            }
        }
        giveEvidence(record, recordEvidence(record));
        for (ExtractedValue& value : record) {
            candidatesOf[value.field].push_back(std::move(value));
        }
    }
    for (const Field& field : part.fields) {
        if (field.kind == FieldKind::Group || field.kind == FieldKind::List) {
            std::vector<ExtractedValue> values = mergeList(field, answers);
            std::move(values.begin(), values.end(), std::back_inserter(merged));
        } else {
            merged.push_back(vote(field, candidatesOf[field.name]));
        }
    }
    return merged;
}

std::string valuesJson(const std::vector<Field>& fields,
                       const std::vector<ExtractedValue>& values) {
    ordered_json document = emptyObject(fields);
    for (const ExtractedValue& value : values) {
        const std::vector<std::string> tokens = pointerTokens(value.pointer);
        if (tokens.size() == 1) {
            document[tokens[0]] = leaf(value);
            continue;
        }
        ordered_json& list = document[tokens[0]];
        const auto index = size_t(value.instance);
        const Field* group = findField(fields, tokens[0]);
        ATTEST_CHECK(group != nullptr && value.instance >= 0);
        while (list.size() <= index) {
            list.push_back(group->kind == FieldKind::Group ? emptyObject(group->fields)
                                                           : ordered_json(nullptr));
        }
        if (tokens.size() == 2) {
            list[index] = leaf(value);
            continue;
        }
        // Deeper lists of a free template: nlohmann creates what is missing on the way.
        list[index][ordered_json::json_pointer(join({tokens.begin() + 2, tokens.end()}))] =
            leaf(value);
    }
    return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace attest::extract
