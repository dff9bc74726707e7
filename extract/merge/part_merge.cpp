#include "extract/merge/part_merge.h"

#include "base/check.h"
#include "extract/json_pointer.h"
#include "extract/merge/list_merge.h"
#include "extract/merge/readings.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

// One field of all chunks' answers, look by look.
using Readings = std::vector<std::vector<ExtractedValue>>;

// Of a text: over all chunks, and the sum over the looks of the best in each.
struct Weight {
    double vote = 0;
    double confidence = 0;
};

ExtractedValue vote(const Field& field, const Readings& readings, double agreement) {
    std::map<std::string, Weight> weightOf;
    for (const std::vector<ExtractedValue>& look : readings) {
        std::map<std::string, double> best;
        for (const ExtractedValue& reading : look) {
            if (reading.text) {
                const double probability = std::exp(double(reading.logProbability));
                weightOf[*reading.text].vote += probability;
                best[*reading.text] = std::max(best[*reading.text], probability);
            }
        }
        for (const auto& [text, probability] : best) {
            weightOf[text].confidence += probability;
        }
    }
    const ExtractedValue* best = nullptr;
    for (const std::vector<ExtractedValue>& look : readings) {
        for (const ExtractedValue& reading : look) {
            if (!reading.text) {
                continue;
            }
            // Strictly better only: among equals the first place in the document stays.
            if (best == nullptr || weightOf[*reading.text].vote > weightOf[*best->text].vote ||
                (*reading.text == *best->text && reading.logProbability > best->logProbability)) {
                best = &reading;
            }
        }
    }
    double doubt = 0;
    if (best != nullptr) {
        const double confidence = weightOf[*best->text].confidence;
        if (confidence >= agreement * double(readings.size())) {
            return withMeanOf(*best, confidence, readings.size());
        }
        doubt = std::log1p(-confidence / double(readings.size()));
    }
    ExtractedValue none;
    none.pointer = pointerTo("", field.name);
    none.field = field.name;
    none.kind = field.kind;
    none.isIdentifier = field.isIdentifier;
    none.logProbability = float(doubt);
    for (const std::vector<ExtractedValue>& look : readings) {
        for (const ExtractedValue& reading : look) {
            none.minFeasibleMass = std::min(none.minFeasibleMass, reading.minFeasibleMass);
            if (!reading.text) {
                none.logProbability = std::min(none.logProbability, reading.logProbability);
            }
        }
    }
    return none;
}

// The part's single fields in one chunk's answer.
std::vector<ExtractedValue> recordOf(const TemplatePart& part, const DecodedPart& answer) {
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
    return record;
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

std::vector<ExtractedValue>
mergePart(const TemplatePart& part, const std::vector<Look>& looks, const Agreement& agreement) {
    std::map<std::string, Readings> readingsOf;
    for (const Field& field : part.fields) {
        readingsOf[field.name].resize(looks.size());
    }
    for (std::size_t look = 0; look < looks.size(); ++look) {
        for (const DecodedPart& answer : looks[look]) {
            for (ExtractedValue& value : recordOf(part, answer)) {
                readingsOf[value.field][look].push_back(std::move(value));
            }
        }
    }
    std::vector<ExtractedValue> merged;
    for (const Field& field : part.fields) {
        if (field.kind == FieldKind::Group || field.kind == FieldKind::List) {
            std::vector<ExtractedValue> values = mergeList(field, looks, agreement.onItems);
            std::move(values.begin(), values.end(), std::back_inserter(merged));
        } else {
            merged.push_back(vote(field, readingsOf[field.name], agreement.onFields));
        }
    }
    return merged;
}

std::vector<ExtractedValue> mergePart(const TemplatePart& part, const Look& answers) {
    return mergePart(part, std::vector<Look>{answers}, {});
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
        list[index][ordered_json::json_pointer(pointerOf({tokens.begin() + 2, tokens.end()}))] =
            leaf(value);
    }
    return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace attest::extract
