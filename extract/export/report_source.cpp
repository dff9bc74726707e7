#include "extract/export/report_source.h"

#include <algorithm>
#include <utility>

namespace attest::extract {

namespace {

using storage::StoredRun;

Result<void> checkTemplates(const std::vector<StoredRun>& runs, const ExportRequest& request) {
    for (const StoredRun& run : runs) {
        if (run.run.kind == storage::kRunSummary && request.profile != ExportProfile::JsonLines) {
            return Error{ErrorCode::InvalidInput,
                         "run " + std::to_string(run.id) +
                             " is a summary and has no table; export it as JSON Lines"};
        }
        const std::string& expected =
            request.templateId.empty() ? runs.front().templateId : request.templateId;
        if (run.templateId != expected) {
            return Error{ErrorCode::InvalidInput,
                         "there are results of '" + expected + "' and '" + run.templateId +
                             "'; a report has the columns of one template"};
        }
    }
    return {};
}

Result<std::vector<StoredRun>> chosenRuns(storage::Database& db, const ExportRequest& request) {
    std::vector<StoredRun> runs;
    if (request.runIds.empty()) {
        const bool canBeSummaries = request.profile == ExportProfile::JsonLines;
        const std::string kind = canBeSummaries ? "" : std::string(storage::kRunExtraction);
        ATTEST_TRY_ASSIGN(runs, storage::latestRuns(db, {kind, request.templateId, 0}));
    } else {
        ATTEST_TRY_ASSIGN(runs, storage::runsById(db, request.runIds));
    }
    ATTEST_TRY(checkTemplates(runs, request));
    const bool hadRuns = !runs.empty();
    if (request.unreviewed == Unreviewed::LeaveOut) {
        std::erase_if(runs, [](const StoredRun& run) { return run.finishedReviewAt == 0; });
    }
    if (runs.empty()) {
        const std::string of =
            request.templateId.empty() ? "" : " of template '" + request.templateId + "'";
        return Error{ErrorCode::NotFound,
                     hadRuns ? "no result" + of + " is reviewed yet"
                             : "the library has no results" + of};
    }
    return runs;
}

} // namespace

Result<ReportSource> reportSource(storage::Database& db,
                                  std::vector<StoredRun> runs,
                                  const std::set<std::string>& leftOutFields) {
    // The newest version comes first: its order and kinds hold.
    std::vector<const StoredRun*> byVersion;
    for (const StoredRun& run : runs) {
        byVersion.push_back(&run);
    }
    std::sort(byVersion.begin(), byVersion.end(), [](const auto* a, const auto* b) {
        return std::pair(a->templateVersion, a->id) > std::pair(b->templateVersion, b->id);
    });
    ReportSource source;
    std::vector<Template> versions;
    for (const StoredRun* run : byVersion) {
        if (source.templates.count(run->templateSha256) > 0) {
            continue;
        }
        ATTEST_TRY_ASSIGN(const storage::TemplateRecord record,
                          storage::storedTemplate(db, run->templateSha256));
        ATTEST_TRY_ASSIGN(Template asked,
                          Template::parse(record.json, "template '" + record.id + "'"));
        versions.push_back(asked);
        source.templates.emplace(run->templateSha256, std::move(asked));
    }
    ATTEST_TRY_ASSIGN(source.plan, planExport(versions, leftOutFields));
    source.runs = std::move(runs);
    return source;
}

Result<ReportSource> reportSource(storage::Database& db, const ExportRequest& request) {
    ATTEST_TRY_ASSIGN(auto runs, chosenRuns(db, request));
    ATTEST_TRY_ASSIGN(ReportSource source,
                      reportSource(db, std::move(runs), request.leftOutFields));
    source.reviewThreshold = request.reviewThreshold;
    return source;
}

Result<ReportContents> forEachRun(storage::Database& db,
                                  const ReportSource& source,
                                  const RunFn& act,
                                  const ProgressFn& onProgress,
                                  std::stop_token stop) {
    ReportContents contents;
    contents.counts.identifierFields = source.plan.identifiers();
    RecordIds ids;
    const auto total = static_cast<std::int64_t>(source.runs.size());
    std::int64_t done = 0;
    for (const StoredRun& run : source.runs) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, "the export was cancelled"};
        }
        ATTEST_TRY_ASSIGN(ReportRun report,
                          loadReportRun(db,
                                        run,
                                        source.templates.at(run.templateSha256),
                                        source.plan,
                                        source.reviewThreshold));
        report.recordId = ids.add(run);
        ATTEST_TRY(act(report));

        ++contents.counts.documents;
        contents.counts.unreviewedDocuments += report.isReviewed ? 0U : 1U;
        for (const ReportValue& value : report.values) {
            contents.counts.values += value.hasValue() ? 1U : 0U;
            contents.counts.unreviewedValues += value.needsLook && !value.isLeftOut ? 1U : 0U;
        }
        contents.documents.push_back({run, report.recordId, report.valuesSha256});
        if (onProgress) {
            onProgress({++done, total});
        }
    }
    return contents;
}

Result<ReportContents> forEachRow(storage::Database& db,
                                  const ReportSource& source,
                                  const std::vector<ReportTable>& tables,
                                  const RowFn& act,
                                  const ProgressFn& onProgress,
                                  std::stop_token stop) {
    const RunFn writeRows = [&](const ReportRun& run) -> Result<void> {
        for (size_t i = 0; i < tables.size(); ++i) {
            for (const Row& row : rowsOf(tables[i], source.plan, run)) {
                ATTEST_TRY(act(i, row));
            }
        }
        return {};
    };
    return forEachRun(db, source, writeRows, onProgress, std::move(stop));
}

std::vector<ReportTable> tablesOf(const ExportPlan& plan, const ExportRequest& request) {
    TableOptions options;
    options.hasProvenance = request.hasProvenance;
    options.hasChoiceCodes = request.profile == ExportProfile::Redcap;
    std::vector<const PlannedGroup*> groups;
    for (const PlannedGroup& group : plan.groups) {
        if (!group.isLeftOut) {
            groups.push_back(&group);
        }
    }
    switch (request.profile) {
    case ExportProfile::JsonLines:
        return {};
    case ExportProfile::Redcap:
        return {redcapTable(plan, options)};
    case ExportProfile::ExcelCsv:
        // One table that loses nothing.
        if (groups.size() > 1) {
            return {stackedTable(plan, options)};
        }
        return {groups.empty() ? documentTable(plan, options)
                               : flatTable(plan, *groups.front(), options)};
    case ExportProfile::ExcelXlsx:
    case ExportProfile::Analysis:
        break;
    }
    std::vector<ReportTable> tables = {documentTable(plan, options)};
    for (const PlannedGroup* group : groups) {
        tables.push_back(groupTable(*group, options));
    }
    tables.push_back(longTable(plan, options));
    return tables;
}

} // namespace attest::extract
