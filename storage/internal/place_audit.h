// Checks, before a run is committed, that what is said to stand on a page does stand there.
#pragma once

#include "base/result.h"
#include "base/source_span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace attest::storage {

class Database;

// The text with every run of white space as one space: how a span is shown as a value.
std::string foldWhitespace(std::string_view text);

// Reads the stored page texts of one reading, each once. Borrows the database.
class PlaceAudit {
public:
    PlaceAudit(Database& db, std::int64_t readingId) : db_(db), readingId_(readingId) {}

    // What the span reads as, folded. Errors: InvalidInput, as check().
    Result<std::string> read(const SourceSpan& span, const std::string& what);

    // Errors: InvalidInput, naming `what` and the place, never the text. `mustRead`: what the span
    // has to read as; nullopt where it only is evidence.
    Result<void> check(const SourceSpan& span,
                       const std::optional<std::string>& mustRead,
                       const std::string& what);

private:
    Database& db_;
    std::int64_t readingId_;
    std::unordered_map<std::int32_t, std::string> pages_;
};

} // namespace attest::storage
