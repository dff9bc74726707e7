#include "gui/results/chart_panel.h"

#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QButtonGroup>
#include <QChart>
#include <QChartView>
#include <QDate>
#include <QDateTime>
#include <QDateTimeAxis>
#include <QHBoxLayout>
#include <QLabel>
#include <QLegendMarker>
#include <QLineSeries>
#include <QLocale>
#include <QPushButton>
#include <QScatterSeries>
#include <QStackedWidget>
#include <QValueAxis>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace attest::gui {

namespace {

constexpr int kMostBars = 12;
constexpr std::size_t kMostSeries = 8; // more lines cannot be told apart
constexpr double kMsPerDay = 86'400'000;

enum Kind { Distribution, OverTime };

QString shortNumber(double number) {
    return QLocale().toString(number, 'g', 4);
}

bool isDateColumn(const ResultsModel& model,
                  const std::vector<ResultsField>& fields,
                  std::size_t column) {
    const ResultsColumn& shown = model.table().columns[column];
    return !shown.field.isEmpty() &&
           std::any_of(fields.begin(), fields.end(), [&](const ResultsField& field) {
               return field.group == shown.group && field.name == shown.field && field.isDate;
           });
}

std::size_t firstColumn(const ResultsModel& model,
                        const std::vector<ResultsField>& fields,
                        bool ResultsField::*property) {
    for (std::size_t i = 1; i < model.table().columns.size(); ++i) {
        const ResultsColumn& column = model.table().columns[i];
        for (const ResultsField& field : fields) {
            if (!column.field.isEmpty() && field.*property && field.group == column.group &&
                field.name == column.field) {
                return i;
            }
        }
    }
    return 0;
}

} // namespace

std::vector<TimePoint>
timePoints(const ResultsModel& model, const std::vector<ResultsField>& fields, std::size_t column) {
    const std::size_t dates = firstColumn(model, fields, &ResultsField::isDate);
    const std::size_t people = firstColumn(model, fields, &ResultsField::isIdentifier);
    std::vector<TimePoint> points;
    double place = 0;
    for (const ResultsRow* row : model.shownRows()) {
        ++place;
        const auto& number = row->cells[column].number;
        const auto& day = row->cells[dates].number;
        if (!number || (dates > 0 && !day)) {
            continue;
        }
        points.push_back(
            {people > 0 ? row->cells[people].text : QString(), dates > 0 ? *day : place, *number});
    }
    std::stable_sort(points.begin(), points.end(), [](const TimePoint& a, const TimePoint& b) {
        return a.day < b.day;
    });
    return points;
}

