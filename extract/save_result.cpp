#include "extract/save_result.h"

#include "base/sha256.h"
#include "engine/model.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <string_view>
#include <utility>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

std::string_view kindName(FieldKind kind) {
    switch (kind) {
    case FieldKind::Verbatim:
        return storage::kKindVerbatim;
    case FieldKind::Judged:
        return "judged";
    case FieldKind::Free:
        return "free";
    case FieldKind::Integer:
        return "integer";
    case FieldKind::Group:
        return "group";
    case FieldKind::List:
        return "list";
    }
    return "";
}

// A model with infinities in its weights must not make a run unstorable.
double finite(float number, double otherwise) {
    return std::isfinite(number) ? double(number) : otherwise;
}

storage::NewDocument documentRecord(const DocumentText& document, const RunOrigin& origin) {
    storage::NewDocument record;
    record.sha256 = document.sha256;
    record.fileName = origin.fileName;
    record.path = origin.path;
    record.kind = document.kind;
    record.byteSize = static_cast<std::int64_t>(document.fileBytes);
    record.status = toString(document.status);
    record.statusMessage = document.message;
    for (const PageText& page : document.pages) {
        storage::PageRecord stored{
            page.text, {}, double(page.widthPoints), double(page.heightPoints)};
        stored.charBoxes.reserve(page.boxes.size() * 4);
        for (const CharBox& box : page.boxes) {
            stored.charBoxes.insert(stored.charBoxes.end(),
                                    {box.left, box.top, box.right, box.bottom});
        }
        record.pages.push_back(std::move(stored));
    }
    return record;
}

storage::ValueRecord valueRecord(const ExtractedValue& value) {
    constexpr double kNoProbability = -1e9; // of what came out as minus infinity or NaN
    storage::ValueRecord record;
    record.pointer = value.pointer;
    record.group = value.group;
    record.instance = value.instance;
    record.field = value.field;
    record.kind = kindName(value.kind);
    record.isIdentifier = value.isIdentifier;
    record.status = value.text ? storage::kStatusOk : storage::kStatusNotStated;
    record.text = value.text;
    if (value.normal) {
        record.normalised = value.normal->text;
        record.unit = value.normal->unit;
        record.comparator = value.normal->comparator;
        record.normRule = value.normal->rule;
        record.isNormAmbiguous = value.normal->isAmbiguous;
    }
    record.span = value.span;
    record.boxes = value.boxes;
    record.isAmbiguousPlace = value.isAmbiguousPlace;
    record.logProbability = finite(value.logProbability, kNoProbability);
    record.minFeasibleMass = finite(value.minFeasibleMass, 0);
    record.confidence = value.confidence;
    return record;
}

std::string timingJson(const Timing& timing) {
    ordered_json json;
    json["read_seconds"] = timing.readSeconds;
    json["prefill_seconds"] = timing.prefillSeconds;
    json["decode_seconds"] = timing.decodeSeconds;
    json["mask_seconds"] = timing.maskSeconds;
    json["total_seconds"] = timing.totalSeconds;
    json["prompt_tokens"] = timing.promptTokens;
    json["reused_tokens"] = timing.reusedTokens;
    json["answer_tokens"] = timing.answerTokens;
    json["forced_tokens"] = timing.forcedTokens;
    json["chunks"] = timing.chunks;
    return json.dump();
}

std::string parametersJson(const ExtractorOptions& options,
                           const std::vector<AdapterRecord>& adapters) {
    ordered_json json;
    json["threads"] = options.threads;
    json["context"] = options.contextLength;
    json["decode"] = options.decodeMode == DecodeMode::Fast ? "fast" : "reference";
    if (options.isQuick) {
        json["quick"] = true;
    }
    if (!options.chatFormat.empty()) {
        json["chat_format"] = options.chatFormat;
    }
    for (const AdapterRecord& adapter : adapters) {
        ordered_json entry;
        entry["file"] = adapter.fileName;
        entry["sha256"] = adapter.sha256;
        entry["scale"] = adapter.scale;
        json["adapters"].push_back(std::move(entry));
    }
    return json.dump();
}

bool hasText(const DocumentText& document) {
    return document.status == ReadStatus::Ok || document.status == ReadStatus::Partial;
}

// All but values and sentences.
Result<storage::NewRun> newRun(const DocumentText& document,
                               bool isIncomplete,
                               const Timing& timing,
                               const Template& asked,
                               const RunOrigin& origin) {
    if (sha256Hex(origin.templateJson) != asked.sha256()) {
        return Error{ErrorCode::InvalidInput,
                     "template '" + asked.id() + "' was changed while it was in use"};
    }
    storage::NewRun run;
    run.document = documentRecord(document, origin);
    run.asked = {asked.sha256(), asked.id(), asked.version(), asked.title(), origin.templateJson};
    run.model = origin.model;
    run.jobId = origin.jobId;
    run.run.fileName = origin.fileName;
    run.run.path = origin.path;
    run.run.sourceId = origin.sourceId;
    run.run.engineVersion = engineVersion();
    run.run.parametersJson = parametersJson(origin.options, origin.adapters);
    run.run.startedAt = origin.startedAt;
    run.run.finishedAt = origin.finishedAt;
    run.run.status = !hasText(document) ? "nothing-to-read"
                     : isIncomplete     ? "incomplete"
                                        : "complete";
    run.run.timingJson = timingJson(timing);
    return run;
}

} // namespace

storage::ModelRecord modelRecord(const engine::ModelInfo& info, const std::string& sha256) {
    return {sha256, info.name, info.architecture, static_cast<std::int64_t>(info.fileBytes)};
}

Result<storage::SavedRun> saveExtraction(storage::Database& db,
                                         const ExtractionResult& result,
                                         const Template& asked,
                                         const RunOrigin& origin) {
    ATTEST_TRY_ASSIGN(storage::NewRun run,
                      newRun(result.document, result.isIncomplete, result.timing, asked, origin));
    run.run.kind = storage::kRunExtraction;
    run.run.valuesJson = result.valuesJson;
    for (const ExtractedValue& value : result.values) {
        run.values.push_back(valueRecord(value));
    }
    return storage::saveRun(db, run);
}

Result<storage::SavedRun> saveSummary(storage::Database& db,
                                      const SummaryResult& result,
                                      const Template& asked,
                                      const RunOrigin& origin) {
    ATTEST_TRY_ASSIGN(storage::NewRun run,
                      newRun(result.document, result.isIncomplete, result.timing, asked, origin));
    run.run.kind = storage::kRunSummary;
    run.run.valuesJson = "{}";
    for (const SummarySentence& sentence : result.sentences) {
        storage::SentenceRecord record{sentence.text, sentence.isReplaced, {}};
        for (size_t i = 0; i < sentence.citations.size(); ++i) {
            record.citations.push_back(
                {sentence.citations[i],
                 i < sentence.boxes.size() ? sentence.boxes[i] : std::vector<PageBox>()});
        }
        run.sentences.push_back(std::move(record));
    }
    return storage::saveRun(db, run);
}

} // namespace attest::extract
