// What a report was made of, as JSON beside it: hashes of every file, document, template and model,
// and the cells with an apostrophe in front. docs/export.md describes it.
#pragma once

#include "base/result.h"
#include "extract/export/csv_writer.h"
#include "extract/export_profile.h"
#include "storage/result_store.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace attest::extract {

inline constexpr const char* kManifestName = "manifest.json";

struct ManifestFile {
    std::string name; // beside the manifest
    std::string sha256;
    std::size_t bytes = 0;
    std::size_t rows = 0;
    std::vector<std::string> columns;
    std::vector<CellPlace> guarded;
};

struct ManifestDocument {
    storage::StoredRun run;
    std::string recordId;
    std::string valuesSha256;
};

struct Manifest {
    ExportRequest request;
    ExportCounts counts;
    std::vector<ManifestFile> files;
    std::vector<ManifestDocument> documents;
    std::size_t shortenedCells = 0; // XLSX: cells that hold only the begin of their text
};

std::string manifestJson(const Manifest& manifest);

// The names a manifest lists and its own: what an export of before may lose. Errors: NotFound,
// InvalidInput (not a manifest), Unsupported, Io.
Result<std::vector<std::string>> filesOfManifest(const std::filesystem::path& manifest);

} // namespace attest::extract