ChartPanel::ChartPanel(AppContext& app, const ResultsModel& model, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , model_(model)
    , title_(new QLabel)
    , summary_(new QLabel)
    , nothing_(new QLabel)
    , kinds_(new QButtonGroup(this))
    , stack_(new QStackedWidget)
    , view_(new QChartView) {
    setRole(this, "surface");
    setRole(title_, "heading");
    setRole(summary_, "secondary");
    setRole(nothing_, "muted");
    summary_->setWordWrap(true);
    nothing_->setWordWrap(true);
    nothing_->setAlignment(Qt::AlignCenter);
    view_->setRenderHint(QPainter::Antialiasing);
    view_->setAccessibleName(tr("Chart"));
    view_->setFrameShape(QFrame::NoFrame);
    auto* head = new QHBoxLayout;
    head->setSpacing(measure::kUnit);
    head->addWidget(title_, 1);
    const QString names[] = {tr("Distribution"), tr("Over time")};
    for (int kind = Distribution; kind <= OverTime; ++kind) {
        auto* button = new QPushButton(names[kind]);
        button->setCheckable(true);
        setRole(button, "quiet");
        kinds_->addButton(button, kind);
        head->addWidget(button);
    }
    kinds_->button(Distribution)->setChecked(true);
    stack_->addWidget(view_);
    stack_->addWidget(nothing_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    layout->setSpacing(measure::kUnit);
    layout->addLayout(head);
    layout->addWidget(stack_, 1);
    layout->addWidget(summary_);
    connect(kinds_, &QButtonGroup::idClicked, this, &ChartPanel::refresh);
    connect(&model, &QAbstractItemModel::modelReset, this, &ChartPanel::refresh);
    connect(&app.theme, &Theme::changed, this, &ChartPanel::refresh);
    refresh();
}

void ChartPanel::setFields(std::vector<ResultsField> fields) {
    fields_ = std::move(fields);
    refresh();
}

void ChartPanel::showColumn(std::size_t column) {
    column_ = column;
    refresh();
}

void ChartPanel::refresh() {
    const auto& columns = model_.table().columns;
    if (column_ >= columns.size() || model_.shownRows().empty()) {
        title_->setText(tr("Chart"));
        showNothing(tr("Choose a column to see how its values are spread."));
        return;
    }
    title_->setText(columns[column_].title);
    if (kinds_->checkedId() == OverTime) {
        drawTime();
    } else {
        drawDistribution();
    }
}

void ChartPanel::replaceChart(QChart* chart) {
    QChart* const old = view_->chart();
    view_->setChart(chart); // takes the old one out of the scene; it is ours then
    delete old;
}

QChart* ChartPanel::newChart() {
    auto* chart = new QChart;
    chart->setBackgroundVisible(false);
    chart->setMargins(QMargins(0, 0, 0, 0));
    chart->legend()->setLabelColor(app_.theme.color(Token::Text));
    chart->legend()->setAlignment(Qt::AlignBottom);
    chart->legend()->hide();
    return chart;
}

namespace {

void styleAxis(QAbstractAxis* axis, const Theme& theme) {
    axis->setLabelsColor(theme.color(Token::Muted));
    axis->setGridLineColor(theme.color(Token::Line));
    axis->setLinePenColor(theme.color(Token::Line));
    axis->setLabelsFont(theme.font(TextStyle::Secondary));
}

} // namespace

void ChartPanel::drawDistribution() {
    QStringList labels;
    std::vector<int> counts;
    if (model_.table().columns[column_].isNumeric) {
        std::vector<double> numbers;
        for (const ResultsRow* row : model_.shownRows()) {
            if (row->cells[column_].number) {
                numbers.push_back(*row->cells[column_].number);
            }
        }
        const bool isDate = isDateColumn(model_, fields_, column_);
        const auto label = [&](double number) {
            return isDate ? QDate(1970, 1, 1).addDays(qint64(number)).toString(Qt::ISODate)
                          : shortNumber(number);
        };
        for (const HistogramBin& bin : histogramOf(numbers, kMostBars)) {
            labels.append(label(bin.from));
            counts.push_back(bin.count);
        }
    } else {
        std::map<QString, int> texts;
        for (const ResultsRow* row : model_.shownRows()) {
            if (!row->cells[column_].text.isEmpty()) {
                ++texts[row->cells[column_].text];
            }
        }
        std::vector<std::pair<QString, int>> order(texts.begin(), texts.end());
        std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
            return a.second > b.second;
        });
        order.resize(std::min<std::size_t>(order.size(), kMostBars));
        for (const auto& [text, count] : order) {
            labels.append(text);
            counts.push_back(count);
        }
    }
    if (counts.empty()) {
        showNothing(tr("This column has no values in the rows shown."));
        return;
    }
    auto* set = new QBarSet(model_.table().columns[column_].title);
    set->setColor(app_.theme.color(Token::Accent));
    set->setBorderColor(app_.theme.color(Token::Accent));
    QStringList spoken;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        set->append(counts[i]);
        spoken.append(tr("%1: %2").arg(labels[static_cast<qsizetype>(i)]).arg(counts[i]));
    }
    auto* series = new QBarSeries;
    series->append(set);
    series->setBarWidth(0.9);
    auto* chart = newChart();
    chart->addSeries(series);
    auto* across = new QBarCategoryAxis;
    // Equal labels would fall together: invisible marks keep them apart.
    QStringList distinct;
    for (qsizetype i = 0; i < labels.size(); ++i) {
        QString label = labels[i];
        while (distinct.contains(label)) {
            label.append(QChar(0x200B));
        }
        distinct.append(label);
    }
    across->append(distinct);
    auto* up = new QValueAxis;
    up->setLabelFormat(QStringLiteral("%d"));
    const int highest = *std::max_element(counts.begin(), counts.end());
    const int step = std::max(1, (highest + 3) / 4); // whole numbers, four lines at most
    up->setTickType(QValueAxis::TicksDynamic);
    up->setTickInterval(step);
    up->setRange(0, (highest + step - 1) / step * step);
    for (QAbstractAxis* axis :
         {static_cast<QAbstractAxis*>(across), static_cast<QAbstractAxis*>(up)}) {
        styleAxis(axis, app_.theme);
    }
    across->setGridLineVisible(false);
    chart->addAxis(across, Qt::AlignBottom);
    chart->addAxis(up, Qt::AlignLeft);
    series->attachAxis(across);
    series->attachAxis(up);
    replaceChart(chart);
    stack_->setCurrentWidget(view_);
    const ColumnSummary summary = summarizeColumn(model_.shownRows(), column_);
    summary_->setText(
        model_.table().columns[column_].isNumeric && !isDateColumn(model_, fields_, column_)
            ? tr("n %1 · missing %2 · mean %3 · median %4 · %5 to %6")
                  .arg(summary.count)
                  .arg(summary.missing)
                  .arg(shortNumber(summary.mean),
                       shortNumber(summary.median),
                       shortNumber(summary.smallest),
                       shortNumber(summary.largest))
            : tr("%n different value(s) shown", nullptr, static_cast<int>(counts.size())));
    view_->setAccessibleDescription(spoken.join(QStringLiteral(", ")));
}

