#include "gui/review/field_list_model.h"

#include <algorithm>

namespace attest::gui {

void FieldListModel::setReview(const ReviewModel* review,
                               const std::vector<storage::PageRecord>* pages) {
    beginResetModel();
    review_ = review;
    pages_ = pages;
    settle();
    fillRows();
    endResetModel();
}

void FieldListModel::setOrder(FieldOrder order) {
    beginResetModel();
    order_ = order;
    settle();
    fillRows();
    endResetModel();
}

void FieldListModel::settle() {
    recordOrder_.clear();
    closed_.clear();
    filtered_.clear();
    if (review_ == nullptr) {
        return;
    }
    std::vector<std::size_t> records(review_->records().size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i] = i;
    }
    const auto hasWork = [this](std::size_t record) {
        return review_->toReviewCount(review_->records()[record]) > 0;
    };
    if (order_ == FieldOrder::ToReviewFirst) {
        std::stable_partition(records.begin(), records.end(), hasWork);
    }
    for (const std::size_t record : records) {
        const ReviewRecord& shown = review_->records()[record];
        recordOrder_.push_back(shown.pointer);
        // The first one is open even when there is nothing left to do: a closed list says little.
        if (order_ == FieldOrder::ToReviewFirst && !hasWork(record) && record != records.front()) {
            closed_.insert(shown.pointer);
        }
        for (const std::size_t field : shown.fields) {
            if (review_->needsReview(field)) {
                filtered_.insert(review_->fields()[field].pointer);
            }
        }
    }
}

void FieldListModel::fillRows() {
    rows_.clear();
    rowOfField_.clear();
    words_.clear();
    if (review_ == nullptr) {
        return;
    }
    std::vector<std::size_t> records;
    for (const std::string& pointer : recordOrder_) {
        if (const auto record = review_->recordAt(pointer)) {
            records.push_back(*record);
        }
    }
    // Rows that came since: behind everything.
    const std::set<std::string> known(recordOrder_.begin(), recordOrder_.end());
    for (std::size_t i = 0; i < review_->records().size(); ++i) {
        const std::string& pointer = review_->records()[i].pointer;
        if (known.count(pointer) == 0) {
            records.push_back(i);
            recordOrder_.push_back(pointer);
            for (const std::size_t field : review_->records()[i].fields) {
                filtered_.insert(review_->fields()[field].pointer);
            }
        }
    }
    for (const std::size_t record : records) {
        const ReviewRecord& shown = review_->records()[record];
        const bool isAnyShown =
            order_ != FieldOrder::OnlyToReview ||
            std::any_of(shown.fields.begin(), shown.fields.end(), [this](std::size_t field) {
                return isInFilter(field);
            });
        if (!isAnyShown) {
            continue;
        }
        rows_.push_back({RowKind::Header, record, 0});
        if (closed_.count(shown.pointer) > 0) {
            continue;
        }
        for (const std::size_t field : shown.fields) {
            if (!isInFilter(field)) {
                continue;
            }
            rowOfField_[review_->fields()[field].pointer] = static_cast<int>(rows_.size());
            rows_.push_back({RowKind::Value, record, field});
            const storage::FinalValue value = review_->finalValue(field);
            if (value.text && value.normalised) {
                rows_.push_back({RowKind::Computed, record, field});
            }
        }
    }
}

bool FieldListModel::isInFilter(std::size_t field) const {
    return order_ != FieldOrder::OnlyToReview ||
           filtered_.count(review_->fields()[field].pointer) > 0;
}

void FieldListModel::refresh() {
    // A correction can bring or take a computed row.
    const std::vector<FieldRow> before = rows_;
    fillRows();
    const bool isSame =
        before.size() == rows_.size() &&
        std::equal(
            before.begin(), before.end(), rows_.begin(), [](const FieldRow& a, const FieldRow& b) {
                return a.kind == b.kind && a.record == b.record && a.field == b.field;
            });
    if (isSame) {
        if (!rows_.empty()) {
            emit dataChanged(index(0), index(static_cast<int>(rows_.size()) - 1));
        }
        return;
    }
    beginResetModel();
    endResetModel();
}

void FieldListModel::rebuild() {
    beginResetModel();
    fillRows();
    endResetModel();
}

bool FieldListModel::isExpanded(std::size_t record) const {
    return closed_.count(review_->records()[record].pointer) == 0;
}

