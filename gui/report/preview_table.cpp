#include "gui/report/preview_table.h"

#include "extract/export_profile.h"
#include "gui/theme/theme.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QTableWidget>

#include <algorithm>

namespace attest::gui {

namespace {

constexpr int kWidestColumn = 240;

} // namespace

QWidget* makePreviewTable(const extract::PreviewTable& table, const Theme& theme, QWidget* parent) {
    auto* view = new QTableWidget(
        static_cast<int>(table.rows.size()), static_cast<int>(table.columns.size()), parent);
    view->setAccessibleName(
        QCoreApplication::translate("attest::gui::PreviewTable", "First lines of %1")
            .arg(QString::fromStdString(table.name)));
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setWordWrap(false);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(theme.px(measure::kRowOneLine));
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    QStringList titles;
    for (const std::string& column : table.columns) {
        titles.append(QString::fromStdString(column));
    }
    view->setHorizontalHeaderLabels(titles);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        for (std::size_t column = 0; column < table.rows[row].size(); ++column) {
            view->setItem(static_cast<int>(row),
                          static_cast<int>(column),
                          new QTableWidgetItem(QString::fromStdString(table.rows[row][column])));
        }
    }
    view->resizeColumnsToContents();
    for (int column = 0; column < view->columnCount(); ++column) {
        view->setColumnWidth(
            column, std::min(view->columnWidth(column) + theme.px(8), theme.px(kWidestColumn)));
    }
    return view;
}

} // namespace attest::gui