void ChartPanel::drawTime() {
    if (!model_.table().columns[column_].isNumeric || isDateColumn(model_, fields_, column_)) {
        showNothing(tr("Only numbers go over time. Choose a column of numbers."));
        return;
    }
    const std::vector<TimePoint> points = timePoints(model_, fields_, column_);
    if (points.empty()) {
        showNothing(tr("No row has both a number and a date here."));
        return;
    }
    const bool hasDates = firstColumn(model_, fields_, &ResultsField::isDate) > 0;
    std::map<QString, std::vector<TimePoint>> bySeries;
    for (const TimePoint& point : points) {
        bySeries[point.series].push_back(point);
    }
    auto* chart = newChart();
    const Token colors[] = {Token::Accent, Token::Ok, Token::Warn, Token::Bad, Token::Muted};
    QAbstractAxis* across = nullptr;
    if (hasDates) {
        auto* dates = new QDateTimeAxis;
        dates->setFormat(QStringLiteral("yyyy-MM-dd"));
        dates->setTickCount(4);
        across = dates;
    } else {
        across = new QValueAxis;
    }
    auto* up = new QValueAxis;
    styleAxis(across, app_.theme);
    styleAxis(up, app_.theme);
    chart->addAxis(across, Qt::AlignBottom);
    chart->addAxis(up, Qt::AlignLeft);
    std::size_t drawn = 0;
    QStringList spoken;
    for (const auto& [name, ofSeries] : bySeries) {
        if (drawn == kMostSeries) {
            break;
        }
        const QColor color = app_.theme.color(colors[drawn % std::size(colors)]);
        auto* line = new QLineSeries;
        auto* dots = new QScatterSeries;
        line->setName(name.isEmpty() ? tr("All documents") : name);
        QPen pen(color, 2);
        pen.setStyle(drawn < std::size(colors) ? Qt::SolidLine : Qt::DashLine);
        line->setPen(pen);
        dots->setColor(color);
        dots->setBorderColor(color);
        dots->setMarkerSize(7);
        for (const TimePoint& point : ofSeries) {
            const double x = hasDates ? point.day * kMsPerDay : point.day;
            line->append(x, point.number);
            dots->append(x, point.number);
            spoken.append(shortNumber(point.number));
        }
        for (QXYSeries* series : {static_cast<QXYSeries*>(line), static_cast<QXYSeries*>(dots)}) {
            chart->addSeries(series);
            series->attachAxis(across);
            series->attachAxis(up);
        }
        for (QLegendMarker* marker : chart->legend()->markers(dots)) {
            marker->setVisible(false);
        }
        ++drawn;
    }
    const auto byNumber = [](const TimePoint& a, const TimePoint& b) {
        return a.number < b.number;
    };
    const auto [low, high] = std::minmax_element(points.begin(), points.end(), byNumber);
    const double room = std::max((high->number - low->number) * 0.1, 0.5);
    up->setRange(low->number - room, high->number + room);
    const double first = points.front().day;
    const double last = points.back().day;
    if (auto* dates = qobject_cast<QDateTimeAxis*>(across)) {
        dates->setRange(QDateTime::fromMSecsSinceEpoch(qint64((first - 1) * kMsPerDay)),
                        QDateTime::fromMSecsSinceEpoch(qint64((last + 1) * kMsPerDay)));
    } else if (auto* places = qobject_cast<QValueAxis*>(across)) {
        places->setRange(first - 0.5, last + 0.5);
        places->setLabelFormat(QStringLiteral("%d"));
    }
    chart->legend()->setVisible(bySeries.size() > 1);
    replaceChart(chart);
    stack_->setCurrentWidget(view_);
    summary_->setText(bySeries.size() > kMostSeries
                          ? tr("The first %1 of %2; narrow the table to see others")
                                .arg(kMostSeries)
                                .arg(bySeries.size())
                      : hasDates ? tr("%n number(s) by date", nullptr, int(points.size()))
                                 : tr("%n number(s) in the order of the table; the template has no "
                                      "date field",
                                      nullptr,
                                      int(points.size())));
    view_->setAccessibleDescription(spoken.join(QStringLiteral(", ")));
}

void ChartPanel::showNothing(const QString& why) {
    nothing_->setText(why);
    summary_->clear();
    stack_->setCurrentWidget(nothing_);
}

} // namespace attest::gui
