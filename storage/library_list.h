// The library as a person sees it: one row per document with the state of its newest run and job.
#pragma once

#include "base/result.h"
#include "storage/document_store.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attest::storage {

class Database;

enum class DocumentState {
    New,       // added, nothing asked yet
    Waiting,   // in the queue
    Running,   // being read
    ToReview,  // a run is there and not finished by a person
    Reviewed,  // finished by a person
    NoText,    // read, but there is no text: a scan
    Failed,    // could not be read, see detail
    Cancelled, // its only job was cancelled
};

struct LibraryRow {
    std::int64_t documentId = 0;
    std::string fileName; // display name; rename changes this one, never the file
    std::string path;     // empty: the bytes are in the library
    std::string
        collection;     // first folder of a dropped folder, or a name the user gave; may be empty
    std::string folder; // relative folder inside the dropped one; may be empty
    std::string kind;   // "pdf", "text"
    std::int64_t byteSize = 0;
    std::int64_t pageCount = 0;
    std::int64_t addedAt = 0;
    std::int64_t trashedAt = 0; // 0: not in the trash
    DocumentState state = DocumentState::New;
    std::string detail; // Failed, NoText: one sentence
    // Of the newest run (extractions before summaries), else of the newest job.
    std::int64_t runId = 0; // 0: no run
    std::string templateId;
    std::string templateTitle;
    std::int64_t jobId = 0; // 0: no job
    std::int64_t valueCount = 0;
    std::int64_t toReviewCount = 0; // undecided, confidence below the threshold
    double lowestConfidence = 1;    // of the undecided values; 1 when there are none
    std::string lowestField;
};

enum class SmartList { Inbox, ToReview, Reviewed, Failed, All, Trash };

// Inbox: New, Waiting, Running and Cancelled. Failed: Failed and NoText.
struct LibraryFilter {
    SmartList list = SmartList::All;
    std::string collection; // empty: all
    double reviewThreshold = 0.9;
};

struct LibraryCounts {
    std::int64_t inbox = 0;
    std::int64_t toReview = 0;
    std::int64_t reviewed = 0;
    std::int64_t failed = 0;
    std::int64_t all = 0; // without the trash
    std::int64_t trash = 0;
    std::int64_t fieldsToReview = 0;
    std::int64_t documentBytes = 0; // of what the documents' files hold
    std::vector<std::pair<std::string, std::int64_t>> collections; // by name
};

// Newest first. 10,000 documents take well under 50 ms: per-run counts are kept with the run, not
// computed here.
Result<std::vector<LibraryRow>> listLibrary(Database& db, const LibraryFilter& filter);
Result<LibraryRow> libraryRow(Database& db, std::int64_t documentId, double reviewThreshold);
Result<LibraryCounts> libraryCounts(Database& db, double reviewThreshold);

// A document that is known by its bytes before anything has read it.
struct NewSource {
    std::string sha256;
    std::string fileName;
    std::string path; // empty: `content` holds the bytes
    std::string collection;
    std::string folder;
    std::string kind;
    std::int64_t byteSize = 0;
    std::string content;
};

struct RegisteredSource {
    std::int64_t documentId = 0;
    bool wasKnown = false; // the same bytes are in the library; a trashed document comes back
};

// In one transaction. A known document gets the new path when its old file is gone.
// Errors: Storage, Io, OutOfResources.
Result<std::vector<RegisteredSource>>
registerSources(Database& db, const std::vector<NewSource>& sources, std::int64_t now);

// The bytes of a document that has no file of its own (pasted text). Errors: NotFound.
Result<std::string> contentOf(Database& db, std::int64_t documentId);

// Trash keeps everything; the user's own files are never touched. Waiting jobs of trashed documents
// are cancelled.
Result<void>
moveToTrash(Database& db, const std::vector<std::int64_t>& documentIds, std::int64_t now);
Result<void> restoreFromTrash(Database& db, const std::vector<std::int64_t>& documentIds);
// For good: texts, runs, reviews and jobs of documents that are in the trash.
Result<void> deleteForGood(Database& db, const std::vector<std::int64_t>& documentIds);

Result<void> renameDocument(Database& db, std::int64_t documentId, std::string_view name);
Result<void> setCollection(Database& db,
                           const std::vector<std::int64_t>& documentIds,
                           std::string_view collection);
// The file moved: its bytes are the same, the caller has checked that.
Result<void> relocateDocument(Database& db, std::int64_t documentId, std::string_view path);

} // namespace attest::storage
