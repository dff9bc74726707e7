#include "gui/review/review_model.h"

#include "extract/json_pointer.h"
#include "gui/review/places.h"
#include "gui/review/review_data.h"

#include <algorithm>
#include <utility>

namespace attest::gui {

using storage::Review;
using storage::ReviewChange;
using storage::ValueRecord;
using storage::Verdict;

namespace {

std::string itemPointer(const std::string& group, std::int64_t instance) {
    return extract::pointerTo(extract::pointerTo("", group), std::to_string(instance));
}

bool changesRows(const std::optional<Review>& review) {
    return review &&
           (review->verdict == Verdict::RowAdded || review->verdict == Verdict::RowDeleted);
}

AskedField askedField(const std::string& group, const extract::Field& field) {
    AskedField asked;
    asked.group = group;
    asked.name = field.name;
    asked.description = field.description;
    asked.kind = field.kind;
    asked.normalise = field.normalise;
    asked.choices = field.choices;
    asked.isRequired = !field.isNullable;
    asked.isAnchor = field.isAnchor;
    return asked;
}

} // namespace

ReviewModel::ReviewModel(const ReviewData& data, double threshold)
    : threshold_(threshold), machine_(data.values) {
    if (data.asked) {
        readTemplate(*data.asked);
    }
    // Whatever the template does not know still has a row.
    for (const ValueRecord& value : machine_) {
        askedIndex(value.group, value.field);
    }
    for (const Review& review : data.reviews) {
        reviews_[review.pointer] = review;
        if (!review.field.empty()) {
            askedIndex(review.group, review.field);
        }
    }
    build();
    countPlaces(data.pages);
}

void ReviewModel::readTemplate(const extract::Template& asked) {
    for (const extract::Field& field : asked.fields()) {
        if (field.kind == extract::FieldKind::Group) {
            groups_.push_back(field.name);
            for (const extract::Field& item : field.fields) {
                asked_.push_back(askedField(field.name, item));
            }
        } else if (field.kind == extract::FieldKind::List && !field.fields.empty()) {
            groups_.push_back(field.name);
            asked_.push_back(askedField(field.name, field.fields.front()));
            asked_.back().name = field.name;
        } else {
            asked_.push_back(askedField({}, field));
        }
    }
}

std::size_t ReviewModel::askedIndex(const std::string& group, const std::string& name) {
    const auto found = std::find_if(asked_.begin(), asked_.end(), [&](const AskedField& field) {
        return field.group == group && field.name == name;
    });
    if (found != asked_.end()) {
        return static_cast<std::size_t>(found - asked_.begin());
    }
    if (!group.empty() && std::find(groups_.begin(), groups_.end(), group) == groups_.end()) {
        groups_.push_back(group);
    }
    AskedField field;
    field.group = group;
    field.name = name;
    asked_.push_back(std::move(field));
    return asked_.size() - 1;
}

void ReviewModel::build() {
    fields_.clear();
    records_.clear();
    fieldIndex_.clear();
    recordIndex_.clear();

    using Key = std::pair<std::size_t, std::int64_t>; // group's position (0: single), instance
    const auto groupRank = [this](const std::string& group) {
        const auto found = std::find(groups_.begin(), groups_.end(), group);
        return group.empty() ? 0 : static_cast<std::size_t>(found - groups_.begin()) + 1;
    };
    std::map<Key, ReviewRecord> byKey;
    const auto recordFor = [&](const std::string& group, std::int64_t instance) -> ReviewRecord& {
        const std::int64_t item = group.empty() ? -1 : instance;
        ReviewRecord& record = byKey[{groupRank(group), item}];
        record.group = group;
        record.instance = item;
        record.pointer = group.empty() ? std::string() : itemPointer(group, item);
        return record;
    };

    std::map<std::pair<std::string, std::string>, std::size_t> rankOf;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
        rankOf.emplace(std::pair(asked_[i].group, asked_[i].name), i);
    }
    std::map<std::string, const ValueRecord*> machineAt;
    std::map<Key, std::vector<std::pair<std::size_t, std::string>>> cells; // rank, pointer
    for (const ValueRecord& value : machine_) {
        const ReviewRecord& record = recordFor(value.group, value.instance);
        machineAt[value.pointer] = &value;
        cells[{groupRank(value.group), record.instance}].emplace_back(
            rankOf[{value.group, value.field}], value.pointer);
    }
    for (const auto& [pointer, review] : reviews_) {
        if (review.verdict == Verdict::RowAdded) {
            ReviewRecord& record = recordFor(review.group, review.instance);
            record.isAdded = true;
            auto& row = cells[{groupRank(review.group), record.instance}];
            for (std::size_t i = 0; i < asked_.size(); ++i) {
                if (asked_[i].group == review.group) {
                    const std::string at = asked_[i].name == review.group
                                               ? record.pointer
                                               : extract::pointerTo(record.pointer, asked_[i].name);
                    row.emplace_back(i, at);
                }
            }
        } else if (review.verdict == Verdict::RowDeleted) {
            recordFor(review.group, review.instance).isDeleted = true;
        }
    }
    // Values that a person wrote where the machine has none, as in the items of a plain list.
    for (const auto& [pointer, review] : reviews_) {
        if (review.field.empty() || machineAt.count(pointer) > 0) {
            continue;
        }
        ReviewRecord& record = recordFor(review.group, review.instance);
        auto& row = cells[{groupRank(review.group), record.instance}];
        const std::string& at = pointer;
        const bool isThere = std::any_of(
            row.begin(), row.end(), [&at](const auto& cell) { return cell.second == at; });
        if (!isThere) {
            record.isAdded = record.isAdded || !review.group.empty();
            row.emplace_back(rankOf[{review.group, review.field}], pointer);
        }
    }

