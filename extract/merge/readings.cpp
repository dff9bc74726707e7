#include "extract/merge/readings.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace attest::extract {

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

const Field* findField(const std::vector<Field>& fields, std::string_view name) {
    const auto found = std::find_if(
        fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

ExtractedValue withMeanOf(ExtractedValue value, double sum, std::size_t looks) {
    if (looks > 1) {
        value.logProbability = float(std::log(std::clamp(sum / double(looks), 1e-30, 1.0)));
    }
    return value;
}

} // namespace attest::extract
