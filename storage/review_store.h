// What people decided about the values of a run. Machine values are never changed: a review stands
// beside its value, or stands alone for a value or row that a person added. Every change is saved
// when it is made, with an audit record, in one transaction.
#pragma once

#include "base/result.h"
#include "base/source_span.h"
#include "storage/result_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::storage {

class Database;

enum class Verdict {
    None,      // not decided; only a note or flag
    Accepted,  // the machine value (or its "not stated") is right
    Corrected, // `text` is right instead
    Rejected,  // the machine value is wrong and there is none
    NotStated, // the document does not say; `reason` tells why
    RowAdded,  // a person added item `instance` of `group`; pointer is the item's, "/labs/7"
    RowDeleted // the item is not one; pointer is the item's
};
std::string_view toString(Verdict verdict); // "accepted", "row-deleted", …

// Codes of "not stated", as exports write them: ND not documented, UNK documented as unknown, NEG
// stated negative, NA not applicable, ILL illegible, NOPAGE page or section is missing.
inline constexpr std::string_view kReasonCodes[] = {"ND", "UNK", "NEG", "NA", "ILL", "NOPAGE"};

struct Review {
    std::string pointer; // JSON pointer, as ValueRecord::pointer
    std::string group;
    std::int64_t instance = -1;
    std::string field; // empty for RowAdded and RowDeleted
    Verdict verdict = Verdict::None;
    std::optional<std::string> text; // Corrected only
    std::optional<std::string> normalised;
    std::string unit;
    std::string comparator;
    std::string normRule;
    std::optional<SourceSpan> span; // Corrected by pointing at the page
    std::vector<PageBox> boxes;
    std::string reason; // NotStated: one of kReasonCodes
    std::string note;
    bool isFlagged = false;
    std::string reviewer;
    std::int64_t reviewedAt = 0;

    bool operator==(const Review&) const = default;
};

// nullopt takes the review of `pointer` away.
struct ReviewChange {
    std::string pointer;
    std::optional<Review> after;
};

// All of `changes` or none. `reviewer` and `now` are stored with each. Undo is a change back.
// Errors: NotFound (no such run), InvalidInput (a Corrected value with a span that does not read
//         like its text; an unknown reason), Storage, Io, OutOfResources.
Result<void> saveReviews(Database& db,
                         std::int64_t runId,
                         const std::vector<ReviewChange>& changes,
                         std::string_view reviewer,
                         std::int64_t now);

// By pointer. An unknown run has none.
Result<std::vector<Review>> reviewsOf(Database& db, std::int64_t runId);

// The person is done with the run (or not any more).
Result<void> setRunFinished(
    Database& db, std::int64_t runId, bool isFinished, std::string_view reviewer, std::int64_t now);

// A value as it stands after review: what reports use.
struct FinalValue {
    std::optional<ValueRecord> machine; // nullopt: a person added it
    std::optional<Review> review;       // nullopt: not looked at
    bool isRowDeleted = false;

    // Those of the review where it gives a value, else the machine's.
    std::string pointer;
    std::string group;
    std::int64_t instance = -1;
    std::string field;
    std::optional<std::string> text; // nullopt: no value
    std::optional<std::string> normalised;
    std::string unit;
    std::string comparator;
    std::optional<SourceSpan> span;
    std::vector<PageBox> boxes;
};

// Machine values in the order of the template, then what people added (fields of an added row
// stand together, after the group's machine rows). Deleted rows are in it and say so.
Result<std::vector<FinalValue>> finalValues(Database& db, std::int64_t runId);

// The model's own probability of a value, exp(logProbability), 0…1.
double rawConfidence(const ValueRecord& value);

// How often such values are right, 0…1, where that was measured; else the model's own probability,
// which is not calibrated: say so wherever it is shown.
double confidenceOf(const ValueRecord& value);

// True when a person has to look: nothing decided, and the confidence is below `threshold`.
bool needsReview(const FinalValue& value, double threshold);

} // namespace attest::storage
