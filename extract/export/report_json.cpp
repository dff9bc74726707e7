#include "extract/export/report_json.h"

#include "extract/export/own_columns.h"
#include "extract/export/places.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <utility>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

// Stored JSON is ours; a damaged one becomes null rather than an exception.
ordered_json parsed(const std::string& text) {
    ordered_json json = ordered_json::parse(text, nullptr, false);
    return json.is_discarded() ? ordered_json() : json;
}

ordered_json orNull(const std::optional<std::string>& text) {
    return text ? ordered_json(*text) : ordered_json();
}

// Five digits are 0.01 mm on a page; floats would print noise after them.
double rounded(float edge) {
    constexpr double kSteps = 1e5;
    return std::round(double(edge) * kSteps) / kSteps;
}

void addPlace(ordered_json& json, const SourceSpan& span, const std::vector<PageBox>& boxes) {
    json["page"] = span.pageIndex + 1;
    json["begin"] = span.begin;
    json["end"] = span.end;
    json["boxes"] = ordered_json::array();
    for (const PageBox& box : boxes) {
        json["boxes"].push_back(
            {rounded(box.left), rounded(box.top), rounded(box.right), rounded(box.bottom)});
    }
}

// Null: there is no such value.
const ReportValue* valueIn(const ValueOfField& values, const std::string& field) {
    const auto found = values.find(field);
    return found != values.end() && found->second->hasValue() ? found->second : nullptr;
}

ordered_json valueJson(const ValueOfField& values, const std::string& field) {
    const ReportValue* value = valueIn(values, field);
    return value != nullptr ? ordered_json(*value->final.text) : ordered_json();
}

bool isLeftOut(const ExportPlan& plan, const std::string& group, const std::string& field) {
    const PlannedField* planned = plan.find(group, field);
    return planned != nullptr && planned->isLeftOut;
}

bool isLeftOut(const ExportPlan& plan, const Field& list) {
    for (const PlannedGroup& group : plan.groups) {
        if (group.group == list.name) {
            return group.isLeftOut || (group.isList && group.fields.front().isLeftOut);
        }
    }
    return false;
}

ordered_json itemsJson(const ReportRun& report, const Field& list, const ExportPlan& plan) {
    ordered_json all = ordered_json::array();
    const auto items = report.items.find(list.name);
    if (items == report.items.end()) {
        return all;
    }
    for (const ReportItem& item : items->second) {
        if (list.kind == FieldKind::List) {
            all.push_back(valueJson(item.values, list.name));
            continue;
        }
        ordered_json object = ordered_json::object();
        for (const Field& field : list.fields) {
            if (!isLeftOut(plan, list.name, field.name)) {
                object[field.name] = valueJson(item.values, field.name);
            }
        }
        all.push_back(std::move(object));
    }
    return all;
}

ordered_json valuesJson(const ReportRun& report, const Template& asked, const ExportPlan& plan) {
    if (report.run.run.status == "nothing-to-read" && report.values.empty()) {
        return {};
    }
    ordered_json json = ordered_json::object();
    for (const Field& field : asked.fields()) {
        if (field.kind == FieldKind::Group || field.kind == FieldKind::List) {
            if (!isLeftOut(plan, field)) {
                json[field.name] = itemsJson(report, field, plan);
            }
        } else if (!isLeftOut(plan, "", field.name)) {
            json[field.name] = valueJson(report.single, field.name);
        }
    }
    return json;
}

std::string escaped(const std::string& name) { // RFC 6901
    std::string text;
    for (const char c : name) {
        text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return text;
}

ordered_json evidenceOf(const ReportValue& value, std::string path) {
    const storage::FinalValue& final = value.final;
    ordered_json json;
    json["path"] = std::move(path);
    json["text"] = value.snippet;
    if (final.span) {
        addPlace(json, *final.span, final.boxes);
    }
    if (final.normalised) {
        json["normalised"] = final.comparator + *final.normalised;
        json["unit"] = final.unit;
    }
    json["status"] = value.status;
    json["origin"] = value.origin;
    if (value.origin != "human") {
        if (final.machine->confidence) {
            json["confidence"] = *final.machine->confidence;
        }
        json["confidence_raw"] = storage::rawConfidence(*final.machine);
        if (final.machine->isNormAmbiguous) {
            json["ambiguous_value"] = true;
        }
        if (final.machine->isAmbiguousPlace) {
            json["ambiguous_place"] = true;
        }
    } else if (final.machine) {
        json["machine_value"] = orNull(final.machine->text);
    }
    if (final.review && final.review->verdict != storage::Verdict::None) {
        json["reviewed_by"] = final.review->reviewer;
        json["reviewed_at"] = isoTime(final.review->reviewedAt);
    }
    return json;
}

// Paths point into `values`, where deleted items are not.
ordered_json evidenceJson(const ReportRun& report, const Template& asked) {
    ordered_json all = ordered_json::array();
    const auto add = [&](const ValueOfField& values, const std::string& field, std::string path) {
        const ReportValue* value = valueIn(values, field);
        if (value != nullptr && (value->final.span || value->origin == "human")) {
            all.push_back(evidenceOf(*value, std::move(path)));
        }
    };
    for (const Field& field : asked.fields()) {
        const std::string path = "/" + escaped(field.name);
        const auto items = report.items.find(field.name);
        if (field.kind != FieldKind::Group && field.kind != FieldKind::List) {
            add(report.single, field.name, path);
        } else if (items != report.items.end()) {
            for (const ReportItem& item : items->second) {
                const std::string itemPath = path + "/" + std::to_string(item.number - 1);
                if (field.kind == FieldKind::List) {
                    add(item.values, field.name, itemPath);
                    continue;
                }
                for (const Field& part : field.fields) {
                    add(item.values, part.name, itemPath + "/" + escaped(part.name));
                }
            }
        }
    }
    return all;
}

Result<ordered_json> sentencesJson(storage::Database& db, const storage::StoredRun& run) {
    Places places(db, run.readingId);
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

} // namespace

Result<std::string> reportLine(storage::Database& db,
                               const ReportRun& report,
                               const Template& asked,
                               const ExportPlan& plan,
                               bool hasProvenance) {
    const storage::StoredRun& run = report.run;
    ordered_json line;
    line["file"] = run.run.path.empty() ? run.run.fileName : run.run.path;
    line["id"] = run.run.sourceId.empty() ? run.run.fileName : run.run.sourceId;
    line["sha256"] = run.documentSha256;
    line["status"] =
        run.run.status == "incomplete" ? std::string("incomplete") : run.documentStatus;
    line["template"] = run.templateId + "@" + std::to_string(run.templateVersion);
    line["model"] = run.modelName;
    line["pages"] = run.pageCount;
    line["reviewed"] = report.isReviewed;
    if (run.run.kind == storage::kRunSummary) {
        ATTEST_TRY_ASSIGN(line["sentences"], sentencesJson(db, run));
    } else {
        line["values"] = valuesJson(report, asked, plan);
        if (hasProvenance) {
            line["evidence"] = evidenceJson(report, asked);
        }
    }
    line["timing"] = parsed(run.run.timingJson);
    // File names may hold any bytes; "replace" writes U+FFFD instead of throwing.
    return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace attest::extract