void FieldListModel::setExpanded(std::size_t record, bool isNowExpanded) {
    if (isExpanded(record) == isNowExpanded) {
        return;
    }
    const std::string& pointer = review_->records()[record].pointer;
    beginResetModel();
    if (isNowExpanded) {
        closed_.erase(pointer);
    } else {
        closed_.insert(pointer);
    }
    fillRows();
    endResetModel();
}

const FieldRow* FieldListModel::rowAt(const QModelIndex& index) const {
    return index.isValid() && index.row() < static_cast<int>(rows_.size())
               ? &rows_[static_cast<std::size_t>(index.row())]
               : nullptr;
}

QModelIndex FieldListModel::indexOfField(const std::string& pointer) const {
    const auto found = rowOfField_.find(pointer);
    return found != rowOfField_.end() ? index(found->second) : QModelIndex();
}

QModelIndex FieldListModel::indexOfRecord(const std::string& pointer) const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].kind == RowKind::Header &&
            review_->records()[rows_[i].record].pointer == pointer) {
            return index(static_cast<int>(i));
        }
    }
    return {};
}

QModelIndex FieldListModel::reveal(const std::string& pointer) {
    const auto field = review_ != nullptr ? review_->fieldAt(pointer) : std::nullopt;
    if (!field) {
        return {};
    }
    const QModelIndex shown = indexOfField(pointer);
    if (shown.isValid()) {
        return shown;
    }
    filtered_.insert(pointer);
    closed_.erase(review_->records()[review_->fields()[*field].record].pointer);
    rebuild();
    return indexOfField(pointer);
}

std::vector<std::size_t> FieldListModel::fieldsInOrder() const {
    std::vector<std::size_t> fields;
    if (review_ == nullptr) {
        return fields;
    }
    for (const std::string& pointer : recordOrder_) {
        if (const auto record = review_->recordAt(pointer)) {
            const auto& own = review_->records()[*record].fields;
            fields.insert(fields.end(), own.begin(), own.end());
        }
    }
    return fields;
}

std::vector<std::size_t> FieldListModel::shownFields() const {
    std::vector<std::size_t> fields;
    for (const FieldRow& row : rows_) {
        if (row.kind == RowKind::Value) {
            fields.push_back(row.field);
        }
    }
    return fields;
}

std::optional<std::string> FieldListModel::nextToReview(const std::string& pointer) const {
    const std::vector<std::size_t> fields = fieldsInOrder();
    std::size_t start = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (review_->fields()[fields[i]].pointer == pointer) {
            start = i + 1;
        }
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::size_t field = fields[(start + i) % fields.size()];
        if (review_->needsReview(field)) {
            return review_->fields()[field].pointer;
        }
    }
    return std::nullopt;
}

const ValueWords& FieldListModel::valueWordsAt(int row) const {
    const auto known = words_.find(row);
    if (known != words_.end()) {
        return known->second;
    }
    const FieldRow& shown = rows_[static_cast<std::size_t>(row)];
    return words_[row] = shown.kind == RowKind::Computed
                             ? computedWords(*review_, shown.field)
                             : valueWords(*review_, shown.field, *pages_);
}

RecordWords FieldListModel::recordWordsAt(int row) const {
    return recordWords(*review_, rows_[static_cast<std::size_t>(row)].record);
}

int FieldListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant FieldListModel::data(const QModelIndex& index, int role) const {
    const FieldRow* row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return row->kind == RowKind::Header ? recordWords(*review_, row->record).title
                                            : valueWordsAt(index.row()).value;
    case Qt::AccessibleTextRole:
        if (row->kind == RowKind::Header) {
            return spokenRecord(*review_, row->record) +
                   (isExpanded(row->record) ? tr(", open") : tr(", closed"));
        }
        if (row->kind == RowKind::Computed) {
            const ValueWords& words = valueWordsAt(index.row());
            return tr("%1, computed: %2").arg(words.title, words.value);
        }
        return spokenValue(*review_, row->field);
    case Qt::ToolTipRole:
        if (row->kind == RowKind::Header) {
            return tr("%1. Left and right arrow close and open it")
                .arg(spokenRecord(*review_, row->record));
        }
        return row->kind == RowKind::Value
                   ? valueHistory(*review_, row->field)
                   : tr("Computed by a fixed rule from the text as it was read");
    default:
        return {};
    }
}

Qt::ItemFlags FieldListModel::flags(const QModelIndex& index) const {
    const FieldRow* row = rowAt(index);
    if (row == nullptr || row->kind == RowKind::Computed) {
        return Qt::ItemIsEnabled;
    }
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace attest::gui
