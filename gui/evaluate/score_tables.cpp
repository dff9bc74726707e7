#include "gui/evaluate/score_tables.h"

#include "gui/evaluate/interval_delegate.h"
#include "gui/evaluate/score_text.h"
#include "gui/theme/theme.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QTableWidget>
#include <QTreeWidget>

#include <algorithm>
#include <utility>
#include <vector>

namespace attest::gui {

namespace {

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("attest", text, nullptr, n);
}

enum ScoreColumn { Field, Gold, Found, Precision, Recall, F1, Range, Change, Compared };

constexpr int kDocumentRole = Qt::UserRole;
constexpr int kFieldWidth = 170;   // most, so that the difference is seen in 1280 x 720
constexpr int kMaxDocuments = 500; // of the list; more worst ones nobody reads

QString comparatorText(extract::Comparator comparator) {
    switch (comparator) {
    case extract::Comparator::Exact:
        return tr("exact");
    case extract::Comparator::Normalised:
        return tr("normalised");
    case extract::Comparator::Numeric:
        return tr("numeric");
    case extract::Comparator::Date:
        return tr("date");
    case extract::Comparator::Set:
        return tr("set");
    }
    return {};
}

struct ShownScore {
    const extract::FieldScore* score;
    QString name;
    bool isField;
};

// Fields, the groups where there are several, and all.
std::vector<ShownScore> shownScores(const extract::Evaluation& evaluation) {
    std::vector<ShownScore> shown;
    for (const extract::FieldScore& score : evaluation.fields) {
        shown.push_back({&score, QString::fromStdString(score.field), true});
    }
    for (const extract::FieldScore& score : evaluation.groups) {
        if (evaluation.groups.size() > 1) {
            const bool isSingle = score.field == extract::kSingleFields;
            shown.push_back({&score,
                             isSingle ? tr("All single fields")
                                      : tr("All of %1").arg(QString::fromStdString(score.field)),
                             false});
        }
    }
    shown.push_back({&evaluation.overall, tr("All"), false});
    return shown;
}

QTableWidgetItem* cell(const QString& text, bool isBold) {
    auto* item = new QTableWidgetItem(text);
    if (isBold) {
        QFont font = item->font();
        font.setWeight(QFont::DemiBold);
        item->setFont(font);
    }
    return item;
}

QTableWidgetItem* number(const QString& text, bool isBold) {
    QTableWidgetItem* item = cell(text, isBold);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

const extract::F1Change* changeOf(const EvaluationOutcome& outcome, const ShownScore& shown) {
    if (!outcome.comparison) {
        return nullptr;
    }
    if (shown.score == &outcome.measured.evaluation.overall) {
        return &outcome.comparison->overall;
    }
    const auto& fields = outcome.comparison->fields;
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& change) {
        return shown.isField && change.field == shown.score->field;
    });
    return found == fields.end() ? nullptr : &*found;
}

// A difference that holds for other documents too has a sign and a colour.
QTableWidgetItem* changeCell(const extract::F1Change& change, const Theme& theme, bool isBold) {
    const bool isWorse = change.difference.high < 0;
    const bool isBetter = change.difference.low > 0;
    const QString sign = isBetter  ? QStringLiteral("▲ ")
                         : isWorse ? QStringLiteral("▼ ")
                                   : QString();
    auto* item = cell(sign + changeText(change.change()) + QStringLiteral("  (") +
                          changeText(change.difference) + QStringLiteral(")"),
                      isBold);
    item->setForeground(theme.color(isBetter ? Token::Ok : isWorse ? Token::Bad : Token::Muted));
    item->setToolTip(isBetter  ? tr("Better, whichever documents are drawn")
                     : isWorse ? tr("Worse, whichever documents are drawn")
                               : tr("Could be chance: the interval holds zero"));
    return item;
}

} // namespace

void setUpFigures(QTableWidget& table, const QStringList& titles) {
    table.setColumnCount(int(titles.size()));
    table.setHorizontalHeaderLabels(titles);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.horizontalHeader()->setStretchLastSection(true);
    table.verticalHeader()->hide();
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setTabKeyNavigation(false);
    table.setShowGrid(false);
    table.setWordWrap(false);
}

QTableWidgetItem* figureItem(const QString& text) {
    return number(text, false);
}

QTableWidgetItem* intervalItem(double value, const extract::Interval& interval, bool isBold) {
    QTableWidgetItem* item = cell(intervalText(interval), isBold);
    item->setData(IntervalDelegate::kValueRole, value);
    item->setData(IntervalDelegate::kLowRole, interval.low);
    item->setData(IntervalDelegate::kHighRole, interval.high);
    return item;
}

