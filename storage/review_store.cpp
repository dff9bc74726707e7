// The writing half of review_store.h.
#include "storage/review_store.h"

#include "base/sha256.h"
#include "base/utf8.h"
#include "storage/audit_log.h"
#include "storage/database.h"
#include "storage/internal/box_codec.h"
#include "storage/internal/json_text.h"
#include "storage/internal/place_audit.h"
#include "storage/internal/run_review.h"
#include "storage/internal/search_index.h"
#include "storage/internal/span_columns.h"
#include "storage/statement.h"

#include <algorithm>
#include <map>
#include <utility>

namespace attest::storage {

namespace {

constexpr size_t kMaxPointerBytes = 1000;
constexpr size_t kMaxTextBytes = 1U << 20; // of one text: a page holds less

struct RunPlace {
    std::int64_t documentId = 0;
    std::int64_t readingId = 0;
};

Result<RunPlace> placeOf(Database& db, std::int64_t runId) {
    ATTEST_TRY_ASSIGN(
        auto query, Statement::prepare(db, "SELECT document_id, reading_id FROM run WHERE id = ?"));
    ATTEST_TRY_ASSIGN(const bool hasRow, query.bind(1, runId).step());
    if (!hasRow) {
        return Error{ErrorCode::NotFound, "the library has no run " + std::to_string(runId)};
    }
    return RunPlace{query.int64(0), query.int64(1)};
}

Error invalid(const std::string& pointer, const std::string& why) {
    return Error{ErrorCode::InvalidInput,
                 "review of " + toValidUtf8(truncateUtf8(pointer, kMaxPointerBytes)) + ": " + why};
}

std::string_view viewOf(const std::optional<std::string>& text) {
    return text ? std::string_view(*text) : std::string_view();
}

Result<void> checkTexts(const Review& review) {
    const std::string_view texts[] = {review.group,
                                      review.field,
                                      viewOf(review.text),
                                      viewOf(review.normalised),
                                      review.unit,
                                      review.comparator,
                                      review.normRule,
                                      review.note};
    for (const std::string_view text : texts) {
        if (text.size() > kMaxTextBytes) {
            return invalid(review.pointer, "a text is longer than 1 MiB");
        }
        if (!isValidUtf8(text)) {
            return invalid(review.pointer, "a text is not UTF-8");
        }
    }
    return {};
}

// What can be said without the database.
Result<void> checkShape(const ReviewChange& change) {
    if (change.pointer.empty() || change.pointer.front() != '/' ||
        change.pointer.size() > kMaxPointerBytes || !isValidUtf8(change.pointer)) {
        return invalid(change.pointer, "not a JSON pointer");
    }
    if (!change.after) {
        return {};
    }
    const Review& review = *change.after;
    if (review.pointer != change.pointer) {
        return invalid(change.pointer, "it is of another place");
    }
    if ((review.verdict == Verdict::Corrected) != review.text.has_value()) {
        return invalid(change.pointer, "a text comes with a correction and only with one");
    }
    if (!review.text && (review.span || review.normalised)) {
        return invalid(change.pointer, "a place or normal form without a text");
    }
    const bool isKnownReason =
        std::find(std::begin(kReasonCodes), std::end(kReasonCodes), review.reason) !=
        std::end(kReasonCodes);
    const bool needsReason = review.verdict == Verdict::NotStated;
    if (!isKnownReason && (needsReason || !review.reason.empty())) {
        return invalid(change.pointer, "the reason has to be one of the known codes");
    }
    const bool isOfRow =
        review.verdict == Verdict::RowAdded || review.verdict == Verdict::RowDeleted;
    if (isOfRow && (review.group.empty() || review.instance < 0 || !review.field.empty())) {
        return invalid(change.pointer, "it is not of an item of a group");
    }
    return checkTexts(review);
}

Result<std::map<std::string, std::string>> machineKinds(Database& db, std::int64_t runId) {
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db, "SELECT pointer, kind FROM value WHERE run_id = ? ORDER BY seq"));
    query.bind(1, runId);
    std::map<std::string, std::string> kinds;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return kinds;
        }
        kinds.emplace(query.text(0), query.text(1));
    }
}

