// Full-text search over page texts, values and file names (SQLite FTS5).
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attest::storage {

class Database;

struct SearchHit {
    std::int64_t documentId = 0;
    std::int64_t pageIndex = -1; // -1: file name or value
    std::string snippet;         // around the first match; matches stand between U+0002 and U+0003
};

// What a person types: words, all of which must be in one page (or value, or name), the last one
// as the begin of a word. Case and diacritics do not matter; quotes group words; nothing else has a
// meaning. One hit per document, best first, at most `limit`. Trashed documents are not found.
// Empty or meaningless queries find nothing. Errors: Storage.
Result<std::vector<SearchHit>>
searchLibrary(Database& db, std::string_view query, std::int64_t limit);

} // namespace attest::storage