void setUpScores(QTableWidget& table, const Theme& theme) {
    setUpFigures(table,
                 {tr("Field"),
                  tr("Gold"),
                  tr("Found"),
                  tr("Precision"),
                  tr("Recall"),
                  tr("F1"),
                  tr("95 % interval"),
                  tr("Difference"),
                  tr("Compared")});
    // What a comparison is made for comes before what may have to be scrolled to.
    table.horizontalHeader()->moveSection(Change, Range);
    table.setTextElideMode(Qt::ElideMiddle);
    table.setItemDelegateForColumn(Range, new IntervalDelegate(theme, &table));
    for (const int column : {Gold, Found, Precision, Recall, F1}) {
        table.horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    table.horizontalHeaderItem(Precision)->setToolTip(
        tr("Of the values found, how many are right"));
    table.horizontalHeaderItem(Recall)->setToolTip(
        tr("Of the values of the gold, how many were found"));
    table.horizontalHeaderItem(Range)->setToolTip(
        tr("Of F1, if other documents had been chosen: a bootstrap over documents"));
    table.horizontalHeaderItem(Change)->setToolTip(
        tr("F1 less that of the second model, with its 95 % interval"));
}

void fillScores(QTableWidget& table, const EvaluationOutcome& outcome, const Theme& theme) {
    const auto shown = shownScores(outcome.measured.evaluation);
    table.setRowCount(int(shown.size()));
    table.setColumnHidden(Change, !outcome.comparison);
    int row = 0;
    for (const ShownScore& each : shown) {
        const extract::Counts& counts = each.score->counts;
        const bool isBold = !each.isField;
        table.setItem(row, Field, cell(each.name, isBold));
        table.item(row, Field)->setToolTip(each.name);
        table.setItem(
            row,
            Compared,
            cell(each.isField ? comparatorText(each.score->comparator) : QString(), false));
        table.item(row, Compared)->setForeground(theme.color(Token::Muted));
        table.setItem(row, Gold, number(QString::number(counts.found + counts.missed), isBold));
        table.setItem(row, Found, number(QString::number(counts.found + counts.wrong), isBold));
        table.setItem(row, Precision, number(scoreText(counts.precision()), isBold));
        table.setItem(row, Recall, number(scoreText(counts.recall()), isBold));
        table.setItem(row, F1, number(scoreText(counts.f1()), isBold));
        table.setItem(row, Range, intervalItem(counts.f1(), each.score->f1, isBold));
        const extract::F1Change* change = changeOf(outcome, each);
        table.setItem(
            row, Change, change == nullptr ? cell({}, false) : changeCell(*change, theme, isBold));
        ++row;
    }
    table.resizeColumnsToContents();
    if (outcome.comparison) {
        table.setColumnWidth(Field, std::min(table.columnWidth(Field), theme.px(kFieldWidth)));
    }
}

void setUpConfusion(QTableWidget& table) {
    setUpFigures(table,
                 {tr("Field"),
                  tr("Right"),
                  tr("Other value"),
                  tr("No answer"),
                  tr("Unfounded"),
                  tr("Rightly none"),
                  tr("Lost"),
                  tr("Surplus"),
                  tr("Null precision")});
    const std::pair<int, QString> tips[] = {
        {1, tr("Stated, and answered so")},
        {2, tr("Stated, and answered with another value")},
        {3, tr("Stated, and answered “not stated”")},
        {4, tr("Not stated, and answered with a value")},
        {5, tr("Not stated, and answered “not stated”")},
        {6, tr("Values of items that were not found")},
        {7, tr("Values of items that the document does not have")},
        {8, tr("Of the answers “not stated”, how many are right")}};
    for (const auto& [column, tip] : tips) {
        table.horizontalHeaderItem(column)->setToolTip(tip);
        table.horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
}

void fillConfusion(QTableWidget& table, const EvaluationOutcome& outcome, const Theme& theme) {
    const auto shown = shownScores(outcome.measured.evaluation);
    table.setRowCount(int(shown.size()));
    int row = 0;
    for (const ShownScore& each : shown) {
        const extract::Confusion& confusion = each.score->confusion;
        const bool isBold = !each.isField;
        table.setItem(row, 0, cell(each.name, isBold));
        int column = 1;
        for (const std::size_t count : {confusion.agreed,
                                        confusion.different,
                                        confusion.unanswered,
                                        confusion.unfounded,
                                        confusion.empty,
                                        confusion.lost,
                                        confusion.surplus}) {
            auto* item = number(QString::number(count), isBold);
            if (count == 0) {
                item->setForeground(theme.color(Token::Muted));
            }
            table.setItem(row, column++, item);
        }
        table.setItem(row, column, number(scoreText(confusion.nullPrecision()), isBold));
        ++row;
    }
    table.resizeColumnsToContents();
}

void setUpDocuments(QTreeWidget& tree) {
    tree.setTextElideMode(Qt::ElideRight);
    tree.setColumnCount(3);
    tree.setHeaderLabels({tr("Document"), tr("F1"), tr("Mistakes")});
    tree.setUniformRowHeights(true);
    tree.setExpandsOnDoubleClick(false);
    tree.header()->setStretchLastSection(false);
    tree.header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree.header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    tree.header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
}

void fillDocuments(QTreeWidget& tree, const EvaluationOutcome& outcome, const Theme& theme) {
    tree.clear();
    const extract::Evaluation& evaluation = outcome.measured.evaluation;
    for (const std::size_t index : evaluation.worstFirst()) {
        if (tree.topLevelItemCount() == kMaxDocuments) {
            break;
        }
        const extract::DocumentScore& score = evaluation.byDocument[index];
        auto* item = new QTreeWidgetItem(&tree);
        item->setSizeHint(0, {0, theme.px(measure::kRowOneLine)}); // of all rows, they are uniform
        item->setText(0, QString::fromStdString(score.name));
        item->setText(1, scoreText(score.all.f1()));
        item->setText(
            2, score.hasResult ? QString::number(score.differences.size()) : tr("? not read"));
        const auto& path = outcome.documents[index].path;
        item->setToolTip(0,
                         path.empty() ? tr("A note in the gold file")
                                      : QString::fromStdString(path.string()));
        item->setData(0, kDocumentRole, int(index));
        for (const extract::Difference& difference : score.differences) {
            auto* mistake = new QTreeWidgetItem(item);
            const QString text = QString::fromStdString(difference.field) + QStringLiteral(": ") +
                                 differenceText(difference);
            mistake->setText(0, text);
            mistake->setToolTip(0, text);
            mistake->setForeground(0, theme.color(Token::Muted));
            mistake->setFirstColumnSpanned(true);
            mistake->setData(0, kDocumentRole, int(index));
        }
    }
}

int documentOf(const QTreeWidgetItem* item) {
    return item == nullptr ? -1 : item->data(0, kDocumentRole).toInt();
}

} // namespace attest::gui