// Folded, without blanks at the ends: who selects with a pointer takes some along.
std::string readingOf(std::string_view text) {
    std::string folded = foldWhitespace(text);
    if (folded.ends_with(' ')) {
        folded.pop_back();
    }
    return folded.starts_with(' ') ? folded.substr(1) : folded;
}

// Where the machine judged or counted, a place is the evidence and need not read as the value.
Result<void> checkSpans(Database& db,
                        std::int64_t runId,
                        std::int64_t readingId,
                        const std::vector<ReviewChange>& changes) {
    ATTEST_TRY_ASSIGN(const auto kinds, machineKinds(db, runId));
    PlaceAudit audit(db, readingId);
    for (const ReviewChange& change : changes) {
        if (!change.after || !change.after->span) {
            continue;
        }
        ATTEST_TRY_ASSIGN(const std::string reads,
                          audit.read(*change.after->span, "review of " + change.pointer));
        const auto kind = kinds.find(change.pointer);
        const bool isRead = kind == kinds.end() || kind->second == kKindVerbatim;
        if (isRead && readingOf(reads) != readingOf(*change.after->text)) {
            return invalid(change.pointer, "the page does not read as the value does");
        }
    }
    return {};
}

// Of everything a review holds.
std::string hashOf(const Review& review) {
    Sha256 hash;
    const auto add = [&hash](std::string_view part) {
        hash.update(std::to_string(part.size()) + ":");
        hash.update(part);
    };
    const auto addOptional = [&](const std::optional<std::string>& part) {
        add(part ? "1" : "0");
        add(part ? *part : "");
    };
    add(review.pointer);
    add(review.group);
    add(std::to_string(review.instance));
    add(review.field);
    add(toString(review.verdict));
    addOptional(review.text);
    addOptional(review.normalised);
    add(review.unit);
    add(review.comparator);
    add(review.normRule);
    add(review.span
            ? std::to_string(review.span->pageIndex) + "," + std::to_string(review.span->begin) +
                  "," + std::to_string(review.span->end)
            : "");
    const std::vector<std::byte> boxes = encodeBoxes(review.boxes);
    add(toHex(boxes));
    add(review.reason);
    add(review.note);
    add(review.isFlagged ? "1" : "0");
    add(review.reviewer);
    add(std::to_string(review.reviewedAt));
    return hash.hexDigest();
}

class ReviewWriter {
public:
    static Result<ReviewWriter> prepare(Database& db, std::int64_t runId) {
        ATTEST_TRY_ASSIGN(
            auto upsert,
            Statement::prepare(
                db,
                "INSERT INTO review(run_id, pointer, group_name, instance, field, verdict, text,"
                " normalised, unit, comparator, norm_rule, page_index, span_begin, span_end, boxes,"
                " reason, note, is_flagged, reviewer, reviewed_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT(run_id, pointer) DO UPDATE SET group_name = excluded.group_name,"
                " instance = excluded.instance, field = excluded.field,"
                " verdict = excluded.verdict, text = excluded.text,"
                " normalised = excluded.normalised, unit = excluded.unit,"
                " comparator = excluded.comparator, norm_rule = excluded.norm_rule,"
                " page_index = excluded.page_index, span_begin = excluded.span_begin,"
                " span_end = excluded.span_end, boxes = excluded.boxes, reason = excluded.reason,"
                " note = excluded.note, is_flagged = excluded.is_flagged,"
                " reviewer = excluded.reviewer, reviewed_at = excluded.reviewed_at"));
        ATTEST_TRY_ASSIGN(
            auto remove,
            Statement::prepare(db, "DELETE FROM review WHERE run_id = ? AND pointer = ?"));
        ATTEST_TRY_ASSIGN(auto known,
                          Statement::prepare(db,
                                             "SELECT 1 FROM review_past WHERE run_id = ?"
                                             " AND pointer = ? AND sha256 = ?"));
        ATTEST_TRY_ASSIGN(
            auto remember,
            Statement::prepare(db,
                               "INSERT INTO review_past(run_id, pointer, sha256) VALUES (?, ?, ?)"
                               " ON CONFLICT DO NOTHING"));
        return ReviewWriter(
            runId, std::move(upsert), std::move(remove), std::move(known), std::move(remember));
    }

    Result<void> remove(const std::string& pointer) {
        return remove_.bind(1, runId_).bind(2, pointer).run();
    }

