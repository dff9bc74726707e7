// The exports of `attest extract` and `attest export --csv`: any runs, to any sink. The same tables
// as the profiles', without a manifest.
#include "extract/export.h"
#include "extract/export/report_json.h"
#include "extract/export/report_source.h"

#include <algorithm>
#include <utility>

namespace attest::extract {

namespace {

using storage::StoredRun;

// Runs of several templates, in the order in which each first occurs.
std::vector<std::vector<StoredRun>> byTemplate(const std::vector<StoredRun>& runs) {
    std::vector<std::vector<StoredRun>> groups;
    for (const StoredRun& run : runs) {
        const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& known) {
            return known.front().templateId == run.templateId;
        });
        if (group == groups.end()) {
            groups.push_back({run});
        } else {
            group->push_back(run);
        }
    }
    return groups;
}

Result<void> writeRows(CsvWriter& csv,
                       storage::Database& db,
                       const ReportSource& source,
                       const ReportTable& table) {
    const RowFn write = [&csv](size_t, const Row& row) {
        return csv.row(row);
    };
    ATTEST_TRY(forEachRow(db, source, {table}, write, {}, {}));
    return {};
}

Result<void> writeLong(CsvWriter& csv, storage::Database& db, const std::vector<StoredRun>& runs) {
    ATTEST_TRY(csv.header(namesOf(longTable({}, {}))));
    for (auto& group : byTemplate(runs)) {
        ATTEST_TRY_ASSIGN(const ReportSource source, reportSource(db, std::move(group), {}));
        ATTEST_TRY(writeRows(csv, db, source, longTable(source.plan, {})));
    }
    return {};
}

// Null: the rows are documents.
Result<const PlannedGroup*>
rowsFor(const ReportSource& source, const std::string& name, const StoredRun& newest) {
    for (const PlannedGroup& group : source.plan.groups) {
        if (group.group == name) {
            return &group;
        }
    }
    if (!name.empty()) {
        return Error{ErrorCode::InvalidInput,
                     "template '" + newest.templateId + "' has no group '" + name + "'"};
    }
    const bool isRows = source.templates.at(newest.templateSha256).layout() == "rows" &&
                        source.plan.groups.size() == 1;
    return isRows ? &source.plan.groups.front() : static_cast<const PlannedGroup*>(nullptr);
}

Result<std::vector<std::string>> writeWide(CsvWriter& csv,
                                           storage::Database& db,
                                           const std::vector<StoredRun>& runs,
                                           const std::string& groupName) {
    std::vector<std::string> leftOut;
    if (runs.empty()) {
        return leftOut;
    }
    for (const StoredRun& run : runs) {
        if (run.templateId != runs.front().templateId) {
            return Error{
                ErrorCode::InvalidInput,
                "a wide table has the columns of one template, but there are results of '" +
                    runs.front().templateId + "' and '" + run.templateId +
                    "'; choose one with --template"};
        }
    }
    const StoredRun newest =
        *std::max_element(runs.begin(), runs.end(), [](const auto& a, const auto& b) {
            return std::pair(a.templateVersion, a.id) < std::pair(b.templateVersion, b.id);
        });
    ATTEST_TRY_ASSIGN(const ReportSource source, reportSource(db, runs, {}));
    ATTEST_TRY_ASSIGN(const PlannedGroup* const chosen, rowsFor(source, groupName, newest));
    for (const PlannedGroup& group : source.plan.groups) {
        if (&group != chosen) {
            leftOut.push_back(group.group);
        }
    }
    const ReportTable table =
        chosen != nullptr ? flatTable(source.plan, *chosen, {}) : documentTable(source.plan, {});
    ATTEST_TRY(csv.header(namesOf(table)));
    ATTEST_TRY(writeRows(csv, db, source, table));
    return leftOut;
}

} // namespace

Result<ExportReport> writeCsv(TextSink& sink,
                              storage::Database& db,
                              const std::vector<StoredRun>& runs,
                              const CsvOptions& options) {
    CsvWriter csv(sink, {});
    ExportReport report;
    if (options.layout == CsvLayout::Long) {
        ATTEST_TRY(writeLong(csv, db, runs));
    } else {
        ATTEST_TRY_ASSIGN(report.leftOutGroups, writeWide(csv, db, runs, options.group));
    }
    report.documents = runs.size();
    report.rows = csv.rowCount();
    report.guardedCells = csv.guarded().size();
    return report;
}

Result<ExportReport>
writeJsonLines(TextSink& sink, storage::Database& db, const std::vector<StoredRun>& runs) {
    ExportReport report;
    std::map<std::string, ReportSource> sources; // by template and version
    for (const StoredRun& run : runs) {
        auto source = sources.find(run.templateSha256);
        if (source == sources.end()) {
            ATTEST_TRY_ASSIGN(ReportSource made, reportSource(db, {run}, {}));
            source = sources.emplace(run.templateSha256, std::move(made)).first;
        }
        const ExportPlan& plan = source->second.plan;
        const Template& asked = source->second.templates.at(run.templateSha256);
        ATTEST_TRY_ASSIGN(const ReportRun loaded, loadReportRun(db, run, asked, plan, 0));
        ATTEST_TRY_ASSIGN(const std::string line, reportLine(db, loaded, asked, plan, true));
        ATTEST_TRY(sink.write(line));
        ++report.documents;
        ++report.rows;
    }
    return report;
}

} // namespace attest::extract
