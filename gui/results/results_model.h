// A results table for views: sorted, narrowed by filters, editable where a cell is a value.
#pragma once

#include "gui/results/results_table.h"

#include <QAbstractTableModel>
#include <QSet>

#include <optional>
#include <vector>

namespace attest::gui {

// A condition on one column; a row has to meet all conditions.
struct ResultsFilter {
    std::size_t column = 0;
    QSet<QString> texts;        // any of these; empty: not asked
    std::optional<double> from; // numbers; rows without a number do not meet it
    std::optional<double> to;

    bool isMetBy(const ResultsRow& row) const;
};

struct FacetEntry {
    QString text; // empty: no value
    int count = 0;
};

// Lives on the GUI thread.
class ResultsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { CellRole = Qt::UserRole, ToneRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setTable(ResultsTable table);
    void setFilters(std::vector<ResultsFilter> filters);

    const std::vector<ResultsFilter>& filters() const { return filters_; }

    const ResultsTable& table() const { return table_; }

    const ResultsRow& row(int shown) const { return *shown_[static_cast<std::size_t>(shown)]; }

    const std::vector<const ResultsRow*>& shownRows() const { return shown_; }

    // Of the rows that meet all other filters, the most frequent first, at most `most`.
    std::vector<FacetEntry> facet(std::size_t column, std::size_t most) const;

    // The given cells with the titles of their columns: tabs and line ends within a value are
    // spaces.
    QString asTsv(const QModelIndexList& cells) const;
    QString asTsv() const; // all that is shown

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    // The user typed another value; the page stores it and loads the table again.
    void edited(const attest::gui::ResultsRow& row, std::size_t column, const QString& text);

private:
    void arrange();

    ResultsTable table_;
    std::vector<ResultsFilter> filters_;
    std::vector<const ResultsRow*> shown_;
    int sortColumn_ = -1;
    Qt::SortOrder sortOrder_ = Qt::AscendingOrder;
};

} // namespace attest::gui