    // A review that stood there before in every detail comes back as it was: that is an undo. All
    // others are decisions of `reviewer` made `now`.
    Result<void> write(Review review, std::string_view reviewer, std::int64_t now) {
        known_.bind(1, runId_).bind(2, review.pointer).bind(3, hashOf(review));
        ATTEST_TRY_ASSIGN(const bool stoodThere, known_.step());
        known_.reset();
        if (!stoodThere) {
            review.reviewer = reviewer;
            review.reviewedAt = now;
            ATTEST_TRY(
                remember_.bind(1, runId_).bind(2, review.pointer).bind(3, hashOf(review)).run());
        }
        upsert_.bind(1, runId_)
            .bind(2, review.pointer)
            .bind(3, review.group)
            .bind(4, review.instance)
            .bind(5, review.field)
            .bind(6, toString(review.verdict))
            .bindOptional(7, review.text)
            .bindOptional(8, review.normalised)
            .bind(9, review.unit)
            .bind(10, review.comparator)
            .bind(11, review.normRule);
        bindSpan(upsert_, 12, review.span);
        return upsert_.bindBlob(15, encodeBoxes(review.boxes))
            .bind(16, review.reason)
            .bind(17, review.note)
            .bind(18, std::int64_t{review.isFlagged})
            .bind(19, review.reviewer)
            .bind(20, review.reviewedAt)
            .run();
    }

private:
    ReviewWriter(
        std::int64_t runId, Statement upsert, Statement remove, Statement known, Statement remember)
        : runId_(runId)
        , upsert_(std::move(upsert))
        , remove_(std::move(remove))
        , known_(std::move(known))
        , remember_(std::move(remember)) {}

    std::int64_t runId_;
    Statement upsert_;
    Statement remove_;
    Statement known_;
    Statement remember_;
};

// Places and verdicts, no texts.
std::string subjectOf(std::int64_t runId, const std::vector<ReviewChange>& changes) {
    std::string subject = "{\"run\":" + std::to_string(runId) + ",\"changes\":[";
    for (const ReviewChange& change : changes) {
        if (subject.back() == '}') {
            subject += ",";
        }
        subject += "{\"at\":" + jsonText(change.pointer) + ",\"verdict\":\"" +
                   std::string(change.after ? toString(change.after->verdict) : "removed") + "\"}";
    }
    return subject + "]}";
}

} // namespace

Result<void> saveReviews(Database& db,
                         std::int64_t runId,
                         const std::vector<ReviewChange>& changes,
                         std::string_view reviewer,
                         std::int64_t now) {
    for (const ReviewChange& change : changes) {
        ATTEST_TRY(checkShape(change));
    }
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY_ASSIGN(const RunPlace place, placeOf(db, runId));
    if (changes.empty()) {
        return {};
    }
    ATTEST_TRY(checkSpans(db, runId, place.readingId, changes));
    ATTEST_TRY_ASSIGN(auto writer, ReviewWriter::prepare(db, runId));
    for (const ReviewChange& change : changes) {
        ATTEST_TRY(change.after ? writer.write(*change.after, reviewer, now)
                                : writer.remove(change.pointer));
    }
    ATTEST_TRY(refreshRunReview(db, runId));
    ATTEST_TRY(indexValues(db, place.documentId, runId));
    ATTEST_TRY(appendAudit(db, "review.changed", subjectOf(runId, changes), reviewer, now));
    return transaction.commit();
}

Result<void> setRunFinished(Database& db,
                            std::int64_t runId,
                            bool isFinished,
                            std::string_view reviewer,
                            std::int64_t now) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY(placeOf(db, runId));
    ATTEST_TRY_ASSIGN(auto update,
                      Statement::prepare(db,
                                         "UPDATE run_review SET finished_at = ?, finished_by = ?"
                                         " WHERE run_id = ?"));
    ATTEST_TRY(update.bind(1, isFinished ? now : 0)
                   .bind(2, isFinished ? reviewer : std::string_view())
                   .bind(3, runId)
                   .run());
    ATTEST_TRY(appendAudit(db,
                           isFinished ? "run.finished" : "run.reopened",
                           "{\"run\":" + std::to_string(runId) + "}",
                           reviewer,
                           now));
    return transaction.commit();
}

} // namespace attest::storage
