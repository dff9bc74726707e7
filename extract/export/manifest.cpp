#include "extract/export/manifest.h"

#include "extract/export/manifest_reading.h"
#include "extract/export/own_columns.h"
#include "extract/pipeline.h"

#include <nlohmann/json.hpp>

#include <ctime>
#include <set>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

ordered_json optionsJson(const ExportRequest& request) {
    ordered_json json;
    json["unreviewed"] = request.unreviewed == Unreviewed::Include ? "include" : "leave-out";
    json["left_out_fields"] = request.leftOutFields;
    json["provenance"] = request.hasProvenance;
    json["review_threshold"] = request.reviewThreshold;
    if (request.profile == ExportProfile::ExcelCsv) {
        json["separator"] = std::string(1, request.separator);
        json["decimal_comma"] = request.hasDecimalComma;
    }
    return json;
}

ordered_json countsJson(const Manifest& manifest) {
    const ExportCounts& counts = manifest.counts;
    return {{"documents", counts.documents},
            {"unreviewed_documents", counts.unreviewedDocuments},
            {"values", counts.values},
            {"unreviewed_values", counts.unreviewedValues},
            {"guarded_cells", counts.guardedCells},
            {"shortened_cells", manifest.shortenedCells}};
}

ordered_json filesJson(const std::vector<ManifestFile>& files) {
    ordered_json all = ordered_json::array();
    for (const ManifestFile& file : files) {
        all.push_back({{"name", file.name},
                       {"sha256", file.sha256},
                       {"bytes", file.bytes},
                       {"rows", file.rows}});
    }
    return all;
}

// By file and column: {"medications.csv": {"indication": [3, 17]}}, rows from 1 below the header.
ordered_json guardJson(const std::vector<ManifestFile>& files) {
    ordered_json cells = ordered_json::object();
    for (const ManifestFile& file : files) {
        for (const CellPlace& place : file.guarded) {
            cells[file.name][file.columns.at(place.column)].push_back(place.row);
        }
    }
    return {{"prefix", "'"}, {"cells", std::move(cells)}};
}

ordered_json parametersOf(const storage::StoredRun& run) {
    ordered_json json = ordered_json::parse(run.run.parametersJson, nullptr, false);
    return json.is_discarded() ? ordered_json() : json;
}

ordered_json documentsJson(const std::vector<ManifestDocument>& documents) {
    ordered_json all = ordered_json::array();
    for (const ManifestDocument& document : documents) {
        const storage::StoredRun& run = document.run;
        ordered_json json;
        json["record_id"] = document.recordId;
        json["document_id"] = run.documentId;
        json["file"] = run.run.fileName;
        json["path"] = run.run.path;
        if (!run.run.sourceId.empty()) {
            json["note_id"] = run.run.sourceId; // the hash is of the note, not of its file
        }
        json["sha256"] = run.documentSha256;
        json["run_id"] = run.id;
        json["values_sha256"] = document.valuesSha256;
        json["reviewed_by"] = run.finishedReviewBy;
        json["reviewed_at"] = isoTime(run.finishedReviewAt);
        json["template_sha256"] = run.templateSha256;
        json["model_sha256"] = run.modelSha256;
        json["engine"] = run.run.engineVersion;
        json["parameters"] = parametersOf(run);
        all.push_back(std::move(json));
    }
    return all;
}

ordered_json templatesJson(const std::vector<ManifestDocument>& documents) {
    std::set<std::string> seen;
    ordered_json all = ordered_json::array();
    for (const ManifestDocument& document : documents) {
        if (seen.insert(document.run.templateSha256).second) {
            all.push_back({{"id", document.run.templateId},
                           {"version", document.run.templateVersion},
                           {"sha256", document.run.templateSha256}});
        }
    }
    return all;
}

ordered_json modelsJson(const std::vector<ManifestDocument>& documents) {
    std::set<std::string> seen;
    ordered_json all = ordered_json::array();
    for (const ManifestDocument& document : documents) {
        if (seen.insert(document.run.modelSha256).second) {
            all.push_back({{"name", document.run.modelName}, {"sha256", document.run.modelSha256}});
        }
    }
    return all;
}

} // namespace

std::string manifestJson(const Manifest& manifest) {
    ordered_json json;
    json["format"] = kManifestFormat;
    json["format_version"] = kManifestVersion;
    json["created"] = isoTime(std::time(nullptr));
    json["program"] = "attest " + std::string(engineVersion());
    json["profile"] = toString(manifest.request.profile);
    json["options"] = optionsJson(manifest.request);
    json["identifiers"] = manifest.counts.identifierFields;
    json["counts"] = countsJson(manifest);
    json["files"] = filesJson(manifest.files);
    json["templates"] = templatesJson(manifest.documents);
    json["models"] = modelsJson(manifest.documents);
    json["documents"] = documentsJson(manifest.documents);
    json["guard"] = guardJson(manifest.files);
    // File names may hold any bytes; "replace" writes U+FFFD instead of throwing.
    return json.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace attest::extract
