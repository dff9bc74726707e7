// Joins what the chunks of a document, and the looks at it, answered to one list.
#pragma once

#include "extract/merge/part_merge.h"

#include <vector>

namespace attest::extract {

// The items that reach `agreement`, in the order of the document, with pointers and instances
// renumbered.
std::vector<ExtractedValue>
mergeList(const Field& list, const std::vector<Look>& looks, double agreement);

} // namespace attest::extract
