#include "storage/internal/run_review.h"

#include "storage/database.h"
#include "storage/review_store.h"
#include "storage/statement.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace attest::storage {

namespace {

constexpr size_t kConfidenceBytes = sizeof(double);

double confidenceAt(std::span<const std::byte> encoded, size_t index) {
    std::uint64_t bits = 0;
    for (size_t i = 0; i < kConfidenceBytes; ++i) {
        bits |= std::to_integer<std::uint64_t>(encoded[index * kConfidenceBytes + i]) << (8 * i);
    }
    return std::bit_cast<double>(bits);
}

Result<void> refreshDocument(Database& db, const char* update, std::int64_t documentId) {
    ATTEST_TRY_ASSIGN(auto statement, Statement::prepare(db, update));
    return statement.bind(1, documentId).run();
}

} // namespace

std::vector<std::byte> encodeConfidences(std::span<const double> ascending) {
    std::vector<std::byte> encoded;
    encoded.reserve(ascending.size() * kConfidenceBytes);
    for (const double confidence : ascending) {
        const auto bits = std::bit_cast<std::uint64_t>(confidence);
        for (size_t i = 0; i < kConfidenceBytes; ++i) {
            encoded.push_back(static_cast<std::byte>((bits >> (8 * i)) & 0xffU));
        }
    }
    return encoded;
}

UndecidedSummary summariseUndecided(std::span<const std::byte> encoded, double threshold) {
    const size_t count = encoded.size() / kConfidenceBytes;
    size_t begin = 0;
    size_t end = count;
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        if (confidenceAt(encoded, middle) < threshold) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    return {static_cast<std::int64_t>(begin), count > 0 ? confidenceAt(encoded, 0) : 1.0};
}

Result<void> refreshRunReview(Database& db, std::int64_t runId) {
    ATTEST_TRY_ASSIGN(const std::vector<FinalValue> values, finalValues(db, runId));
    constexpr double kAnyThreshold = 1; // no confidence is above it
    std::vector<std::pair<double, std::string>> undecided;
    for (const FinalValue& value : values) {
        if (needsReview(value, kAnyThreshold)) {
            undecided.emplace_back(confidenceOf(*value.machine), value.field);
        }
    }
    // Stable: of equal confidences the first in the template is named.
    std::stable_sort(undecided.begin(), undecided.end(), [](const auto& a, const auto& b) {
        return a.first < b.first;
    });
    std::vector<double> confidences;
    confidences.reserve(undecided.size());
    for (const auto& [confidence, field] : undecided) {
        confidences.push_back(confidence);
    }

    ATTEST_TRY_ASSIGN(auto upsert,
                      Statement::prepare(db,
                                         "INSERT INTO run_review(run_id, template_sha256, status,"
                                         " value_count, finished_at, finished_by, undecided,"
                                         " lowest_field)"
                                         " SELECT run.id, run.template_sha256, run.status,"
                                         " run.value_count, 0, '', ?2, ?3"
                                         " FROM run WHERE run.id = ?1"
                                         " ON CONFLICT(run_id) DO UPDATE SET"
                                         " undecided = excluded.undecided,"
                                         " lowest_field = excluded.lowest_field"));
    return upsert.bind(1, runId)
        .bindBlob(2, encodeConfidences(confidences))
        .bind(3, undecided.empty() ? std::string() : undecided.front().second)
        .run();
}

Result<void> refreshShownRun(Database& db, std::int64_t documentId) {
    return refreshDocument(db,
                           "UPDATE document SET shown_run_id = COALESCE("
                           "(SELECT run.id FROM run WHERE run.document_id = document.id"
                           " ORDER BY run.kind = 'extraction' DESC, run.id DESC LIMIT 1), 0)"
                           " WHERE id = ?",
                           documentId);
}

Result<void> refreshNewestJob(Database& db, std::int64_t documentId) {
    return refreshDocument(db,
                           "UPDATE document SET newest_job_id = COALESCE("
                           "(SELECT MAX(job.id) FROM job WHERE job.document_id = document.id), 0)"
                           " WHERE id = ?",
                           documentId);
}

Result<void> rebuildRunReviews(Database& db) {
    ATTEST_TRY_ASSIGN(auto runs, Statement::prepare(db, "SELECT id FROM run ORDER BY id"));
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, runs.step());
        if (!hasRow) {
            break;
        }
        ATTEST_TRY(refreshRunReview(db, runs.int64(0)));
    }
    ATTEST_TRY_ASSIGN(auto documents,
                      Statement::prepare(db, "SELECT id FROM document ORDER BY id"));
    std::vector<std::int64_t> ids; // read first: the loop below changes the table
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, documents.step());
        if (!hasRow) {
            break;
        }
        ids.push_back(documents.int64(0));
    }
    for (const std::int64_t id : ids) {
        ATTEST_TRY(refreshShownRun(db, id));
        ATTEST_TRY(refreshNewestJob(db, id));
    }
    return {};
}

} // namespace attest::storage
