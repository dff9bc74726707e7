#include "gui/library/document_actions.h"

#include "gui/app/navigator.h"
#include "gui/jobs/job_queue.h"
#include "gui/library/document_commands.h"
#include "gui/library/library_model.h"
#include "gui/library/library_state.h"
#include "gui/library/library_table.h"
#include "gui/library/library_text.h"
#include "gui/library/quick_look.h"
#include "gui/theme/theme.h"

#include <QAction>
#include <QInputDialog>
#include <QKeySequence>
#include <QMenu>

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

bool canRetry(const storage::LibraryRow& row) {
    return row.state == storage::DocumentState::Failed ||
           row.state == storage::DocumentState::NoText ||
           row.state == storage::DocumentState::Cancelled;
}

} // namespace

DocumentActions::DocumentActions(AppContext& app,
                                 LibraryState& state,
                                 DocumentCommands& commands,
                                 LibraryModel& model,
                                 LibraryTable& table)
    : QObject(&table), app_(app), state_(state), commands_(commands), model_(model), table_(table) {
    // Enter and Space reach the table as keys: as shortcuts they would be taken from its editor.
    review = make(tr("Review"), {}, [this] { openReview(); });
    quickLook = make(tr("Quick look"), {}, [this] { openQuickLook(); });
    rename = make(tr("Rename"), QKeySequence(Qt::Key_F2), [this] { table_.editName(); });
    retry = make(tr("Try again"), {}, [this] { commands_.retry(targets()); });
    locate = make(tr("Locate file…"), {}, [this] {
        if (const auto rows = targets(); rows.size() == 1) {
            commands_.locate(rows.front());
        }
    });
    copyPath = make(tr("Copy path"), QKeySequence(QStringLiteral("Ctrl+Shift+C")), [this] {
        commands_.copyPaths(targets());
    });
    exportRuns = make(tr("Export…"), QKeySequence(QStringLiteral("Ctrl+E")), [this] {
        const bool isSelected = !table_.selectedIds().empty();
        commands_.exportRuns(isSelected ? targets() : shownRows());
    });
    trash = make(
        tr("Move to trash"), QKeySequence::Delete, [this] { commands_.moveToTrash(targetIds()); });
    restore = make(tr("Restore"), {}, [this] { commands_.restore(targetIds()); });
    deleteForGood = make(tr("Delete for good…"), QKeySequence(Qt::SHIFT | Qt::Key_Delete), [this] {
        commands_.deleteForGood(targetIds());
    });
    selectAll = make(tr("Select all"), QKeySequence::SelectAll, [this] { table_.selectAll(); });

    connect(&table, &LibraryTable::reviewAsked, review, &QAction::trigger);
    connect(&table, &LibraryTable::quickLookAsked, quickLook, &QAction::trigger);
    connect(&table, &LibraryTable::menuAsked, this, &DocumentActions::openMenu);
    refresh();
}

QAction*
DocumentActions::make(const QString& text, const QKeySequence& key, std::function<void()> run) {
    auto* action = new QAction(text, this);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    table_.addAction(action);
    return action;
}

std::vector<storage::LibraryRow> DocumentActions::targets() const {
    std::vector<storage::LibraryRow> rows;
    for (const std::int64_t id : table_.selectedIds()) {
        rows.push_back(model_.item(model_.rowOf(id)).row);
    }
    if (rows.empty() && table_.currentRow() >= 0) {
        rows.push_back(model_.item(table_.currentRow()).row);
    }
    return rows;
}

std::vector<std::int64_t> DocumentActions::targetIds() const {
    std::vector<std::int64_t> ids;
    for (const storage::LibraryRow& row : targets()) {
        ids.push_back(row.documentId);
    }
    return ids;
}

std::vector<storage::LibraryRow> DocumentActions::shownRows() const {
    std::vector<storage::LibraryRow> rows;
    for (int row = 0; row < model_.rowCount(); ++row) {
        rows.push_back(model_.item(row).row);
    }
    return rows;
}

void DocumentActions::refresh() {
    const bool isTrash = model_.filter().list == storage::SmartList::Trash && !model_.isSearching();
    const auto count = int(table_.selectedIds().size());
    const bool hasCurrent = table_.currentRow() >= 0 && table_.currentRow() < model_.rowCount();
    const bool hasAny = count > 0 || hasCurrent;
    review->setEnabled(hasAny && !isTrash);
    quickLook->setEnabled(hasCurrent);
    rename->setEnabled(hasCurrent && !isTrash);
    trash->setEnabled(hasAny && !isTrash);
    exportRuns->setEnabled(!isTrash && model_.rowCount() > 0);
    copyPath->setEnabled(hasAny);
    locate->setEnabled(count <= 1 && hasCurrent && !isTrash);
    restore->setEnabled(hasAny && isTrash);
    deleteForGood->setEnabled(hasAny && isTrash);
    selectAll->setEnabled(model_.rowCount() > 0);
    // In the trash the key that deletes means it.
    trash->setShortcuts(isTrash ? QList<QKeySequence>()
                                : QKeySequence::keyBindings(QKeySequence::Delete));
    deleteForGood->setShortcut(isTrash ? QKeySequence(Qt::Key_Delete)
                                       : QKeySequence(Qt::SHIFT | Qt::Key_Delete));
}

