// Joins the answers that all chunks of a document gave to one part of a template.
//
// Items of a list are the same when their anchors overlap on the page, never because their values
// are equal: two lines of an invoice may well be alike. Of the same item the reading with the
// better mean log probability stays. Single fields are voted on: each chunk's value counts with its
// probability, equal texts together; a null never outvotes a value.
//
// A document may be looked at more than once, in chunks of several sizes, as a small model reads
// better with another border or neighbour. Then what the looks say is voted on, in lists a null
// too.
#pragma once

#include "extract/decode/part_decoder.h"
#include "extract/pipeline.h"

#include <string>
#include <vector>

namespace attest::extract {

// The answers of all chunks of one size, which together are the whole document.
using Look = std::vector<DecodedPart>;

// What several looks must reach together, 0…1: the mean over them of a probability.
struct Agreement {
    double onItems = 0;  // of a list: their anchor's, in each look that of whatever overlaps there
    double onFields = 0; // single ones: their value's, else they count as not stated
};

// Values in the order of the document and the template, with pointers renumbered. Boxes and normal
// forms are not filled in here. With several looks the probability of a value is its mean: what one
// look found and the other did not is half as sure. At least one look.
std::vector<ExtractedValue>
mergePart(const TemplatePart& part, const std::vector<Look>& looks, const Agreement& agreement);

std::vector<ExtractedValue> mergePart(const TemplatePart& part, const Look& answers);

// The template's JSON, compact, from merged values. Fields without a value are null, lists empty.
std::string valuesJson(const std::vector<Field>& fields, const std::vector<ExtractedValue>& values);

} // namespace attest::extract
