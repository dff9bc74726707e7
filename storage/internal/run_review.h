// What the list shows of a run and has to be quick about: table run_review and the columns of
// document that say which run and job are shown. Everything here can be computed from the rest.
// Call within a transaction.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attest::storage {

class Database;

// Confidences, ascending, as the column `undecided` holds them: f64, little-endian.
std::vector<std::byte> encodeConfidences(std::span<const double> ascending);

struct UndecidedSummary {
    std::int64_t belowThreshold = 0;
    double lowest = 1;
};

UndecidedSummary summariseUndecided(std::span<const std::byte> encoded, double threshold);

// Adds the row of a new run, or brings that of an old one up to date after a review.
Result<void> refreshRunReview(Database& db, std::int64_t runId);

// After a run or a job of the document came or went.
Result<void> refreshShownRun(Database& db, std::int64_t documentId);
Result<void> refreshNewestJob(Database& db, std::int64_t documentId);

// For all runs and documents; keeps who finished what.
Result<void> rebuildRunReviews(Database& db);

} // namespace attest::storage
