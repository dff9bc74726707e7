// Joins the answers that all chunks of a document gave to one part of a template.
//
// Items of a list are the same when their anchors overlap on the page, never because their values
// are equal: two lines of an invoice may well be alike. Of the same item the reading with the
// better mean log probability stays. Single fields are voted on: each chunk's value counts with its
// probability, equal texts together; a null never outvotes a value.
#pragma once

#include "extract/pipeline.h"

#include <string>
#include <vector>

namespace attest::extract {

// Values in the order of the document and the template, with pointers renumbered. Boxes and normal
// forms are not filled in here.
std::vector<ExtractedValue> mergePart(const TemplatePart& part,
                                      const std::vector<DecodedPart>& answers);

// The template's JSON, compact, from merged values. Fields without a value are null, lists empty.
std::string valuesJson(const std::vector<Field>& fields, const std::vector<ExtractedValue>& values);

} // namespace attest::extract
