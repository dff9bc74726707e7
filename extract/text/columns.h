// Finds columns of running text, which are read one after the other, and leaves tables and forms,
// which are read row by row, as they are.
#pragma once

#include "extract/text/segment.h"

#include <vector>

namespace attest::extract {

// Groups of segments in reading order; every segment is in exactly one. Within a group lines go
// across.
std::vector<std::vector<Segment>> splitIntoRegions(std::vector<Segment> segments);

} // namespace attest::extract
