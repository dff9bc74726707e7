#include "gui/library/side_bar.h"

#include "gui/library/document_commands.h"
#include "gui/library/library_model.h"
#include "gui/library/library_state.h"
#include "gui/library/library_text.h"
#include "gui/library/side_bar_delegate.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QContextMenuEvent>
#include <QDropEvent>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QMimeData>

#include <algorithm>
#include <map>

namespace attest::gui {

namespace {

using storage::SmartList;

constexpr SmartList kLists[] = {SmartList::Inbox,
                                SmartList::ToReview,
                                SmartList::Reviewed,
                                SmartList::Failed,
                                SmartList::All,
                                SmartList::Trash};

qint64 countOf(const storage::LibraryCounts& counts, SmartList list) {
    switch (list) {
    case SmartList::Inbox:
        return counts.inbox;
    case SmartList::ToReview:
        return counts.toReview;
    case SmartList::Reviewed:
        return counts.reviewed;
    case SmartList::Failed:
        return counts.failed;
    case SmartList::All:
        return counts.all;
    case SmartList::Trash:
        return counts.trash;
    }
    return 0;
}

} // namespace

SideBar::SideBar(AppContext& app, LibraryState& state, DocumentCommands& commands, QWidget* parent)
    : QListWidget(parent), app_(app), state_(state), commands_(commands) {
    setRole(this, "sidebar");
    setAccessibleName(tr("Lists and pages"));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::NoSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAcceptDrops(true);
    setTabKeyNavigation(false);
    viewport()->setAttribute(Qt::WA_Hover);
    setItemDelegate(new SideBarDelegate(app.theme, this));

    connect(this, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { open(item); });
    connect(&state, &LibraryState::countsChanged, this, &SideBar::rebuild);
    connect(&state, &LibraryState::jobCountChanged, this, &SideBar::refreshCounts);
    connect(&state, &LibraryState::templatesChanged, this, &SideBar::refreshCounts);
    connect(
        &app.navigator, &Navigator::pageRequested, this, [this](PageId page) { setPage(page); });
    connect(&app.theme, &Theme::changed, this, [this] {
        updateGeometry();
        scheduleDelayedItemsLayout();
    });
    rebuild();
}

QSize SideBar::sizeHint() const {
    // Large text in a small window: the list of documents needs the room more.
    const int room = window() == nullptr ? 0 : window()->width();
    const int wanted = app_.theme.px(measure::kSideBar);
    return {room > 0 ? std::min(wanted, std::max(room * 27 / 100, measure::kSideBar)) : wanted, 0};
}

QSize SideBar::minimumSizeHint() const {
    return {sizeHint().width(), 0};
}

void SideBar::resizeEvent(QResizeEvent* event) {
    QListWidget::resizeEvent(event);
    if (sizeHint().width() != width()) {
        updateGeometry();
    }
}

void SideBar::setPage(PageId page) {
    page_ = page;
    refreshChosen();
}

void SideBar::rebuild() {
    // Only when the collections changed; else the counts are enough.
    QStringList wanted;
    for (const auto& [name, count] : state_.counts().collections) {
        wanted << QString::fromStdString(name);
    }
    QStringList shown;
    for (int i = 0; i < count(); ++i) {
        if (sideBarKind(*item(i)) == SideBarKind::Collection) {
            shown << item(i)->data(kSideBarCollection).toString();
        }
    }
    if (count() > 0 && wanted == shown) {
        refreshCounts();
        return;
    }
    const int current = currentRow();
    clear();
    const auto add = [this](const QString& text, SideBarKind kind) {
        auto* entry = new QListWidgetItem(text, this);
        entry->setData(kSideBarKind, int(kind));
        return entry;
    };
    const auto addHeading = [&](const QString& text) {
        add(text, SideBarKind::Heading)->setFlags(Qt::NoItemFlags);
    };
    const auto addPage = [&](const QString& text, PageId page) {
        add(text, SideBarKind::Page)->setData(kSideBarPage, int(page));
    };
    addHeading(tr("Library"));
    for (const SmartList list : kLists) {
        add(listTitle(list), SideBarKind::List)->setData(kSideBarList, int(list));
    }
    if (!wanted.isEmpty()) {
        addHeading(tr("Collections"));
        for (const QString& name : wanted) {
            QListWidgetItem* entry = add(name, SideBarKind::Collection);
            entry->setData(kSideBarCollection, name);
            entry->setToolTip(name);
        }
    }
    addHeading(tr("Work"));
    addPage(tr("Results"), PageId::Results);
    addPage(tr("Templates"), PageId::Templates);
    addPage(tr("Models"), PageId::Models);
    addPage(tr("Evaluation"), PageId::Evaluation);
    addPage(tr("Jobs"), PageId::Jobs);
    if (current >= 0) {
        setCurrentRow(std::min(current, count() - 1));
    }
    refreshCounts();
    refreshChosen();
}

void SideBar::refreshCounts() {
    const storage::LibraryCounts& counts = state_.counts();
    std::map<QString, qint64> collections;
    for (const auto& [name, number] : counts.collections) {
        collections[QString::fromStdString(name)] = number;
    }
    for (int i = 0; i < count(); ++i) {
        QListWidgetItem* entry = item(i);
        qint64 number = -1; // none is shown
        bool isDocuments = true;
        switch (sideBarKind(*entry)) {
        case SideBarKind::Heading:
            continue;
        case SideBarKind::List:
            number = state_.isCounted()
                         ? countOf(counts, SmartList(entry->data(kSideBarList).toInt()))
                         : -1;
            break;
        case SideBarKind::Collection:
            number = collections[entry->data(kSideBarCollection).toString()];
            break;
        case SideBarKind::Page:
            isDocuments = false;
            switch (PageId(entry->data(kSideBarPage).toInt())) {
            case PageId::Templates:
                number = qint64(state_.templates().size());
                break;
            case PageId::Models:
                number = state_.modelCount();
                break;
            case PageId::Jobs:
                number = state_.jobCount();
                break;
            default:
                break;
            }
            break;
        }
        if (entry->data(kSideBarCount).isValid() && entry->data(kSideBarCount) == number) {
            continue;
        }
        entry->setData(kSideBarCount, number);
        const QString spoken =
            number < 0    ? entry->text()
            : isDocuments ? entry->text() + QStringLiteral(", ") + documentCountText(number)
                          : QStringLiteral("%1, %2").arg(entry->text(), QLocale().toString(number));
        entry->setData(Qt::AccessibleTextRole, spoken);
    }
}

void SideBar::refreshChosen() {
    const QString& collection = app_.navigator.libraryCollection();
    for (int i = 0; i < count(); ++i) {
        QListWidgetItem* entry = item(i);
        bool isChosen = false;
        switch (sideBarKind(*entry)) {
        case SideBarKind::Heading:
            continue;
        case SideBarKind::List:
            isChosen = page_ == PageId::Library && collection.isEmpty() &&
                       entry->data(kSideBarList).toInt() == int(app_.navigator.libraryList());
            break;
        case SideBarKind::Collection:
            isChosen = page_ == PageId::Library &&
                       entry->data(kSideBarCollection).toString() == collection;
            break;
        case SideBarKind::Page:
            isChosen = entry->data(kSideBarPage).toInt() == int(page_);
            break;
        }
        entry->setData(kSideBarChosen, isChosen);
        if (isChosen && !hasFocus()) {
            setCurrentItem(entry);
        }
    }
}

void SideBar::open(const QListWidgetItem* item) {
    if (item == nullptr) {
        return;
    }
    switch (sideBarKind(*item)) {
    case SideBarKind::Heading:
        return;
    case SideBarKind::List:
        state_.setSearchText({});
        app_.navigator.openLibrary(SmartList(item->data(kSideBarList).toInt()));
        return;
    case SideBarKind::Collection:
        state_.setSearchText({});
        app_.navigator.openLibrary(SmartList::All, item->data(kSideBarCollection).toString());
        return;
    case SideBarKind::Page:
        app_.navigator.openPage(PageId(item->data(kSideBarPage).toInt()));
        return;
    }
}

void SideBar::moveCurrent(int step) {
    int row = currentRow();
    do {
        row += step;
        if (row < 0 || row >= count()) {
            return;
        }
    } while (sideBarKind(*item(row)) == SideBarKind::Heading);
    setCurrentRow(row);
    scrollToItem(item(row));
}

void SideBar::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        open(currentItem());
        return;
    case Qt::Key_Up:
        moveCurrent(-1);
        return;
    case Qt::Key_Down:
        moveCurrent(1);
        return;
    case Qt::Key_F2:
        if (currentItem() != nullptr && sideBarKind(*currentItem()) == SideBarKind::Collection) {
            renameCollection(currentItem()->data(kSideBarCollection).toString());
        }
        return;
    default:
        QListWidget::keyPressEvent(event);
    }
}

