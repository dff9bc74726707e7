#include "extract/export/report_run.h"

#include "extract/export/places.h"
#include "extract/normalise.h"

#include <algorithm>
#include <utility>

namespace attest::extract {

namespace {

using storage::FinalValue;
using storage::Verdict;

bool isOfPerson(const FinalValue& value) {
    return !value.machine || (value.review && value.review->verdict == Verdict::Corrected);
}

std::string originOf(const FinalValue& value) {
    if (isOfPerson(value)) {
        return "human";
    }
    if (value.machine->kind == storage::kKindVerbatim) {
        return "read";
    }
    return value.machine->kind == "judged" ? "judged" : "computed";
}

// A correction that was typed has no normal form yet when the screen gave none.
void completeNormalForm(FinalValue& value, const PlannedField* field) {
    if (field == nullptr || !value.text || value.normalised || !isOfPerson(value)) {
        return;
    }
    if (auto normal = normalise(field->field.normalise, *value.text)) {
        value.normalised = std::move(normal->text);
        value.unit = std::move(normal->unit);
        value.comparator = std::move(normal->comparator);
    }
}

bool overlap(const SourceSpan& a, const SourceSpan& b) {
    return a.pageIndex == b.pageIndex && a.begin < b.end && b.begin < a.end;
}

// A judged value's place is what names its record: where that is left out, its text is too.
bool isAtLeftOutPlace(const SourceSpan& span, const std::vector<ReportValue>& values) {
    return std::any_of(values.begin(), values.end(), [&](const ReportValue& other) {
        const auto& machine = other.final.machine;
        return other.isLeftOut && ((other.final.span && overlap(span, *other.final.span)) ||
                                   (machine && machine->span && overlap(span, *machine->span)));
    });
}

Result<void> addPlaces(std::vector<ReportValue>& values, Places& places) {
    for (ReportValue& value : values) {
        if (!value.final.span || value.isLeftOut) {
            continue;
        }
        ATTEST_TRY_ASSIGN(const CharRange range, places.charsOf(*value.final.span));
        value.charBegin = range.begin;
        value.charEnd = range.end;
        if (!isAtLeftOutPlace(*value.final.span, values)) {
            ATTEST_TRY_ASSIGN(value.snippet, places.textAt(*value.final.span));
        }
    }
    return {};
}

void addRecords(ReportRun& report) {
    std::map<std::string, std::map<std::int64_t, ReportItem>> items;
    std::set<std::pair<std::string, std::int64_t>> deleted;
    for (const ReportValue& value : report.values) {
        const FinalValue& final = value.final;
        if (final.instance < 0) {
            report.single[final.field] = &value;
            continue;
        }
        if (final.isRowDeleted) {
            deleted.emplace(final.group, final.instance);
        }
        ReportItem& item = items[final.group][final.instance];
        item.instance = final.instance + 1;
        if (!final.field.empty()) { // an added row's own record has no field
            item.values[final.field] = &value;
        }
    }
    for (auto& [group, byInstance] : items) {
        auto& kept = report.items[group];
        for (auto& [instance, item] : byInstance) {
            if (deleted.count({group, instance}) == 0) {
                item.number = static_cast<std::int64_t>(kept.size()) + 1;
                kept.push_back(std::move(item));
            }
        }
    }
}

std::set<std::string> pathsOf(const Template& asked) {
    std::set<std::string> paths;
    for (const Field& field : asked.fields()) {
        if (field.kind == FieldKind::Group) {
            for (const Field& part : field.fields) {
                paths.insert(field.name + "/" + part.name);
            }
        } else if (field.kind == FieldKind::List) {
            paths.insert(field.name + "/" + field.name);
        } else {
            paths.insert(field.name);
        }
    }
    return paths;
}

} // namespace

std::string statusCode(const FinalValue& value, bool isReviewed) {
    if (value.isRowDeleted) {
        return "REJ";
    }
    const std::string stated = value.text ? "ok" : "ND";
    switch (value.review ? value.review->verdict : Verdict::None) {
    case Verdict::Rejected:
    case Verdict::RowDeleted:
        return "REJ";
    case Verdict::NotStated:
        return value.review->reason.empty() ? "ND" : value.review->reason;
    case Verdict::Accepted:
    case Verdict::Corrected:
    case Verdict::RowAdded:
        return stated;
    case Verdict::None:
        break;
    }
    // Whoever finished a run agreed to what was left as it was.
    return isReviewed ? stated : "PEND";
}

std::string ReportRun::statusOfMissing(const PlannedField& field) const {
    return asked.count(field.path()) > 0 ? missingStatus : "NA";
}

Result<ReportRun> loadReportRun(storage::Database& db,
                                const storage::StoredRun& run,
                                const Template& asked,
                                const ExportPlan& plan,
                                double reviewThreshold) {
    ReportRun report;
    report.run = run;
    report.isReviewed = run.finishedReviewAt != 0;
    report.missingStatus = run.run.status == "nothing-to-read" ? "ILL"
                           : report.isReviewed                 ? "ND"
                                                               : "PEND";
    report.asked = pathsOf(asked);
    ATTEST_TRY_ASSIGN(auto finals, storage::finalValues(db, run.id));
    report.valuesSha256 = valuesHash(finals);
    report.values.reserve(finals.size());
    for (FinalValue& final : finals) {
        const PlannedField* field = plan.find(final.group, final.field);
        completeNormalForm(final, field);
        ReportValue value;
        value.status = statusCode(final, report.isReviewed);
        value.origin = originOf(final);
        value.isLeftOut = field != nullptr && field->isLeftOut;
        value.needsLook = !report.isReviewed && storage::needsReview(final, reviewThreshold);
        value.final = std::move(final);
        report.values.push_back(std::move(value));
    }
    Places places(db, run.readingId);
    ATTEST_TRY(addPlaces(report.values, places));
    addRecords(report);
    return report;
}

std::string RecordIds::add(const storage::StoredRun& run) {
    std::string id = run.run.sourceId.empty() ? std::to_string(run.documentId) : run.run.sourceId;
    // Two notes with one id, or a note called like another document.
    while (!taken_.insert(id).second) {
        id += "-run" + std::to_string(run.id);
    }
    return id;
}

} // namespace attest::extract
