#include "gui/evaluate/confidence_view.h"

#include "extract/evaluation_report.h"
#include "gui/evaluate/interval_delegate.h"
#include "gui/evaluate/score_tables.h"
#include "gui/evaluate/score_text.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTableWidget>
#include <QVBoxLayout>

namespace attest::gui {

namespace {

enum Column { Band, Answers, Said, Right, Share };

QString summaryOf(const extract::ConfidenceReport& report) {
    const QString off = scoreText(report.values.calibrationError);
    const QString text =
        report.isCalibrated
            ? ConfidenceView::tr("Calibrated confidence of values is off by %1 on average.")
                  .arg(off)
            : ConfidenceView::tr("How sure the model is of its values is off by %1 on average; it "
                                 "has not been calibrated.")
                  .arg(off);
    if (report.values.right == 0 || report.values.right == report.values.answers) {
        return text; // nothing to tell apart
    }
    return text + QLatin1Char(' ') +
           ConfidenceView::tr("In %1 % of the pairs of a right and a wrong value the right one has "
                              "more of it.")
               .arg(QLocale().toString(100 * report.values.auroc, 'f', 0));
}

} // namespace

ConfidenceView::ConfidenceView(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), summary_(new QLabel), table_(new QTableWidget) {
    setRole(summary_, "secondary");
    summary_->setWordWrap(true);
    summary_->setContentsMargins(
        measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    setUpFigures(*table_,
                 {tr("How sure"), tr("Values"), tr("Said"), tr("Right"), tr("95 % interval")});
    table_->setAccessibleName(tr("Values by confidence"));
    table_->setItemDelegateForColumn(Share, new IntervalDelegate(theme, table_));
    table_->horizontalHeaderItem(Said)->setToolTip(tr("Mean confidence of these values"));
    table_->horizontalHeaderItem(Right)->setToolTip(
        tr("How many of them are right; the closer to what was said, the better"));
    table_->horizontalHeaderItem(Share)->setToolTip(
        tr("Of the share of right ones, if other documents had been chosen"));
    for (const int column : {Answers, Said, Right}) {
        table_->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(summary_);
    layout->addWidget(table_, 1);
}

void ConfidenceView::fill(const extract::Evaluation& evaluation) {
    table_->verticalHeader()->setDefaultSectionSize(theme_.px(measure::kRowOneLine));
    const auto report = extract::confidenceReport(evaluation);
    const bool hasValues = report && !report->valueBands.empty();
    summary_->setText(hasValues
                          ? summaryOf(*report)
                          : tr("The model answered with no value here, so there is nothing to "
                               "say about how sure it is."));
    table_->setVisible(hasValues);
    table_->setRowCount(hasValues ? int(report->valueBands.size()) : 0);
    for (int row = 0; row < table_->rowCount(); ++row) {
        // The surest first: they are the ones that may be accepted unseen.
        const extract::ConfidenceBand& band =
            report->valueBands[report->valueBands.size() - 1 - size_t(row)];
        table_->setItem(row, Band, new QTableWidgetItem(intervalText({band.from, band.to})));
        table_->setItem(row, Answers, figureItem(QString::number(band.answers)));
        table_->setItem(row, Said, figureItem(scoreText(band.confidence)));
        table_->setItem(row, Right, figureItem(scoreText(band.share())));
        table_->setItem(row, Share, intervalItem(band.share(), band.range()));
    }
    table_->resizeColumnsToContents();
}

} // namespace attest::gui
