// From results of the pipeline to rows of a library.
#pragma once

#include "base/result.h"
#include "extract/pipeline.h"
#include "storage/result_store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::extract {

// What a run was made of, beside its result.
struct RunOrigin {
    std::string fileName;
    std::string path;     // empty for text that was in no file of its own
    std::string sourceId; // a note's own id in a file of many; else empty
    std::string templateJson;
    storage::ModelRecord model;
    ExtractorOptions options;
    std::vector<AdapterRecord> adapters; // as the extractor says
    std::int64_t startedAt = 0;          // seconds since 1970, UTC
    std::int64_t finishedAt = 0;
    std::int64_t jobId = 0; // the job it ends, see storage::NewRun::jobId
};

storage::ModelRecord modelRecord(const engine::ModelInfo& info, const std::string& sha256);

// Stores document, page texts, values and places in one transaction; see storage::saveRun().
// Errors: InvalidInput (also: `origin.templateJson` is not the text of `asked`), OutOfResources,
//         Io, Storage.
Result<storage::SavedRun> saveExtraction(storage::Database& db,
                                         const ExtractionResult& result,
                                         const Template& asked,
                                         const RunOrigin& origin);
Result<storage::SavedRun> saveSummary(storage::Database& db,
                                      const SummaryResult& result,
                                      const Template& asked,
                                      const RunOrigin& origin);

} // namespace attest::extract
