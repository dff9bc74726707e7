#include "base/sha256.h"
#include "extract/export/manifest_reading.h"
#include "extract/export/report_run.h"
#include "extract/export_profile.h"
#include "extract/text/json_reading.h"
#include "storage/setting_store.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Differences = std::vector<ManifestDifference>;

std::string shortHash(const std::string& sha256) {
    constexpr size_t kShownDigits = 12;
    return sha256.substr(0, kShownDigits);
}

// Empty: as it was.
std::string checkFile(const fs::path& path, const std::string& sha256) {
    const auto hash = sha256OfFile(path);
    if (!hash.ok()) {
        return hash.error().code == ErrorCode::NotFound ? "missing"
                                                        : "cannot be read: " + hash.error().message;
    }
    return hash.value() == sha256 ? "" : "changed";
}

void add(Differences& found, std::string subject, std::string what) {
    if (!what.empty()) {
        found.push_back({std::move(subject), std::move(what)});
    }
}

void checkFiles(Differences& found, const json& manifest, const fs::path& folder) {
    for (const json& file : manifest["files"]) {
        const std::string name = textAt(file, "name");
        add(found, name, checkFile(folder / name, textAt(file, "sha256")));
    }
}

std::string subjectOf(const json& document) {
    return "document " + shortHash(textAt(document, "sha256")) + " (" + textAt(document, "file") +
           ")";
}

// Whether the library still holds the run with the values that were written.
Result<std::string> checkRun(storage::Database& db, const json& document) {
    const auto id = document.find("run_id");
    if (id == document.end() || !id->is_number_integer()) {
        return std::string("its run is not named");
    }
    const auto runId = id->get<std::int64_t>();
    const auto runs = storage::runsById(db, {runId});
    if (!runs.ok() && runs.error().code != ErrorCode::NotFound) {
        return runs.error();
    }
    if (!runs.ok() || runs.value().empty()) {
        return std::string("its run is not in the library");
    }
    if (runs.value().front().documentSha256 != textAt(document, "sha256")) {
        return std::string("its run in the library is of another document");
    }
    ATTEST_TRY_ASSIGN(const auto values, storage::finalValues(db, runId));
    return std::string(valuesHash(values) == textAt(document, "values_sha256")
                           ? ""
                           : "values or decisions in the library changed");
}

Result<void> checkDocuments(Differences& found, const json& manifest, storage::Database* db) {
    // One document can have several runs: it is hashed once.
    std::map<std::pair<std::string, std::string>, std::string> known;
    for (const json& document : manifest["documents"]) {
        const std::string path = textAt(document, "path");
        const std::string sha256 = textAt(document, "sha256");
        // A note of a file of many, or pasted text, has no file of its own.
        if (!path.empty() && !document.contains("note_id")) {
            const auto [state, isNew] = known.try_emplace({path, sha256});
            if (isNew) {
                state->second = checkFile(path, sha256);
                add(found, subjectOf(document), state->second);
            }
        }
        if (db != nullptr) {
            ATTEST_TRY_ASSIGN(std::string what, checkRun(*db, document));
            add(found, subjectOf(document), std::move(what));
        }
    }
    return {};
}

Result<void> checkTemplates(Differences& found, const json& manifest, storage::Database& db) {
    for (const json& asked : manifest["templates"]) {
        const std::string sha256 = textAt(asked, "sha256");
        const auto stored = storage::storedTemplate(db, sha256);
        if (!stored.ok() && stored.error().code != ErrorCode::NotFound) {
            return stored.error();
        }
        std::string what;
        if (!stored.ok()) {
            what = "this version is not in the library";
        } else if (sha256Hex(stored.value().json) != sha256) {
            what = "changed";
        }
        add(found, "template " + textAt(asked, "id"), std::move(what));
    }
    return {};
}

// A model whose file is not known here cannot be compared; that is no difference.
Result<void> checkModels(Differences& found, const json& manifest, storage::Database& db) {
    ATTEST_TRY_ASSIGN(const auto models, storage::userModels(db));
    for (const json& used : manifest["models"]) {
        const std::string sha256 = textAt(used, "sha256");
        const auto known = std::find_if(models.begin(), models.end(), [&](const auto& model) {
            return model.sha256 == sha256;
        });
        if (known != models.end()) {
            add(found, "model " + textAt(used, "name"), checkFile(known->path, sha256));
        }
    }
    return {};
}

} // namespace

Result<std::vector<ManifestDifference>> verifyManifest(const fs::path& manifest,
                                                       storage::Database* db) {
    ATTEST_TRY_ASSIGN(const json read, readManifest(manifest));
    Differences found;
    checkFiles(found, read, manifest.parent_path());
    ATTEST_TRY(checkDocuments(found, read, db));
    if (db != nullptr) {
        ATTEST_TRY(checkTemplates(found, read, *db));
        ATTEST_TRY(checkModels(found, read, *db));
    }
    return found;
}

} // namespace attest::extract
