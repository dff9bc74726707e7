// A run as reports tell it: the values after review, each with its status and place, in records.
#pragma once

#include "base/result.h"
#include "extract/export/export_plan.h"
#include "storage/result_store.h"
#include "storage/review_store.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::extract {

struct ReportValue {
    storage::FinalValue final;
    std::string status; // one of kStatusMeanings; "REJ" for all of a deleted row
    std::string origin; // "read", "computed", "judged", "human"
    bool isLeftOut = false;
    bool needsLook = false; // nobody decided and its confidence is low
    // Of the place, in characters of the page's text. The snippet is empty where a left-out value
    // stands.
    std::size_t charBegin = 0;
    std::size_t charEnd = 0;
    std::string snippet;

    // What was not looked at yet is reported too.
    bool hasValue() const {
        return final.text.has_value() && !isLeftOut && (status == "ok" || status == "PEND");
    }
};

using ValueOfField = std::map<std::string, const ReportValue*>;

struct ReportItem {
    std::int64_t instance = 0; // from 1, as it was found; deleted ones leave gaps
    std::int64_t number = 0;   // from 1 without gaps
    ValueOfField values;
};

// Not copyable: the records point into `values`.
struct ReportRun {
    storage::StoredRun run;
    std::string recordId;
    bool isReviewed = false;
    std::string valuesSha256;        // valuesHash() of what storage gave
    std::string missingStatus;       // of a field that was asked and has no value record
    std::set<std::string> asked;     // paths of the fields of its own version of the template
    std::vector<ReportValue> values; // in the order of finalValues()
    ValueOfField single;
    std::map<std::string, std::vector<ReportItem>> items; // by group, without deleted ones

    ReportRun() = default;
    ReportRun(ReportRun&&) = default;
    ReportRun& operator=(ReportRun&&) = default;
    ReportRun(const ReportRun&) = delete;
    ReportRun& operator=(const ReportRun&) = delete;
    ~ReportRun() = default;

    // "ND", "PEND", … of a field without a value record.
    std::string statusOfMissing(const PlannedField& field) const;
};

// Values, statuses and places of one run. `asked` is the template version it came from.
// Errors: Storage.
Result<ReportRun> loadReportRun(storage::Database& db,
                                const storage::StoredRun& run,
                                const Template& asked,
                                const ExportPlan& plan,
                                double reviewThreshold);

// What a value is reported as. See kStatusMeanings.
std::string statusCode(const storage::FinalValue& value, bool isReviewed);

// The values of a run after review, hashed: changes when a machine value or a decision does.
std::string valuesHash(const std::vector<storage::FinalValue>& values);

// Gives each run its record id, unique among all: a note's own id, else the document's number.
class RecordIds {
public:
    std::string add(const storage::StoredRun& run);

private:
    std::set<std::string> taken_;
};

} // namespace attest::extract