void SideBar::focusInEvent(QFocusEvent* event) {
    QListWidget::focusInEvent(event);
    if (currentRow() < 0) {
        moveCurrent(1);
    }
    viewport()->update();
}

void SideBar::contextMenuEvent(QContextMenuEvent* event) {
    const QListWidgetItem* entry =
        event->reason() == QContextMenuEvent::Keyboard ? currentItem() : itemAt(event->pos());
    if (entry == nullptr || sideBarKind(*entry) == SideBarKind::Heading) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int row = this->row(entry);
    connect(
        menu->addAction(tr("Open")), &QAction::triggered, this, [this, row] { open(item(row)); });
    if (sideBarKind(*entry) == SideBarKind::Collection) {
        const QString name = entry->data(kSideBarCollection).toString();
        QAction* rename = menu->addAction(tr("Rename…"));
        rename->setShortcut(QKeySequence(Qt::Key_F2));
        connect(rename, &QAction::triggered, this, [this, name] { renameCollection(name); });
    }
    menu->popup(event->reason() == QContextMenuEvent::Keyboard
                    ? viewport()->mapToGlobal(visualItemRect(entry).center())
                    : event->globalPos());
}

void SideBar::renameCollection(const QString& name) {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename collection"));
    dialog->setLabelText(tr("Name of the collection"));
    dialog->setTextValue(name);
    dialog->setOkButtonText(tr("Rename"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, name](const QString& text) {
        commands_.renameCollection(name, text);
    });
    dialog->open();
}

