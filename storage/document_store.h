// Documents and their page texts.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::storage {

class Database;

struct PageRecord {
    std::string text;                     // UTF-8, what the spans point into
    std::vector<std::uint16_t> charBoxes; // left, top, right, bottom in 1/65535 of the page, per
                                          // code point of `text`; empty for notes
    double widthPoints = 0;
    double heightPoints = 0;
};

struct NewDocument {
    std::string sha256; // of the file's bytes, lower-case hex: the document's identity
    std::string fileName;
    std::string path; // empty for text that was in no file of its own
    std::string kind; // "pdf", "text"
    std::int64_t byteSize = 0;
    std::string status; // how reading ended: "ok", "no-text", …
    std::string statusMessage;
    std::vector<PageRecord> pages;
};

struct AddedDocument {
    std::int64_t documentId = 0;
    std::int64_t readingId = 0; // the stored page texts
    bool wasKnown = false;      // the same bytes were added before
};

// A document as lists show it, with its newest run.
struct DocumentRow {
    std::int64_t id = 0;
    std::string sha256;
    std::string fileName;
    std::string path;
    std::string kind;
    std::int64_t byteSize = 0;
    std::string status;
    std::string statusMessage;
    std::int64_t pageCount = 0;
    std::int64_t addedAt = 0; // seconds since 1970, UTC
    std::int64_t runCount = 0;
    // Of the newest run; empty and 0 without one.
    std::int64_t lastRunId = 0;
    std::string lastTemplateId;
    std::string lastRunStatus;
    std::int64_t lastFinishedAt = 0;
    std::int64_t lastFoundCount = 0;
    std::int64_t lastValueCount = 0;
};

// Adds a document and its page texts, or finds them when they are there. Call within a transaction.
// Errors: OutOfResources, Io, Storage.
Result<AddedDocument> addDocument(Database& db, const NewDocument& document, std::int64_t now);

// All documents, in the order they were added.
Result<std::vector<DocumentRow>> listDocuments(Database& db);

// By id ("12"), by the begin of the SHA-256 (8 digits at least) or by file name. More than one
// document can match; none is an empty list.
Result<std::vector<DocumentRow>> findDocuments(Database& db, std::string_view key);

// The page texts of a reading, in order.
Result<std::vector<PageRecord>> pagesOf(Database& db, std::int64_t readingId);

// The text of one page. Errors: NotFound.
Result<std::string> pageText(Database& db, std::int64_t readingId, std::int64_t pageIndex);

} // namespace attest::storage
