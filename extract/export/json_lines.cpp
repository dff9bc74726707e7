#include "extract/export.h"
#include "extract/export/places.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

// Stored JSON is ours; a damaged one becomes null rather than an exception.
ordered_json parsed(const std::string& text) {
    ordered_json json = ordered_json::parse(text, nullptr, false);
    return json.is_discarded() ? ordered_json() : json;
}

// Five digits are 0.01 mm on a page; floats would print noise after them.
double rounded(float edge) {
    constexpr double kSteps = 1e5;
    return std::round(double(edge) * kSteps) / kSteps;
}

ordered_json boxesJson(const std::vector<PageBox>& boxes) {
    ordered_json all = ordered_json::array();
    for (const PageBox& box : boxes) {
        all.push_back(
            {rounded(box.left), rounded(box.top), rounded(box.right), rounded(box.bottom)});
    }
    return all;
}

void addPlace(ordered_json& json, const SourceSpan& span, const std::vector<PageBox>& boxes) {
    json["page"] = span.pageIndex + 1;
    json["begin"] = span.begin;
    json["end"] = span.end;
    json["boxes"] = boxesJson(boxes);
}

Result<ordered_json>
evidenceJson(storage::Database& db, const storage::StoredRun& run, Places& places) {
    ATTEST_TRY_ASSIGN(const auto values, storage::valuesOf(db, run.id));
    ordered_json evidence = ordered_json::array();
    for (const storage::ValueRecord& value : values) {
        if (!value.text || !value.span) {
            continue;
        }
        ordered_json item;
        item["path"] = value.pointer;
        ATTEST_TRY_ASSIGN(item["text"], places.textAt(*value.span));
        addPlace(item, *value.span, value.boxes);
        if (value.normalised) {
            item["normalised"] = value.comparator + *value.normalised;
            item["unit"] = value.unit;
        }
        if (value.isNormAmbiguous) {
            item["ambiguous_value"] = true;
        }
        if (value.isAmbiguousPlace) {
            item["ambiguous_place"] = true;
        }
        evidence.push_back(std::move(item));
    }
    return evidence;
}

Result<ordered_json>
sentencesJson(storage::Database& db, const storage::StoredRun& run, Places& places) {
    ATTEST_TRY_ASSIGN(const auto sentences, storage::sentencesOf(db, run.id));
    ordered_json all = ordered_json::array();
    for (const storage::SentenceRecord& sentence : sentences) {
        ordered_json item;
        item["text"] = sentence.text;
        if (sentence.isReplaced) {
            item["replaced"] = true;
        }
        item["citations"] = ordered_json::array();
        for (const storage::CitationRecord& citation : sentence.citations) {
            ordered_json cited;
            ATTEST_TRY_ASSIGN(cited["text"], places.textAt(citation.span));
            addPlace(cited, citation.span, citation.boxes);
            item["citations"].push_back(std::move(cited));
        }
        all.push_back(std::move(item));
    }
    return all;
}

Result<ordered_json> runJson(storage::Database& db, const storage::StoredRun& run) {
    Places places(db, run.readingId);
    ordered_json line;
    line["file"] = run.run.path.empty() ? run.run.fileName : run.run.path;
    line["id"] = run.run.sourceId.empty() ? run.run.fileName : run.run.sourceId;
    line["sha256"] = run.documentSha256;
    line["status"] =
        run.run.status == "incomplete" ? std::string("incomplete") : run.documentStatus;
    line["template"] = run.templateId + "@" + std::to_string(run.templateVersion);
    line["model"] = run.modelName;
    line["pages"] = run.pageCount;
    if (run.run.kind == storage::kRunSummary) {
        ATTEST_TRY_ASSIGN(line["sentences"], sentencesJson(db, run, places));
    } else {
        line["values"] = parsed(run.run.valuesJson);
        ATTEST_TRY_ASSIGN(line["evidence"], evidenceJson(db, run, places));
    }
    line["timing"] = parsed(run.run.timingJson);
    return line;
}

} // namespace

Result<ExportReport>
writeJsonLines(TextSink& sink, storage::Database& db, const std::vector<storage::StoredRun>& runs) {
    ExportReport report;
    for (const storage::StoredRun& run : runs) {
        ATTEST_TRY_ASSIGN(const ordered_json line, runJson(db, run));
        // File names may hold any bytes; "replace" writes U+FFFD instead of throwing.
        ATTEST_TRY(
            sink.write(line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n"));
        ++report.documents;
        ++report.rows;
    }
    return report;
}

} // namespace attest::extract
