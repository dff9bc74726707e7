// The chosen column as a picture: how its values are spread, and how a number goes over time.
#pragma once

#include "gui/app/context.h"
#include "gui/results/results_model.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QStackedWidget;

QT_BEGIN_NAMESPACE
class QChart;
class QChartView;
QT_END_NAMESPACE

namespace attest::gui {

// A number at a time, of one person or document.
struct TimePoint {
    QString series;
    double day = 0; // days since 1970, or the place in the table where there is no date
    double number = 0;
};

// Points of `column` in the order of time. The time is the first date column of the same rows, else
// the order of the rows; the series is the first identifier column, else one for all.
std::vector<TimePoint>
timePoints(const ResultsModel& model, const std::vector<ResultsField>& fields, std::size_t column);

class ChartPanel final : public QWidget {
    Q_OBJECT

public:
    ChartPanel(AppContext& app, const ResultsModel& model, QWidget* parent);

    void setFields(std::vector<ResultsField> fields);
    void showColumn(std::size_t column);

private:
    void refresh();
    void drawDistribution();
    void drawTime();
    void showNothing(const QString& why);
    QChart* newChart();
    void replaceChart(QChart* chart);

    AppContext& app_;
    const ResultsModel& model_;
    std::vector<ResultsField> fields_;
    std::size_t column_ = 0;
    QLabel* title_;
    QLabel* summary_;
    QLabel* nothing_;
    QButtonGroup* kinds_;
    QStackedWidget* stack_;
    QChartView* view_;
};

} // namespace attest::gui
