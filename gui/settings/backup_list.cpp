#include "gui/settings/backup_list.h"

#include "gui/app/error_text.h"
#include "gui/app/restart.h"
#include "gui/app/store.h"
#include "gui/settings/confirm.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "storage/audit_log.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace attest::gui {

namespace {

enum Column { Made, Size, File, ColumnCount };

QString timeText(std::int64_t seconds) {
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds), QLocale::ShortFormat);
}

} // namespace

BackupList::BackupList(AppContext& app, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , banner_(new QFrame(this))
    , bannerText_(new QLabel(banner_))
    , empty_(new QLabel(tr("There is no backup yet."), this))
    , table_(new QTableWidget(0, ColumnCount, this))
    , backUp_(new QPushButton(tr("Back up now"), this))
    , verify_(new QPushButton(tr("Verify library"), this))
    , restore_(new QPushButton(tr("Restore…"), this)) {
    auto* bannerLayout = new QHBoxLayout(banner_);
    bannerText_->setWordWrap(true);
    bannerText_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    bannerLayout->addWidget(bannerText_);
    banner_->hide();
    setRole(empty_, "muted");
    table_->setHorizontalHeaderLabels({tr("Made"), tr("Size"), tr("File")});
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setSectionResizeMode(File, QHeaderView::Stretch);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->verticalHeader()->hide();
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setAccessibleName(tr("Backups"));
    table_->setToolTip(tr("Backups, newest first"));
    backUp_->setToolTip(tr("Copies the library and checks the copy"));
    verify_->setToolTip(tr("Checks every page of the library and the chain of the audit trail"));
    restore_->setToolTip(tr("Puts the selected backup in the library's place"));
    restore_->setEnabled(false);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(measure::kInside);
    buttons->addWidget(backUp_);
    buttons->addWidget(verify_);
    buttons->addWidget(restore_);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::kEdge);
    layout->addLayout(buttons);
    layout->addWidget(banner_);
    layout->addWidget(empty_);
    layout->addWidget(table_);

    connect(backUp_, &QPushButton::clicked, this, &BackupList::backUpNow);
    connect(verify_, &QPushButton::clicked, this, &BackupList::verify);
    connect(restore_, &QPushButton::clicked, this, &BackupList::restoreSelected);
    connect(table_, &QTableWidget::itemSelectionChanged, this, [this] {
        restore_->setEnabled(!table_->selectedItems().isEmpty());
    });
    connect(&app_.theme, &Theme::changed, this, &BackupList::refresh);
    refresh();
    reload();
}

void BackupList::reload() {
    app_.store.read(
        this,
        [folder = app_.store.folder()](storage::Database&) { return storage::listBackups(folder); },
        [this](Result<std::vector<storage::BackupFile>> listed) {
            if (!listed.ok()) {
                report(false, errorText(listed.error()));
                return;
            }
            backups_ = std::move(listed).value();
            refresh();
        });
}

void BackupList::refresh() {
    table_->setRowCount(0);
    empty_->setVisible(backups_.empty());
    table_->setVisible(!backups_.empty());
    restore_->setEnabled(false);
    const int rowHeight = app_.theme.px(measure::kRowOneLine);
    for (const storage::BackupFile& backup : backups_) {
        const int row = table_->rowCount();
        table_->insertRow(row);
        table_->setRowHeight(row, rowHeight);
        table_->setItem(row, Made, new QTableWidgetItem(timeText(backup.madeAt)));
        table_->setItem(row,
                        Size,
                        new QTableWidgetItem(
                            QLocale().formattedDataSize(static_cast<qint64>(backup.byteSize))));
        auto* file = new QTableWidgetItem(QString::fromStdString(backup.path.filename().string()));
        file->setToolTip(QString::fromStdString(backup.path.string()));
        table_->setItem(row, File, file);
    }
    table_->setFixedHeight(table_->horizontalHeader()->sizeHint().height() +
                           table_->rowCount() * rowHeight + 2);
}

void BackupList::setBusy(const QString& what) {
    const bool isBusy = !what.isEmpty();
    backUp_->setEnabled(!isBusy);
    verify_->setEnabled(!isBusy);
    if (isBusy) {
        setRole(banner_, "banner-accent");
        bannerText_->setText(what);
        banner_->show();
    }
}

void BackupList::report(bool isGood, const QString& text) {
    setRole(banner_, isGood ? "banner-ok" : "banner-bad");
    bannerText_->setText((isGood ? QStringLiteral("✓ ") : QStringLiteral("! ")) + text);
    banner_->show();
    emit reported(isGood, text);
}

void BackupList::backUpNow() {
    setBusy(tr("Copying and checking the library…"));
    app_.store.write(
        this,
        [folder = app_.store.folder()](storage::Database& db) {
            return storage::backUp(db, folder, QDateTime::currentSecsSinceEpoch());
        },
        [this](const Result<storage::BackupFile>& made) {
            setBusy({});
            if (!made.ok()) {
                report(false, errorText(made.error()));
                return;
            }
            report(true,
                   tr("Backed up and checked: %1")
                       .arg(QString::fromStdString(made.value().path.filename().string())));
            reload();
        });
}

void BackupList::verify() {
    setBusy(tr("Checking the library…"));
    app_.store.read(
        this,
        [](storage::Database& db) -> Result<std::int64_t> {
            ATTEST_TRY(db.verify());
            return storage::verifyAudit(db);
        },
        [this](const Result<std::int64_t>& checked) {
            setBusy({});
            if (!checked.ok()) {
                report(false, errorText(checked.error()));
                return;
            }
            report(true,
                   tr("The library is sound, and the audit trail is unbroken: %1 records.")
                       .arg(QLocale().toString(static_cast<qlonglong>(checked.value()))));
        });
}

void BackupList::restoreSelected() {
    const int row = table_->currentRow();
    if (row < 0 || static_cast<std::size_t>(row) >= backups_.size()) {
        return;
    }
    const storage::BackupFile backup = backups_[static_cast<std::size_t>(row)];
    confirm(this,
            {tr("Restore the backup of %1?").arg(timeText(backup.madeAt)),
             tr("Attest closes, puts this backup in the library's place and opens again. What was "
                "added or decided since then is not in it. The library as it is now is kept beside "
                "it as “library-before-restore-….sqlite”."),
             tr("Restore and restart")},
            [this, backup] {
                const QStringList arguments =
                    argumentsWith(QCoreApplication::arguments(),
                                  QStringLiteral("--library"),
                                  QString::fromStdString(app_.store.folder().string()));
                requestRestart(arguments +
                               QStringList{QStringLiteral("--restore"),
                                           QString::fromStdString(backup.path.string())});
            });
}

} // namespace attest::gui
