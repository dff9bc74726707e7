#include "gui/settings/watched_folders.h"

#include "extract/resources.h"
#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "storage/template_store.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

enum Column { Folder, Template, Recursive, ColumnCount };

struct Loaded {
    std::vector<storage::WatchedFolder> folders;
    std::vector<std::pair<QString, QString>> templates;
};

Result<Loaded> load(storage::Database& db) {
    Loaded loaded;
    ATTEST_TRY_ASSIGN(loaded.folders, storage::watchedFolders(db));
    ATTEST_TRY_ASSIGN(const auto own, storage::userTemplates(db));
    for (const storage::TemplateRecord& record : own) {
        loaded.templates.emplace_back(QString::fromStdString(record.id),
                                      QString::fromStdString(record.title));
    }
    ATTEST_TRY_ASSIGN(const auto builtIn, extract::builtInTemplates());
    for (const extract::Template& known : builtIn) {
        if (known.layout() != "summary") {
            loaded.templates.emplace_back(QString::fromStdString(known.id()),
                                          QString::fromStdString(known.title()));
        }
    }
    return loaded;
}

} // namespace

WatchedFolders::WatchedFolders(AppContext& app, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , table_(new QTableWidget(0, ColumnCount, this))
    , empty_(new QLabel(tr("No folder is watched. Documents that appear in a watched folder are "
                           "added once they have stopped growing; the folder itself is never "
                           "changed."),
                        this))
    , problem_(new QLabel(this))
    , remove_(new QPushButton(tr("Stop watching"), this)) {
    setRole(empty_, "muted");
    empty_->setWordWrap(true);
    setRole(problem_, "bad");
    problem_->setWordWrap(true);
    problem_->hide();
    table_->setHorizontalHeaderLabels({tr("Folder"), tr("Template"), tr("Subfolders")});
    table_->horizontalHeader()->setSectionResizeMode(Folder, QHeaderView::Stretch);
    table_->horizontalHeader()->setSectionResizeMode(Template, QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setSectionResizeMode(Recursive, QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->verticalHeader()->hide();
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setTextElideMode(Qt::ElideMiddle);
    table_->setAccessibleName(tr("Watched folders"));
    table_->setToolTip(tr("Watched folders"));
    auto* add = new QPushButton(tr("Add folder…"), this);
    add->setToolTip(tr("Chooses a folder to watch"));
    remove_->setToolTip(tr("Takes the selected folder off the list; its documents stay in the "
                           "library"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove_);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::kInside);
    layout->addWidget(empty_);
    layout->addWidget(table_);
    layout->addWidget(problem_);
    layout->addLayout(buttons);

    connect(add, &QPushButton::clicked, this, &WatchedFolders::chooseFolder);
    connect(remove_, &QPushButton::clicked, this, &WatchedFolders::removeCurrent);
    connect(table_, &QTableWidget::itemSelectionChanged, this, [this] {
        remove_->setEnabled(!table_->selectedItems().isEmpty());
    });
    connect(&app_.store, &Store::watchedFoldersChanged, this, &WatchedFolders::reload);
    connect(&app_.store, &Store::templatesChanged, this, &WatchedFolders::reload);
    connect(&app_.theme, &Theme::changed, this, &WatchedFolders::refresh);
    refresh();
    reload();
}

void WatchedFolders::reload() {
    app_.store.read(this, load, [this](Result<Loaded> loaded) {
        problem_->setVisible(!loaded.ok());
        if (!loaded.ok()) {
            problem_->setText(errorText(loaded.error()));
            return;
        }
        folders_ = std::move(loaded.value().folders);
        templates_ = std::move(loaded.value().templates);
        refresh();
    });
}

void WatchedFolders::refresh() {
    table_->setRowCount(0);
    table_->setVisible(!folders_.empty());
    empty_->setVisible(folders_.empty());
    remove_->setVisible(!folders_.empty());
    remove_->setEnabled(false);
    const int rowHeight = app_.theme.px(measure::kRowTwoLines);
    for (const storage::WatchedFolder& folder : folders_) {
        const int row = table_->rowCount();
        table_->insertRow(row);
        table_->setRowHeight(row, rowHeight);
        const QString path = QString::fromStdString(folder.path);
        const bool isThere = QDir(path).exists();
        auto* item = new QTableWidgetItem(isThere ? path : tr("! not there now: %1").arg(path));
        item->setToolTip(path);
        table_->setItem(row, Folder, item);

        auto* chosen = new QComboBox;
        chosen->addItem(tr("Add only"), QString());
        for (const auto& [id, title] : templates_) {
            chosen->addItem(title, id);
        }
        chosen->setCurrentIndex(
            std::max(0, chosen->findData(QString::fromStdString(folder.templateId))));
        chosen->setAccessibleName(tr("Template for %1").arg(path));
        chosen->setToolTip(tr("What is extracted from new documents of this folder"));
        table_->setCellWidget(row, Template, chosen);
        auto* recursive = new QCheckBox;
        recursive->setChecked(folder.isRecursive);
        recursive->setAccessibleName(tr("With the subfolders of %1").arg(path));
        recursive->setToolTip(tr("Watch the folders inside it too"));
        table_->setCellWidget(row, Recursive, recursive);
        connect(chosen, &QComboBox::activated, this, [this, folder, chosen] {
            storage::WatchedFolder changed = folder;
            changed.templateId = chosen->currentData().toString().toStdString();
            save(changed);
        });
        connect(recursive, &QCheckBox::toggled, this, [this, folder](bool isOn) {
            storage::WatchedFolder changed = folder;
            changed.isRecursive = isOn;
            save(changed);
        });
    }
    const int shown = std::min(table_->rowCount(), 6);
    table_->setFixedHeight(table_->horizontalHeader()->sizeHint().height() + shown * rowHeight + 2);
}

void WatchedFolders::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Folder to watch"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &WatchedFolders::addFolder);
    dialog->open();
}

void WatchedFolders::addFolder(const QString& path) {
    storage::WatchedFolder folder;
    folder.path = QDir(path).absolutePath().toStdString();
    folder.templateId =
        app_.settings.extractsOnAdd() ? app_.settings.lastTemplate().toStdString() : std::string();
    folder.addedAt = QDateTime::currentSecsSinceEpoch();
    save(folder);
}

void WatchedFolders::save(const storage::WatchedFolder& folder) {
    app_.store.write(
        this,
        [folder](storage::Database& db) { return storage::saveWatchedFolder(db, folder); },
        [this](const Result<void>& saved) {
            problem_->setVisible(!saved.ok());
            if (!saved.ok()) {
                problem_->setText(errorText(saved.error()));
                return;
            }
            emit app_.store.watchedFoldersChanged();
        });
}

void WatchedFolders::removeCurrent() {
    const int row = table_->currentRow();
    if (row < 0 || static_cast<std::size_t>(row) >= folders_.size()) {
        return;
    }
    const storage::WatchedFolder folder = folders_[static_cast<std::size_t>(row)];
    app_.store.write(
        this,
        [path = folder.path](storage::Database& db) {
            return storage::removeWatchedFolder(db, path);
        },
        [this, folder](const Result<void>& removed) {
            problem_->setVisible(!removed.ok());
            if (!removed.ok()) {
                problem_->setText(errorText(removed.error()));
                return;
            }
            emit app_.store.watchedFoldersChanged();
            app_.navigator.showToast(
                {tr("No longer watching “%1”").arg(QString::fromStdString(folder.path)),
                 tr("Undo"),
                 [this, folder] {
                     save(folder);
                 }});
        });
}

} // namespace attest::gui