    for (auto& [key, record] : byKey) {
        auto& row = cells[key];
        std::stable_sort(
            row.begin(), row.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (auto& [rank, pointer] : row) {
            ReviewField field;
            field.pointer = pointer;
            field.asked = rank;
            field.record = records_.size();
            field.instance = record.instance;
            if (const auto machine = machineAt.find(pointer); machine != machineAt.end()) {
                field.machine = *machine->second;
            }
            field.review = reviewAt(pointer);
            if (changesRows(field.review)) {
                field.review.reset(); // of the item, which for lists has the same pointer
            }
            fieldIndex_[pointer] = fields_.size();
            record.fields.push_back(fields_.size());
            fields_.push_back(std::move(field));
        }
        if (const auto count = placeCounts_.find(record.pointer); count != placeCounts_.end()) {
            record.placeCount = count->second;
        }
        recordIndex_[record.pointer] = records_.size();
        records_.push_back(std::move(record));
    }
}

void ReviewModel::countPlaces(const std::vector<storage::PageRecord>& pages) {
    std::map<std::string, std::size_t> countOf; // one text often names several records
    for (ReviewRecord& record : records_) {
        for (const std::size_t index : record.fields) {
            const ReviewField& field = fields_[index];
            if (askedOf(field).isAnchor && field.machine && field.machine->text) {
                const std::string& text = *field.machine->text;
                const auto known = countOf.find(text);
                record.placeCount = known != countOf.end()
                                        ? known->second
                                        : (countOf[text] = placesOf(pages, text).size());
                placeCounts_[record.pointer] = record.placeCount;
            }
        }
    }
}

std::optional<std::size_t> ReviewModel::fieldAt(std::string_view pointer) const {
    const auto found = fieldIndex_.find(pointer);
    return found != fieldIndex_.end() ? std::optional(found->second) : std::nullopt;
}

std::optional<std::size_t> ReviewModel::recordAt(std::string_view pointer) const {
    const auto found = recordIndex_.find(pointer);
    return found != recordIndex_.end() ? std::optional(found->second) : std::nullopt;
}

std::optional<Review> ReviewModel::reviewAt(const std::string& pointer) const {
    const auto found = reviews_.find(pointer);
    return found != reviews_.end() ? std::optional(found->second) : std::nullopt;
}

storage::FinalValue ReviewModel::finalValue(std::size_t index) const {
    const ReviewField& field = fields_[index];
    storage::FinalValue value;
    value.machine = field.machine;
    value.review = field.review;
    value.isRowDeleted = records_[field.record].isDeleted;
    value.pointer = field.pointer;
    value.group = askedOf(field).group;
    value.instance = field.instance;
    value.field = askedOf(field).name;
    const bool isPersons = field.review && (field.review->verdict == Verdict::Corrected ||
                                            field.review->verdict == Verdict::Rejected ||
                                            field.review->verdict == Verdict::NotStated);
    const auto take = [&value](const auto& source) {
        value.text = source.text;
        value.normalised = source.normalised;
        value.unit = source.unit;
        value.comparator = source.comparator;
        value.span = source.span;
        value.boxes = source.boxes;
    };
    if (isPersons) {
        take(*field.review);
    } else if (field.machine) {
        take(*field.machine);
    }
    return value;
}

bool ReviewModel::isDecided(std::size_t index) const {
    const std::optional<Review>& review = fields_[index].review;
    return review && review->verdict != Verdict::None;
}

bool ReviewModel::needsReview(std::size_t index) const {
    const ReviewField& field = fields_[index];
    if (isDecided(index) || records_[field.record].isDeleted) {
        return false;
    }
    // A row that a person added waits for what it cannot be without.
    return field.machine ? storage::confidenceOf(*field.machine) < threshold_
                         : askedOf(field).isRequired;
}

int ReviewModel::toReviewCount() const {
    int count = 0;
    for (const ReviewRecord& record : records_) {
        count += toReviewCount(record);
    }
    return count;
}

int ReviewModel::toReviewCount(const ReviewRecord& record) const {
    return static_cast<int>(std::count_if(record.fields.begin(),
                                          record.fields.end(),
                                          [this](std::size_t i) { return needsReview(i); }));
}

std::vector<std::size_t> ReviewModel::unresolvedRequired() const {
    std::vector<std::size_t> unresolved;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const ReviewField& field = fields_[i];
        if (!askedOf(field).isRequired || records_[field.record].isDeleted) {
            continue;
        }
        const bool hasReason = field.review && field.review->verdict == Verdict::NotStated;
        if (needsReview(i) || (!hasReason && !finalValue(i).text)) {
            unresolved.push_back(i);
        }
    }
    return unresolved;
}

