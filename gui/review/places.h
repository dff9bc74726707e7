// Where a text stands in a document, for the stepper and for the line around a value.
#pragma once

#include "base/source_span.h"
#include "storage/document_store.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attest::gui {

// More places than anyone steps through: the search ends there.
inline constexpr std::size_t kMaxPlaces = 99;

// Every place where `text` stands between word borders, in document order; any run of white space
// on the page matches one space of `text`. Letters must agree exactly. Empty text has none.
std::vector<SourceSpan> placesOf(const std::vector<storage::PageRecord>& pages,
                                 std::string_view text);

// The boxes of a span, one per line of text; empty for notes and spans that are not in the pages.
std::vector<PageBox> boxesOf(const std::vector<storage::PageRecord>& pages, const SourceSpan& span);

// One line of text around a span, white space folded. All empty when the span is not in the pages.
struct Snippet {
    std::string before;
    std::string value;
    std::string after;
};

Snippet snippetOf(const std::vector<storage::PageRecord>& pages, const SourceSpan& span);

} // namespace attest::gui
