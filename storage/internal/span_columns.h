// A place in three columns: page_index, span_begin, span_end; all NULL when there is none.
#pragma once

#include "base/source_span.h"

#include <optional>

namespace attest::storage {

class Statement;

void bindSpan(Statement& statement, int first, const std::optional<SourceSpan>& span);
std::optional<SourceSpan> spanAt(const Statement& query, int first);

} // namespace attest::storage