QListWidgetItem* SideBar::dropTarget(const QPoint& position) const {
    QListWidgetItem* entry = itemAt(position);
    if (entry == nullptr) {
        return nullptr;
    }
    const bool isTrash = sideBarKind(*entry) == SideBarKind::List &&
                         entry->data(kSideBarList).toInt() == int(SmartList::Trash);
    return isTrash || sideBarKind(*entry) == SideBarKind::Collection ? entry : nullptr;
}

void SideBar::dragEnterEvent(QDragEnterEvent* event) {
    // Files go on to the window, which takes them anywhere.
    if (event->mimeData()->hasFormat(QLatin1String(LibraryModel::kMimeType))) {
        event->acceptProposedAction();
    } else {
        event->ignore();
    }
}

void SideBar::dragMoveEvent(QDragMoveEvent* event) {
    if (!event->mimeData()->hasFormat(QLatin1String(LibraryModel::kMimeType))) {
        event->ignore();
        return;
    }
    QListWidgetItem* target = dropTarget(event->position().toPoint());
    setProperty("dropRow", target == nullptr ? -1 : row(target));
    viewport()->update();
    event->setAccepted(target != nullptr);
}

void SideBar::dragLeaveEvent(QDragLeaveEvent*) {
    setProperty("dropRow", -1);
    viewport()->update();
}

void SideBar::dropEvent(QDropEvent* event) {
    setProperty("dropRow", -1);
    viewport()->update();
    const QListWidgetItem* target = dropTarget(event->position().toPoint());
    const std::vector<std::int64_t> ids = documentIdsOf(*event->mimeData());
    if (target == nullptr || ids.empty()) {
        event->ignore();
        return;
    }
    event->acceptProposedAction();
    if (sideBarKind(*target) == SideBarKind::Collection) {
        commands_.moveToCollection(ids, target->data(kSideBarCollection).toString());
    } else {
        commands_.moveToTrash(ids);
    }
}

} // namespace attest::gui
