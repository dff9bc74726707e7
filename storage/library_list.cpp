// The reading half of library_list.h.
#include "storage/library_list.h"

#include "storage/database.h"
#include "storage/internal/run_review.h"
#include "storage/statement.h"

#include <map>
#include <utility>

namespace attest::storage {

namespace {

constexpr std::string_view kNothingToRead = "nothing-to-read";

// One row per document through its primary key and those of three small tables.
constexpr const char* kSelectRows =
    "SELECT d.id, d.display_name, d.path, d.collection, d.folder, d.kind, d.byte_size,"
    " d.page_count, d.added_at, d.trashed_at, d.status, d.status_message,"
    " w.run_id, w.status, w.value_count, w.finished_at, w.undecided, w.lowest_field,"
    " j.id, j.state, j.error_message, t.template_id, t.title"
    " FROM document AS d"
    " LEFT JOIN run_review AS w ON w.run_id = d.shown_run_id"
    " LEFT JOIN job AS j ON j.id = d.newest_job_id"
    " LEFT JOIN template AS t ON t.sha256 = COALESCE(w.template_sha256, j.template_sha256) ";

struct StateAndDetail {
    DocumentState state = DocumentState::New;
    std::string detail;
};

// A job that is still open says what happens now; else the run says what there is; else the job
// says why there is none.
StateAndDetail stateOf(const Statement& query) {
    const std::string jobState = query.text(19);
    if (jobState == "waiting") {
        return {DocumentState::Waiting, {}};
    }
    if (jobState == "running") {
        return {DocumentState::Running, {}};
    }
    if (!query.isNull(12)) {
        if (query.text(13) == kNothingToRead) {
            const bool isScan = query.text(10) == "no-text";
            return {isScan ? DocumentState::NoText : DocumentState::Failed, query.text(11)};
        }
        return {query.int64(15) != 0 ? DocumentState::Reviewed : DocumentState::ToReview, {}};
    }
    if (jobState == "failed") {
        return {DocumentState::Failed, query.text(20)};
    }
    return {jobState == "cancelled" ? DocumentState::Cancelled : DocumentState::New, {}};
}

LibraryRow rowAt(const Statement& query, double reviewThreshold) {
    LibraryRow row;
    row.documentId = query.int64(0);
    row.fileName = query.text(1);
    row.path = query.text(2);
    row.collection = query.text(3);
    row.folder = query.text(4);
    row.kind = query.text(5);
    row.byteSize = query.int64(6);
    row.pageCount = query.int64(7);
    row.addedAt = query.int64(8);
    row.trashedAt = query.int64(9);
    StateAndDetail state = stateOf(query);
    row.state = state.state;
    row.detail = std::move(state.detail);
    row.runId = query.int64(12);
    row.valueCount = query.int64(14);
    const bool isFinished = query.int64(15) != 0;
    if (!isFinished) {
        const UndecidedSummary undecided = summariseUndecided(query.blobView(16), reviewThreshold);
        row.toReviewCount = undecided.belowThreshold;
        row.lowestConfidence = undecided.lowest;
        row.lowestField = query.text(17);
    }
    row.jobId = query.int64(18);
    row.templateId = query.text(21);
    row.templateTitle = query.text(22);
    return row;
}

bool isIn(SmartList list, DocumentState state) {
    switch (list) {
    case SmartList::Inbox:
        return state == DocumentState::New || state == DocumentState::Waiting ||
               state == DocumentState::Running || state == DocumentState::Cancelled;
    case SmartList::ToReview:
        return state == DocumentState::ToReview;
    case SmartList::Reviewed:
        return state == DocumentState::Reviewed;
    case SmartList::Failed:
        return state == DocumentState::Failed || state == DocumentState::NoText;
    case SmartList::All:
    case SmartList::Trash:
        return true;
    }
    return false;
}

} // namespace

Result<std::vector<LibraryRow>> listLibrary(Database& db, const LibraryFilter& filter) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         std::string(kSelectRows) +
                                             "WHERE (d.trashed_at <> 0) = ?1"
                                             " AND (?2 = '' OR d.collection = ?2)"
                                             " ORDER BY d.id DESC"));
    query.bind(1, std::int64_t{filter.list == SmartList::Trash}).bind(2, filter.collection);
    std::vector<LibraryRow> rows;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return rows;
        }
        LibraryRow row = rowAt(query, filter.reviewThreshold);
        if (isIn(filter.list, row.state)) {
            rows.push_back(std::move(row));
        }
    }
}

Result<LibraryRow> libraryRow(Database& db, std::int64_t documentId, double reviewThreshold) {
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db, std::string(kSelectRows) + "WHERE d.id = ? ORDER BY d.id"));
    ATTEST_TRY_ASSIGN(const bool hasRow, query.bind(1, documentId).step());
    if (!hasRow) {
        return Error{ErrorCode::NotFound,
                     "the library has no document " + std::to_string(documentId)};
    }
    return rowAt(query, reviewThreshold);
}

Result<LibraryCounts> libraryCounts(Database& db, double reviewThreshold) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db, std::string(kSelectRows) + "ORDER BY d.id"));
    LibraryCounts counts;
    std::map<std::string, std::int64_t> collections;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            break;
        }
        const LibraryRow row = rowAt(query, reviewThreshold);
        counts.documentBytes += row.byteSize;
        if (row.trashedAt != 0) {
            ++counts.trash;
            continue;
        }
        ++counts.all;
        counts.inbox += isIn(SmartList::Inbox, row.state) ? 1 : 0;
        counts.toReview += isIn(SmartList::ToReview, row.state) ? 1 : 0;
        counts.reviewed += isIn(SmartList::Reviewed, row.state) ? 1 : 0;
        counts.failed += isIn(SmartList::Failed, row.state) ? 1 : 0;
        counts.fieldsToReview += row.toReviewCount;
        if (!row.collection.empty()) {
            ++collections[row.collection];
        }
    }
    counts.collections.assign(collections.begin(), collections.end());
    return counts;
}

} // namespace attest::storage
