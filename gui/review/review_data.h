// Everything the review of one document shows, read in one go.
#pragma once

#include "base/result.h"
#include "extract/template.h"
#include "storage/library_list.h"
#include "storage/result_store.h"
#include "storage/review_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::gui {

struct ReviewData {
    storage::LibraryRow document;
    // Extractions of the document, the newest of each template, newest first.
    std::vector<storage::StoredRun> runs;

    // The run to review; nullopt: there is none, and the lists below are empty.
    std::optional<storage::StoredRun> run;
    storage::TemplateRecord templateRecord;
    std::optional<extract::Template> asked;
    std::vector<storage::ValueRecord> values;
    std::vector<storage::Review> reviews;
    std::string position; // pointer of the field where the person left; may be empty

    // The newest summary of the document.
    std::optional<storage::StoredRun> summary;
    std::vector<storage::SentenceRecord> sentences;

    // Of the run, else of the summary. Citations point into these pages only when the two share a
    // reading.
    std::int64_t readingId = 0;
    std::vector<storage::PageRecord> pages;
};

// `runId` 0: the newest extraction. Blocks: for the Store's threads.
// Errors: NotFound (no such document or run), Storage, InvalidInput (the stored template).
Result<ReviewData> loadReview(storage::Database& db,
                              std::int64_t documentId,
                              std::int64_t runId,
                              double reviewThreshold);

// Remembers `pointer` as the place in the run to come back to.
Result<void> savePosition(storage::Database& db, std::int64_t runId, const std::string& pointer);

} // namespace attest::gui
