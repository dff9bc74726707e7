#pragma once

#include "base/result.h"
#include "base/source_span.h"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::extract {

// What stands at the places of one run. Reads each page text once. Borrows the database.
class Places {
public:
    Places(storage::Database& db, std::int64_t readingId) : db_(db), readingId_(readingId) {}

    // The text at a place, white space folded as in values. Errors: Storage (the place is not on
    // the page), NotFound.
    Result<std::string> textAt(const SourceSpan& span);

private:
    storage::Database& db_;
    std::int64_t readingId_;
    std::unordered_map<std::int32_t, std::string> pages_;
};

} // namespace attest::extract
