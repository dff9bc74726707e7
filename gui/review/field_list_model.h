// The rows of the field list: a header per record, its fields, and what was computed from them.
#pragma once

#include "gui/review/review_model.h"
#include "gui/review/review_words.h"

#include <QAbstractListModel>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace attest::gui {

enum class FieldOrder { ToReviewFirst, Template, OnlyToReview };

enum class RowKind { Header, Value, Computed };

struct FieldRow {
    RowKind kind = RowKind::Value;
    std::size_t record = 0;
    std::size_t field = 0; // Value, Computed
};

// Lives on the GUI thread. What is first to review, and which rows the filter shows, is settled
// when the order is chosen: rows stay where they are while a person decides.
class FieldListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    // Both are borrowed until the next call; nullptr: empty.
    void setReview(const ReviewModel* review, const std::vector<storage::PageRecord>* pages);

    const ReviewModel* review() const { return review_; }

    void refresh(); // values changed, rows did not
    void rebuild(); // rows came or went

    FieldOrder order() const { return order_; }

    void setOrder(FieldOrder order);

    bool isExpanded(std::size_t record) const;
    void setExpanded(std::size_t record, bool isExpanded);

    const FieldRow* rowAt(const QModelIndex& index) const;
    QModelIndex indexOfField(const std::string& pointer) const; // invalid: not shown
    QModelIndex indexOfRecord(const std::string& pointer) const;

    // Opens the record of the field when it is closed, and takes it into the filter.
    QModelIndex reveal(const std::string& pointer);

    // As they follow one another, closed records too.
    std::vector<std::size_t> fieldsInOrder() const;
    std::vector<std::size_t> shownFields() const; // what a person can see

    // The next value to review behind `pointer`, from the start again at the end.
    std::optional<std::string> nextToReview(const std::string& pointer) const;

    const ValueWords& valueWordsAt(int row) const;
    RecordWords recordWordsAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void settle();
    void fillRows();
    bool isInFilter(std::size_t field) const;

    const ReviewModel* review_ = nullptr;
    const std::vector<storage::PageRecord>* pages_ = nullptr;
    FieldOrder order_ = FieldOrder::ToReviewFirst;
    std::vector<std::string> recordOrder_; // pointers
    std::set<std::string> closed_;         // records
    std::set<std::string> filtered_;       // fields that OnlyToReview shows
    std::vector<FieldRow> rows_;
    std::unordered_map<std::string, int> rowOfField_;
    mutable std::unordered_map<int, ValueWords> words_; // by row; what was painted
};

} // namespace attest::gui