std::string ReviewModel::titleOf(const ReviewRecord& record) const {
    std::string first;
    for (const std::size_t index : record.fields) {
        const std::optional<std::string> text = finalValue(index).text;
        if (text && askedOf(fields_[index]).isAnchor) {
            return *text;
        }
        if (text && first.empty()) {
            first = *text;
        }
    }
    return first;
}

std::int64_t ReviewModel::nextInstance(const std::string& group) const {
    std::int64_t next = 0;
    for (const ReviewRecord& record : records_) {
        if (record.group == group) {
            next = std::max(next, record.instance + 1);
        }
    }
    return next;
}

bool ReviewModel::apply(const std::vector<ReviewChange>& changes) {
    bool isNewShape = false;
    for (const ReviewChange& change : changes) {
        isNewShape =
            isNewShape || changesRows(reviewAt(change.pointer)) || changesRows(change.after);
        if (change.after) {
            reviews_[change.pointer] = *change.after;
        } else {
            reviews_.erase(change.pointer);
        }
        if (const auto field = fieldAt(change.pointer)) {
            fields_[*field].review = change.after;
        } else if (change.after && !changesRows(change.after)) {
            isNewShape = true;
        }
    }
    if (isNewShape) {
        build();
    }
    return isNewShape;
}

void ReviewModel::setReviews(const std::vector<Review>& reviews) {
    reviews_.clear();
    for (const Review& review : reviews) {
        reviews_[review.pointer] = review;
        if (!review.field.empty()) {
            askedIndex(review.group, review.field);
        }
    }
    build();
}

} // namespace attest::gui
