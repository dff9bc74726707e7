// Which occurrence a value came from, where its text occurs more than once.
#pragma once

#include "extract/decode/span_index.h"

#include <cstddef>
#include <vector>

namespace attest::extract {

// The values of one item of a list, or all single fields of a part.
struct Record {
    struct Value {
        std::size_t id;                 // of the caller
        std::vector<FoldedSpan> places; // by begin; not empty
    };

    std::vector<FoldedSpan> anchorPlaces; // by begin; empty: no anchor
    std::size_t anchorId = 0;
    std::vector<Value> values; // without the anchor
};

struct ResolvedPlace {
    std::size_t id;
    FoldedSpan span;
};

// One place for every value. Anchors of consecutive records follow each other without overlap; of
// all such choices the one is taken in which the records span the fewest bytes, the earliest of
// equals. A value stands where its record's window is smallest, of equals nearest to the anchor.
// Without an anchor the window around all values counts. REQUIRES: the anchors can be placed so.
std::vector<ResolvedPlace> resolvePlaces(const std::vector<Record>& records);

} // namespace attest::extract
