#include "gui/import/refused_dialog.h"

#include "gui/import/importer.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/tokens.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace attest::gui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::RefusedDialog", text);
}

} // namespace

void openRefusedDialog(QWidget* parent, const ImportReport& report) {
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Not added"));
    dialog->resize(640, 400);
    std::vector<std::pair<QString, QString>> rows = report.refused;
    for (const auto& [extension, count] : report.skipped) {
        rows.emplace_back(extension.empty() ? tr("files without extension")
                                            : QString::fromStdString(extension),
                          tr("%1 in the folder; Attest reads PDF, .txt and .md files").arg(count));
    }
    auto* lead = new QLabel(tr("These files were left as they are. The others were added."));
    setRole(lead, "muted");
    auto* table = new QTableWidget(static_cast<int>(rows.size()), 2);
    table->setAccessibleName(tr("Files that were not added"));
    table->setHorizontalHeaderLabels({tr("File"), tr("Reason")});
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setWordWrap(true);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    QStringList lines;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = static_cast<int>(i);
        table->setItem(row, 0, new QTableWidgetItem(rows[i].first));
        table->setItem(row, 1, new QTableWidgetItem(rows[i].second));
        lines.append(rows[i].first + QLatin1Char('\t') + rows[i].second);
    }
    table->setColumnWidth(0, 220);
    table->resizeRowsToContents();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* copy = buttons->addButton(tr("Copy list"), QDialogButtonBox::ActionRole);
    QObject::connect(copy, &QPushButton::clicked, dialog, [lines] {
        QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    });
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(
        measure::kBetween, measure::kBetween, measure::kBetween, measure::kBetween);
    layout->setSpacing(measure::kEdge);
    layout->addWidget(lead);
    layout->addWidget(table, 1);
    layout->addWidget(buttons);
    dialog->open();
}

} // namespace attest::gui
