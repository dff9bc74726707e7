// Keeps the full-text index in step with what can be found: names, the pages of each document's
// newest reading, and values that do not read as their page does. Call within the transaction that
// changes these.
#pragma once

#include "base/result.h"

#include <cstdint>

namespace attest::storage {

class Database;

Result<void> indexName(Database& db, std::int64_t documentId);

// The pages of the document's newest reading in place of those of an older one.
Result<void> indexPages(Database& db, std::int64_t documentId);

// The run's values as they stand after review.
Result<void> indexValues(Database& db, std::int64_t documentId, std::int64_t runId);

// REQUIRES: the pages of the document are still there.
Result<void> removeFromIndex(Database& db, std::int64_t documentId);

// Drops the terms of removed entries, which stay in the file until then.
Result<void> compactIndex(Database& db);

// Everything afresh.
Result<void> rebuildSearchIndex(Database& db);

} // namespace attest::storage
