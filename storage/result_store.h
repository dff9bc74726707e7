// Runs over documents and what they found. A run is one transaction: document, page texts, values
// and their places are stored together or not at all, and never changed afterwards.
#pragma once

#include "base/result.h"
#include "base/source_span.h"
#include "storage/document_store.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace attest::storage {

class Database;

inline constexpr std::string_view kStatusOk = "ok";
inline constexpr std::string_view kStatusNotStated = "not-stated";
inline constexpr std::string_view kKindVerbatim = "verbatim";
inline constexpr std::string_view kRunExtraction = "extraction";
inline constexpr std::string_view kRunSummary = "summary";

struct TemplateRecord {
    std::string sha256; // of `json`
    std::string id;
    std::int64_t version = 0;
    std::string title;
    std::string json;
};

struct ModelRecord {
    std::string sha256; // of the file
    std::string name;
    std::string architecture;
    std::int64_t byteSize = 0;
};

struct ValueRecord {
    std::string pointer;        // JSON pointer into the run's values
    std::string group;          // empty for a single field
    std::int64_t instance = -1; // 0-based item of the group; -1 for a single field
    std::string field;
    std::string kind; // "verbatim", "judged", …
    bool isIdentifier = false;
    std::string status; // kStatusOk, or why there is no text
    std::optional<std::string> text;
    std::optional<std::string> normalised;
    std::string unit;
    std::string comparator;
    std::string normRule;
    bool isNormAmbiguous = false;
    std::optional<SourceSpan> span; // verbatim: where the text stands; judged: its evidence
    std::vector<PageBox> boxes;
    bool isAmbiguousPlace = false;
    double logProbability = 0;
    double minFeasibleMass = 1;
    std::optional<double> confidence; // calibrated, 0…1; nullopt: not measured for its model
};

struct CitationRecord {
    SourceSpan span;
    std::vector<PageBox> boxes;
};

struct SentenceRecord {
    std::string text;
    bool isReplaced = false;
    std::vector<CitationRecord> citations;
};

struct RunRecord {
    std::string kind; // kRunExtraction, kRunSummary
    std::string fileName;
    std::string path;
    std::string sourceId; // a note's own id in a file of many; else empty
    std::string engineVersion;
    std::string parametersJson;
    std::int64_t startedAt = 0; // seconds since 1970, UTC
    std::int64_t finishedAt = 0;
    std::string status;     // "complete", "incomplete", "nothing-to-read"
    std::string valuesJson; // of the template's shape
    std::string timingJson;
};

struct NewRun {
    NewDocument document;
    TemplateRecord asked;
    ModelRecord model;
    RunRecord run;
    std::vector<ValueRecord> values;       // extraction
    std::vector<SentenceRecord> sentences; // summary
    // The job this run ends, 0 for none: it is Done in the same transaction. Cancelled when
    // somebody has cancelled the job meanwhile; then nothing is stored.
    std::int64_t jobId = 0;
};

struct SavedRun {
    std::int64_t documentId = 0;
    std::int64_t runId = 0;
    bool wasKnown = false; // the document was in the library before
};

struct StoredRun {
    std::int64_t id = 0;
    std::int64_t documentId = 0;
    std::int64_t readingId = 0;
    RunRecord run;
    std::int64_t valueCount = 0; // fields asked
    std::int64_t foundCount = 0; // of them with a value
    std::string documentSha256;
    std::string documentStatus; // of the reading this run used
    std::int64_t pageCount = 0;
    std::string templateSha256;
    std::string templateId;
    std::int64_t templateVersion = 0;
    std::string modelSha256;
    std::string modelName;
    std::int64_t finishedReviewAt = 0; // a person finished it; 0: not yet
    std::string finishedReviewBy;
};

struct RunFilter {
    std::string kind;            // empty: all
    std::string templateId;      // empty: all
    std::int64_t documentId = 0; // 0: all
};

// Stores a run in one transaction. Every place is checked against the stored page text: a verbatim
// value must read exactly as its span does, runs of white space shown as one space.
//
// Errors: InvalidInput (a value or citation is not where it says it is), OutOfResources (disk
//         full), Io, Storage. After an error nothing of the run is stored.
Result<SavedRun> saveRun(Database& db, const NewRun& run);

// The newest run per document, note and template, in the order the documents were added.
// Documents in the trash are left out unless the filter names one.
Result<std::vector<StoredRun>> latestRuns(Database& db, const RunFilter& filter);

// These runs, in the order of their ids, which is the order they were made in. Errors: NotFound.
Result<std::vector<StoredRun>> runsById(Database& db, const std::set<std::int64_t>& ids);

// In the order of the template. An unknown run has none.
Result<std::vector<ValueRecord>> valuesOf(Database& db, std::int64_t runId);
Result<std::vector<SentenceRecord>> sentencesOf(Database& db, std::int64_t runId);

// Errors: NotFound.
Result<TemplateRecord> storedTemplate(Database& db, std::string_view sha256);

} // namespace attest::storage
