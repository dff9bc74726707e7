#include "gui/review/decisions.h"

#include "extract/json_pointer.h"
#include "extract/normalise.h"
#include "extract/page_text.h"

#include <algorithm>
#include <utility>

namespace attest::gui {

using storage::Review;
using storage::Verdict;

namespace {

// Of the field, with the note and flag there are.
Review blankReview(const ReviewModel& model, std::size_t index) {
    const ReviewField& field = model.fields()[index];
    Review review;
    review.pointer = field.pointer;
    review.group = model.askedOf(field).group;
    review.instance = field.instance;
    review.field = model.askedOf(field).name;
    if (field.review) {
        review.note = field.review->note;
        review.isFlagged = field.review->isFlagged;
    }
    return review;
}

Review rowReview(const ReviewRecord& record, Verdict verdict) {
    Review review;
    review.pointer = record.pointer;
    review.group = record.group;
    review.instance = record.instance;
    review.verdict = verdict;
    return review;
}

Changes one(Review review) {
    Changes changes(1);
    changes.front().pointer = review.pointer;
    changes.front().after = std::move(review);
    return changes;
}

std::string trimmed(std::string text) {
    text = extract::spanValue(text);
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

bool hasVerdict(const ReviewModel& model, std::size_t field, Verdict verdict) {
    const std::optional<Review>& review = model.fields()[field].review;
    return review && review->verdict == verdict;
}

} // namespace

Changes acceptField(const ReviewModel& model, std::size_t field) {
    if (!model.fields()[field].machine || hasVerdict(model, field, Verdict::Accepted)) {
        return {};
    }
    Review review = blankReview(model, field);
    review.verdict = Verdict::Accepted;
    return one(std::move(review));
}

Changes rejectField(const ReviewModel& model, std::size_t field) {
    if (!model.fields()[field].machine || hasVerdict(model, field, Verdict::Rejected)) {
        return {};
    }
    Review review = blankReview(model, field);
    review.verdict = Verdict::Rejected;
    return one(std::move(review));
}

Changes markNotStated(const ReviewModel& model, std::size_t field, std::string_view reason) {
    Review review = blankReview(model, field);
    review.verdict = Verdict::NotStated;
    review.reason = reason;
    const std::optional<Review>& before = model.fields()[field].review;
    if (before && before->verdict == Verdict::NotStated && before->reason == reason) {
        return {};
    }
    return one(std::move(review));
}

Changes correctField(const ReviewModel& model, std::size_t field, NewValue value) {
    const AskedField& asked = model.askedOf(model.fields()[field]);
    value.text = trimmed(std::move(value.text));
    if (asked.kind == extract::FieldKind::Judged && value.span) {
        const bool isChoice = std::find(asked.choices.begin(), asked.choices.end(), value.text) !=
                              asked.choices.end();
        if (!isChoice) {
            value.text = model.finalValue(field).text.value_or("");
        }
    }
    if (value.text.empty()) {
        return {};
    }
    const storage::FinalValue now = model.finalValue(field);
    if (now.text == value.text && (!value.span || now.span == value.span)) {
        return {};
    }
    Review review = blankReview(model, field);
    review.verdict = Verdict::Corrected;
    if (const auto normal = extract::normalise(asked.normalise, value.text)) {
        review.normalised = normal->text;
        review.unit = normal->unit;
        review.comparator = normal->comparator;
        review.normRule = normal->rule;
    }
    review.text = std::move(value.text);
    review.span = value.span;
    review.boxes = std::move(value.boxes);
    return one(std::move(review));
}

Changes clearDecision(const ReviewModel& model, std::size_t field) {
    if (!model.isDecided(field)) {
        return {};
    }
    Review review = blankReview(model, field);
    if (review.isFlagged || !review.note.empty()) {
        return one(std::move(review));
    }
    return {{review.pointer, std::nullopt}};
}

Changes flagField(const ReviewModel& model, std::size_t field, bool isFlagged, std::string note) {
    const std::optional<Review>& before = model.fields()[field].review;
    Review review = before.value_or(blankReview(model, field));
    if (review.isFlagged == isFlagged && review.note == note) {
        return {};
    }
    review.isFlagged = isFlagged;
    review.note = std::move(note);
    if (review.verdict == Verdict::None && !review.isFlagged && review.note.empty()) {
        return {{review.pointer, std::nullopt}};
    }
    return one(std::move(review));
}

std::vector<std::size_t>
acceptable(const ReviewModel& model, const std::vector<std::size_t>& fields, double threshold) {
    std::vector<std::size_t> found;
    for (const std::size_t index : fields) {
        const ReviewField& field = model.fields()[index];
        if (field.machine && !model.isDecided(index) && !model.records()[field.record].isDeleted &&
            storage::confidenceOf(*field.machine) >= threshold) {
            found.push_back(index);
        }
    }
    return found;
}

Changes acceptFields(const ReviewModel& model, const std::vector<std::size_t>& fields) {
    Changes changes;
    for (const std::size_t field : fields) {
        for (storage::ReviewChange& change : acceptField(model, field)) {
            changes.push_back(std::move(change));
        }
    }
    return changes;
}

Changes addRow(const ReviewModel& model, const std::string& group) {
    ReviewRecord record;
    record.group = group;
    record.instance = model.nextInstance(group);
    record.pointer =
        extract::pointerTo(extract::pointerTo("", group), std::to_string(record.instance));
    return one(rowReview(record, Verdict::RowAdded));
}

Changes deleteRow(const ReviewModel& model, std::size_t index) {
    const ReviewRecord& record = model.records()[index];
    if (record.group.empty() || record.isDeleted) {
        return {};
    }
    if (!record.isAdded) {
        return one(rowReview(record, Verdict::RowDeleted));
    }
    Changes changes{{record.pointer, std::nullopt}};
    for (const std::size_t field : record.fields) {
        if (model.fields()[field].review) {
            changes.push_back({model.fields()[field].pointer, std::nullopt});
        }
    }
    return changes;
}

Changes restoreRow(const ReviewModel& model, std::size_t index) {
    const ReviewRecord& record = model.records()[index];
    if (!record.isDeleted) {
        return {};
    }
    return {{record.pointer, std::nullopt}};
}

} // namespace attest::gui
