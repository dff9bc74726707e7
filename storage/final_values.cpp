// How machine values and reviews make the values that reports use; the reading half of
// review_store.h.
#include "storage/database.h"
#include "storage/internal/box_codec.h"
#include "storage/internal/span_columns.h"
#include "storage/review_store.h"
#include "storage/statement.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace attest::storage {

namespace {

constexpr std::string_view kVerdictNames[] = {
    "none", "accepted", "corrected", "rejected", "not-stated", "row-added", "row-deleted"};

Verdict verdictNamed(std::string_view name) {
    const auto* found = std::find(std::begin(kVerdictNames), std::end(kVerdictNames), name);
    return found != std::end(kVerdictNames) ? Verdict(found - std::begin(kVerdictNames))
                                            : Verdict::None;
}

Review reviewAt(const Statement& query) {
    Review review;
    review.pointer = query.text(0);
    review.group = query.text(1);
    review.instance = query.int64(2);
    review.field = query.text(3);
    review.verdict = verdictNamed(query.text(4));
    review.text = query.optionalText(5);
    review.normalised = query.optionalText(6);
    review.unit = query.text(7);
    review.comparator = query.text(8);
    review.normRule = query.text(9);
    review.span = spanAt(query, 10);
    review.boxes = decodeBoxes(query.blobView(13));
    review.reason = query.text(14);
    review.note = query.text(15);
    review.isFlagged = query.int64(16) != 0;
    review.reviewer = query.text(17);
    review.reviewedAt = query.int64(18);
    return review;
}

using Row = std::pair<std::string, std::int64_t>; // group and instance

FinalValue machineValue(ValueRecord machine) {
    FinalValue value;
    value.pointer = machine.pointer;
    value.group = machine.group;
    value.instance = machine.instance;
    value.field = machine.field;
    value.text = machine.text;
    value.normalised = machine.normalised;
    value.unit = machine.unit;
    value.comparator = machine.comparator;
    value.span = machine.span;
    value.boxes = machine.boxes;
    value.machine = std::move(machine);
    return value;
}

void apply(const Review& review, FinalValue& value) {
    value.review = review;
    switch (review.verdict) {
    case Verdict::None:
    case Verdict::Accepted:
    case Verdict::RowAdded:
    case Verdict::RowDeleted:
        return;
    case Verdict::Corrected:
    case Verdict::Rejected:
    case Verdict::NotStated:
        // A correction that nobody pointed at stands nowhere: the machine's place is not its own.
        value.text = review.text;
        value.normalised = review.normalised;
        value.unit = review.unit;
        value.comparator = review.comparator;
        value.span = review.span;
        value.boxes = review.boxes;
        return;
    }
}

// Groups and fields in the order in which the machine values name them; others come after.
class TemplateOrder {
public:
    explicit TemplateOrder(const std::vector<FinalValue>& machineValues) {
        for (const FinalValue& value : machineValues) {
            groups_.emplace(value.group, groups_.size());
            fields_.emplace(std::pair(value.group, value.field), fields_.size());
        }
    }

    bool isBefore(const FinalValue& a, const FinalValue& b) const { return key(a) < key(b); }

private:
    using Key = std::tuple<size_t, std::string, std::int64_t, size_t, std::string>;

    Key key(const FinalValue& value) const {
        const auto group = groups_.find(value.group);
        const auto field = fields_.find(std::pair(value.group, value.field));
        return {group != groups_.end() ? group->second : groups_.size(),
                value.group,
                value.instance,
                field != fields_.end() ? field->second : fields_.size(),
                value.pointer};
    }

    std::map<std::string, size_t> groups_;
    std::map<std::pair<std::string, std::string>, size_t> fields_;
};

} // namespace

std::string_view toString(Verdict verdict) {
    return kVerdictNames[size_t(verdict)];
}

Result<std::vector<Review>> reviewsOf(Database& db, std::int64_t runId) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT pointer, group_name, instance, field, verdict,"
                                         " text, normalised, unit, comparator, norm_rule,"
                                         " page_index, span_begin, span_end, boxes, reason, note,"
                                         " is_flagged, reviewer, reviewed_at"
                                         " FROM review WHERE run_id = ? ORDER BY pointer"));
    query.bind(1, runId);
    std::vector<Review> reviews;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return reviews;
        }
        reviews.push_back(reviewAt(query));
    }
}

Result<std::vector<FinalValue>> finalValues(Database& db, std::int64_t runId) {
    ATTEST_TRY_ASSIGN(std::vector<ValueRecord> machineValues, valuesOf(db, runId));
    ATTEST_TRY_ASSIGN(const std::vector<Review> reviews, reviewsOf(db, runId));
    std::map<std::string_view, const Review*> byPointer;
    std::set<Row> deletedRows;
    for (const Review& review : reviews) {
        byPointer[review.pointer] = &review;
        if (review.verdict == Verdict::RowDeleted) {
            deletedRows.emplace(review.group, review.instance);
        }
    }

    std::vector<FinalValue> values;
    values.reserve(machineValues.size() + reviews.size());
    for (ValueRecord& machine : machineValues) {
        FinalValue value = machineValue(std::move(machine));
        if (const auto review = byPointer.find(value.pointer); review != byPointer.end()) {
            apply(*review->second, value);
            byPointer.erase(review);
        }
        values.push_back(std::move(value));
    }
    const TemplateOrder order(values);
    const auto machineCount = static_cast<std::ptrdiff_t>(values.size());
    for (const auto& [pointer, review] : byPointer) {
        if (review->verdict == Verdict::RowAdded || review->verdict == Verdict::RowDeleted) {
            continue;
        }
        FinalValue value;
        value.pointer = review->pointer;
        value.group = review->group;
        value.instance = review->instance;
        value.field = review->field;
        apply(*review, value);
        values.push_back(std::move(value));
    }
    std::sort(values.begin() + machineCount,
              values.end(),
              [&order](const FinalValue& a, const FinalValue& b) { return order.isBefore(a, b); });
    for (FinalValue& value : values) {
        value.isRowDeleted = deletedRows.count({value.group, value.instance}) > 0;
    }
    return values;
}

double rawConfidence(const ValueRecord& value) {
    const double confidence = std::exp(value.logProbability);
    return std::isnan(confidence) ? 0.0 : std::min(confidence, 1.0);
}

double confidenceOf(const ValueRecord& value) {
    return value.confidence ? *value.confidence : rawConfidence(value);
}

bool needsReview(const FinalValue& value, double threshold) {
    const bool isDecided = value.review && value.review->verdict != Verdict::None;
    return value.machine && !isDecided && !value.isRowDeleted &&
           confidenceOf(*value.machine) < threshold;
}

} // namespace attest::storage
