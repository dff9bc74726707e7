// What the chosen column holds, to narrow the table by: values with counts, or a range of numbers.
#pragma once

#include "gui/app/context.h"
#include "gui/results/results_model.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace attest::gui {

class FacetPanel final : public QWidget {
    Q_OBJECT

public:
    FacetPanel(AppContext& app, ResultsModel& model, QWidget* parent);

    // Shows the column's values; what is chosen there already is ticked.
    void showColumn(std::size_t column);

private:
    void refresh();
    void applyTexts();
    void applyRange();
    void setFilter(const ResultsFilter& filter);
    ResultsFilter current() const;

    AppContext& app_;
    ResultsModel& model_;
    std::size_t column_ = 0;
    bool isRefreshing_ = false;
    QLabel* title_;
    QListWidget* texts_;
    QWidget* range_;
    QDoubleSpinBox* from_;
    QDoubleSpinBox* to_;
    QPushButton* clear_;
};

} // namespace attest::gui
