// Who did what, in an append-only table (triggers refuse changes) whose records are chained by
// SHA-256: record n's hash covers record n-1's, so a changed, missing or reordered record shows.
// Records hold ids, counts, verdicts and hashes, never document text.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attest::storage {

class Database;

struct AuditRecord {
    std::int64_t sequence = 0; // from 1, without gaps
    std::int64_t at = 0;
    std::string actor;   // reviewer's name; "attest" for the program
    std::string action;  // "run.saved", "review.changed", "document.trashed", "export.written", …
    std::string subject; // compact JSON of ids
    std::string hash;    // lower-case hex
};

// Call within the transaction of what it records.
Result<void> appendAudit(Database& db,
                         std::string_view action,
                         std::string_view subjectJson,
                         std::string_view actor,
                         std::int64_t now);

// Newest first. `runId` 0: of everything; else records whose subject names that run.
Result<std::vector<AuditRecord>> auditRecords(Database& db, std::int64_t runId, std::int64_t limit);

// Recomputes the chain. Errors: Storage, naming the first record that does not fit.
Result<std::int64_t> verifyAudit(Database& db); // number of records

} // namespace attest::storage
