#include "storage/internal/span_columns.h"

#include "storage/statement.h"

namespace attest::storage {

void bindSpan(Statement& statement, int first, const std::optional<SourceSpan>& span) {
    if (span) {
        statement.bind(first, std::int64_t{span->pageIndex})
            .bind(first + 1, static_cast<std::int64_t>(span->begin))
            .bind(first + 2, static_cast<std::int64_t>(span->end));
    } else {
        statement.bindNull(first).bindNull(first + 1).bindNull(first + 2);
    }
}

std::optional<SourceSpan> spanAt(const Statement& query, int first) {
    if (query.isNull(first)) {
        return std::nullopt;
    }
    return SourceSpan{static_cast<std::int32_t>(query.int64(first)),
                      static_cast<size_t>(query.int64(first + 1)),
                      static_cast<size_t>(query.int64(first + 2))};
}

} // namespace attest::storage
