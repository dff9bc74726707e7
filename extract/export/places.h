#pragma once

#include "base/result.h"
#include "base/source_span.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::extract {

// Half open, in Unicode characters of a page's text: what R and Python count.
struct CharRange {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// What stands at the places of one run. Reads each page text once. Borrows the database.
class Places {
public:
    Places(storage::Database& db, std::int64_t readingId) : db_(db), readingId_(readingId) {}

    // The text at a place, white space folded as in values. Errors: Storage (the place is not on
    // the page), NotFound.
    Result<std::string> textAt(const SourceSpan& span);

    // Errors: as textAt().
    Result<CharRange> charsOf(const SourceSpan& span);

private:
    // The text of the page, which the span is within.
    Result<std::string_view> pageOf(const SourceSpan& span);

    storage::Database& db_;
    std::int64_t readingId_;
    std::unordered_map<std::int32_t, std::string> pages_;
};

} // namespace attest::extract