void DocumentActions::openReview() {
    const int row = table_.currentRow();
    if (row < 0 || model_.filter().list == storage::SmartList::Trash) {
        return;
    }
    // Several selected documents are a queue of their own.
    std::vector<std::int64_t> queue = table_.selectedIds();
    if (queue.size() < 2) {
        queue = model_.shownIds();
    }
    commands_.review(model_.item(row).row, queue);
}

void DocumentActions::openQuickLook() {
    if (table_.currentRow() < 0) {
        return;
    }
    if (!look_) {
        look_ = new QuickLook(app_, table_.window());
        connect(look_, &QuickLook::stepAsked, this, [this](int step) {
            const int row = std::clamp(table_.currentRow() + step, 0, model_.rowCount() - 1);
            if (row >= 0) {
                table_.selectOnly(model_.item(row).row.documentId);
                look_->showDocument(model_.item(row).row);
            }
        });
        connect(look_, &QuickLook::reviewAsked, review, &QAction::trigger);
    }
    look_->showDocument(model_.item(table_.currentRow()).row);
}

void DocumentActions::addCollectionsTo(QMenu& menu) {
    const std::vector<std::int64_t> ids = targetIds();
    const auto add = [&](const QString& text, const QString& name) {
        connect(menu.addAction(text), &QAction::triggered, this, [this, ids, name] {
            commands_.moveToCollection(ids, name);
        });
    };
    for (const auto& [name, count] : state_.counts().collections) {
        const QString text = QString::fromStdString(name);
        add(QString(text).replace(QLatin1Char('&'), QStringLiteral("&&")), text);
    }
    if (!menu.isEmpty()) {
        menu.addSeparator();
    }
    add(tr("No collection"), {});
    connect(menu.addAction(tr("New collection…")),
            &QAction::triggered,
            this,
            &DocumentActions::askNewCollection);
}

void DocumentActions::askNewCollection() {
    auto* dialog = new QInputDialog(table_.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("New collection"));
    dialog->setLabelText(tr("Name of the collection"));
    dialog->setOkButtonText(tr("Move"));
    const std::vector<std::int64_t> ids = targetIds();
    connect(dialog, &QInputDialog::textValueSelected, this, [this, ids](const QString& text) {
        if (const QString name = text.simplified(); !name.isEmpty()) {
            commands_.moveToCollection(ids, name);
        }
    });
    dialog->open();
}

void DocumentActions::addTemplatesTo(QMenu& menu) {
    const std::vector<std::int64_t> ids = targetIds();
    for (const CatalogEntry& entry : state_.templates()) {
        QString title = QString::fromStdString(entry.record.title);
        title.replace(QLatin1Char('&'), QStringLiteral("&&"));
        connect(
            menu.addAction(title), &QAction::triggered, this, [this, ids, record = entry.record] {
                app_.jobs.enqueue(ids, record, runKindOf(record));
            });
    }
}

void DocumentActions::openMenu(const QPoint& globalPosition) {
    const std::vector<storage::LibraryRow> rows = targets();
    if (rows.empty()) {
        return;
    }
    refresh();
    auto* menu = new QMenu(&table_);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (model_.filter().list == storage::SmartList::Trash) {
        menu->addAction(restore);
        menu->addAction(quickLook);
        menu->addAction(copyPath);
        menu->addSeparator();
        menu->addAction(deleteForGood);
    } else {
        menu->addAction(review);
        menu->setDefaultAction(review);
        menu->addAction(quickLook);
        QMenu* extract = menu->addMenu(
            rows.size() == 1
                ? tr("Extract with")
                : tr("Extract from %1 with").arg(documentCountText(qint64(rows.size()))));
        addTemplatesTo(*extract);
        if (std::any_of(rows.begin(), rows.end(), canRetry)) {
            menu->addAction(retry);
        }
        menu->addAction(exportRuns);
        menu->addSeparator();
        menu->addAction(rename);
        addCollectionsTo(*menu->addMenu(tr("Move to collection")));
        menu->addAction(copyPath);
        if (rows.size() == 1 && !rows.front().path.empty()) {
            menu->addAction(locate);
        }
        menu->addSeparator();
        menu->addAction(trash);
    }
    menu->addAction(selectAll);
    menu->popup(globalPosition);
}

} // namespace attest::gui
