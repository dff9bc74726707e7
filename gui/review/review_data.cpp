#include "gui/review/review_data.h"

#include "storage/setting_store.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace attest::gui {

namespace {

std::string positionKey(std::int64_t runId) {
    return "review.position." + std::to_string(runId);
}

Result<std::vector<storage::StoredRun>>
runsOf(storage::Database& db, std::int64_t documentId, std::string_view kind) {
    storage::RunFilter filter;
    filter.kind = kind;
    filter.documentId = documentId;
    ATTEST_TRY_ASSIGN(std::vector<storage::StoredRun> runs, storage::latestRuns(db, filter));
    std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
    return runs;
}

Result<void> loadRun(storage::Database& db, std::int64_t runId, ReviewData& data) {
    ATTEST_TRY_ASSIGN(std::vector<storage::StoredRun> found, storage::runsById(db, {runId}));
    if (found.empty() || found.front().documentId != data.document.documentId) {
        return Error{ErrorCode::NotFound, "the document has no run " + std::to_string(runId)};
    }
    data.run = std::move(found.front());
    ATTEST_TRY_ASSIGN(data.templateRecord, storage::storedTemplate(db, data.run->templateSha256));
    ATTEST_TRY_ASSIGN(
        data.asked,
        extract::Template::parse(data.templateRecord.json, "template " + data.run->templateId));
    ATTEST_TRY_ASSIGN(data.values, storage::valuesOf(db, runId));
    ATTEST_TRY_ASSIGN(data.reviews, storage::reviewsOf(db, runId));
    ATTEST_TRY_ASSIGN(const auto position, storage::setting(db, positionKey(runId)));
    data.position = position.value_or("");
    data.readingId = data.run->readingId;
    return {};
}

} // namespace

Result<ReviewData> loadReview(storage::Database& db,
                              std::int64_t documentId,
                              std::int64_t runId,
                              double reviewThreshold) {
    ReviewData data;
    ATTEST_TRY_ASSIGN(data.document, storage::libraryRow(db, documentId, reviewThreshold));
    ATTEST_TRY_ASSIGN(data.runs, runsOf(db, documentId, storage::kRunExtraction));
    if (runId == 0 && !data.runs.empty()) {
        runId = data.runs.front().id;
    }
    if (runId != 0) {
        ATTEST_TRY(loadRun(db, runId, data));
    }
    ATTEST_TRY_ASSIGN(std::vector<storage::StoredRun> summaries,
                      runsOf(db, documentId, storage::kRunSummary));
    if (!summaries.empty()) {
        data.summary = std::move(summaries.front());
        ATTEST_TRY_ASSIGN(data.sentences, storage::sentencesOf(db, data.summary->id));
        if (data.readingId == 0) {
            data.readingId = data.summary->readingId;
        }
    }
    if (data.readingId != 0) {
        ATTEST_TRY_ASSIGN(data.pages, storage::pagesOf(db, data.readingId));
    }
    return data;
}

Result<void> savePosition(storage::Database& db, std::int64_t runId, const std::string& pointer) {
    return storage::setSetting(db, positionKey(runId), pointer);
}

} // namespace attest::gui
