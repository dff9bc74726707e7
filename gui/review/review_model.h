// The values of a run as a reviewer sees them: machine values and decisions side by side, grouped
// into records. No widgets and no library: the session saves what changes here.
#pragma once

#include "extract/template.h"
#include "storage/document_store.h"
#include "storage/review_store.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::gui {

struct ReviewData;

// A field as the template asks for it.
struct AskedField {
    std::string group; // empty: a single field
    std::string name;
    std::string description;
    extract::FieldKind kind = extract::FieldKind::Verbatim;
    extract::Normalise normalise = extract::Normalise::None;
    std::vector<std::string> choices; // Judged
    bool isRequired = false;          // null is not allowed
    bool isAnchor = false;
};

// One row. Indices below are positions in ReviewModel::fields(), asked(), records().
struct ReviewField {
    std::string pointer;
    std::size_t asked = 0;
    std::size_t record = 0;
    std::int64_t instance = -1;
    std::optional<storage::ValueRecord> machine; // nullopt: a field of a row that a person added
    std::optional<storage::Review> review;       // nullopt: nothing decided
};

// The single fields, or one item of a group.
struct ReviewRecord {
    std::string pointer; // "/medications/0"; empty: the single fields
    std::string group;
    std::int64_t instance = -1;
    bool isAdded = false;
    bool isDeleted = false;
    std::vector<std::size_t> fields;
    std::size_t placeCount = 0; // where the anchor's text stands in the document; 0: no anchor
};

// Lives on one thread.
class ReviewModel {
public:
    // Needs `data.asked`. Takes the pages' texts, values and reviews of it.
    ReviewModel(const ReviewData& data, double threshold);

    const std::vector<AskedField>& asked() const { return asked_; }

    const std::vector<ReviewRecord>& records() const { return records_; }

    const std::vector<ReviewField>& fields() const { return fields_; }

    const std::vector<std::string>& groups() const { return groups_; } // in template order

    const AskedField& askedOf(const ReviewField& field) const { return asked_[field.asked]; }

    std::optional<std::size_t> fieldAt(std::string_view pointer) const;
    std::optional<std::size_t> recordAt(std::string_view pointer) const;

    // What is decided about a value or item; nullopt: nothing.
    std::optional<storage::Review> reviewAt(const std::string& pointer) const;

    const std::map<std::string, storage::Review>& reviews() const { return reviews_; }

    // As storage::finalValues() would say it.
    storage::FinalValue finalValue(std::size_t field) const;

    double threshold() const { return threshold_; }

    void setThreshold(double threshold) { threshold_ = threshold; }

    // A person has to look at it.
    bool needsReview(std::size_t field) const;
    int toReviewCount() const;
    int toReviewCount(const ReviewRecord& record) const;
    bool isDecided(std::size_t field) const;

    // Required fields without a sure or decided value, in order; a document with some is not
    // finished.
    std::vector<std::size_t> unresolvedRequired() const;

    // The text of the record's anchor, else of its first value; empty: nothing is stated.
    std::string titleOf(const ReviewRecord& record) const;

    // The item that an added row of `group` becomes: behind every one there is or was.
    std::int64_t nextInstance(const std::string& group) const;

    // Makes the changes; returns whether rows came or went (indices are new then).
    bool apply(const std::vector<storage::ReviewChange>& changes);
    void setReviews(const std::vector<storage::Review>& reviews);

private:
    void readTemplate(const extract::Template& asked);
    std::size_t askedIndex(const std::string& group, const std::string& name);
    void build();
    void countPlaces(const std::vector<storage::PageRecord>& pages);

    double threshold_;
    std::vector<AskedField> asked_;
    std::vector<std::string> groups_;
    std::vector<storage::ValueRecord> machine_;
    std::map<std::string, storage::Review> reviews_;
    std::map<std::string, std::size_t> placeCounts_; // by pointer of the record
    std::vector<ReviewField> fields_;
    std::vector<ReviewRecord> records_;
    std::map<std::string, std::size_t, std::less<>> fieldIndex_;
    std::map<std::string, std::size_t, std::less<>> recordIndex_;
};

} // namespace attest::gui
