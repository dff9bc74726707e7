// One reading of a field, as a chunk answered it, on its way to being a document's value.
#pragma once

#include "extract/decode/part_decoder.h"
#include "extract/pipeline.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace attest::extract {

// nullptr where there is none of this name.
const Field* findField(const std::vector<Field>& fields, std::string_view name);

// `field` may be nullptr.
ExtractedValue toExtracted(const DecodedValue& decoded, const Field* field);

// The place a judged value is shown with: the anchor of its record, else the first value read
// there.
std::optional<SourceSpan> recordEvidence(const std::vector<ExtractedValue>& values);
void giveEvidence(std::vector<ExtractedValue>& values, const std::optional<SourceSpan>& evidence);

// The value with its mean probability over so many looks; `sum` is that of all that read it so.
ExtractedValue withMeanOf(ExtractedValue value, double sum, std::size_t looks);

} // namespace attest::extract
