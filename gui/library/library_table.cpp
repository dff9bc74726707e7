#include "gui/library/library_table.h"

#include "gui/app/settings.h"
#include "gui/library/library_delegate.h"
#include "gui/library/library_model.h"
#include "gui/theme/theme.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QItemSelection>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>
#include <array>
#include <utility>

namespace attest::gui {

namespace {

const QString kHeader = QStringLiteral("library/columns");
const QString kWidths = QStringLiteral("library/widths");

// In the order of LibraryModel::Column. The document takes what is left.
constexpr std::array<int, LibraryModel::kColumns> kFirstWidths{
    0, 156, 72, 212, 92, 164, 128, 72, 84};
constexpr int kLeastDocument = 200;
constexpr int kLeastColumn = 64;

} // namespace

LibraryTable::LibraryTable(AppContext& app, LibraryModel& model, QWidget* parent)
    : QTreeView(parent)
    , app_(app)
    , model_(model)
    , widths_(kFirstWidths.begin(), kFirstWidths.end()) {
    setAccessibleName(tr("Documents"));
    setItemDelegate(new LibraryDelegate(model, app.theme, this));
    setModel(&model);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setIndentation(0);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    viewport()->setAttribute(Qt::WA_Hover);
    setFrameShape(QFrame::NoFrame);

    QHeaderView* columns = header();
    columns->setAccessibleName(tr("Columns"));
    columns->setSectionsMovable(true);
    columns->setStretchLastSection(false);
    columns->setSortIndicatorClearable(true);
    columns->setContextMenuPolicy(Qt::CustomContextMenu);
    columns->setHighlightSections(false);
    columns->setSortIndicator(-1, Qt::DescendingOrder);
    setSortingEnabled(true);
    restoreColumns();

    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &LibraryTable::rememberRows);
    connect(&model, &QAbstractItemModel::modelReset, this, &LibraryTable::restoreRows);
    connect(columns, &QWidget::customContextMenuRequested, this, &LibraryTable::openHeaderMenu);
    connect(columns, &QHeaderView::sectionMoved, this, &LibraryTable::saveColumns);
    connect(columns, &QHeaderView::sortIndicatorChanged, this, &LibraryTable::saveColumns);
    connect(columns, &QHeaderView::sectionResized, this, [this](int section, int, int width) {
        if (!isFitting_ && section != LibraryModel::Document && width > 0) {
            widths_[std::size_t(section)] = width / app_.theme.textScale();
            fitColumns();
            saveColumns();
        }
    });
    connect(&app.theme, &Theme::changed, this, [this] {
        fitColumns();
        scheduleDelayedItemsLayout();
    });
}

std::vector<std::int64_t> LibraryTable::selectedIds() const {
    std::vector<int> rows;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            rows.push_back(row);
        }
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::vector<std::int64_t> ids;
    ids.reserve(rows.size());
    for (const int row : rows) {
        ids.push_back(model_.item(row).row.documentId);
    }
    return ids;
}

int LibraryTable::currentRow() const {
    return currentIndex().isValid() ? currentIndex().row() : -1;
}

void LibraryTable::selectOnly(std::int64_t documentId) {
    const int row = model_.rowOf(documentId);
    if (row < 0) {
        return;
    }
    const QModelIndex index = model_.index(row, 0);
    selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void LibraryTable::editName() {
    if (currentRow() >= 0) {
        edit(model_.index(currentRow(), LibraryModel::Document));
    }
}

void LibraryTable::setSearchOrder(bool isSearching) {
    if (isSearching == isSearchOrder_) {
        return;
    }
    QHeaderView* columns = header();
    if (isSearching) {
        listSortColumn_ = columns->sortIndicatorSection();
        listSortOrder_ = columns->sortIndicatorOrder();
    }
    isSearchOrder_ = isSearching;
    if (isSearching) {
        sortByColumn(-1, Qt::DescendingOrder);
    } else {
        sortByColumn(listSortColumn_, listSortOrder_);
    }
}

void LibraryTable::keyPressEvent(QKeyEvent* event) {
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (!isEditing()) {
        if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
            modifiers == Qt::NoModifier) {
            emit reviewAsked();
            return;
        }
        if (event->key() == Qt::Key_Space && modifiers == Qt::NoModifier) {
            emit quickLookAsked();
            return;
        }
        if (event->key() == Qt::Key_Escape && modifiers == Qt::NoModifier) {
            emit searchLeft();
            return;
        }
        const QString text = event->text();
        if (!text.isEmpty() && text.front().isPrint() && !text.front().isSpace() &&
            !(modifiers & ~Qt::ShiftModifier)) {
            emit typed(text);
            return;
        }
    }
    QTreeView::keyPressEvent(event);
}

void LibraryTable::mouseDoubleClickEvent(QMouseEvent* event) {
    QTreeView::mouseDoubleClickEvent(event);
    if (event->button() == Qt::LeftButton && indexAt(event->position().toPoint()).isValid()) {
        emit reviewAsked();
    }
}

void LibraryTable::contextMenuEvent(QContextMenuEvent* event) {
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid()) {
        position = viewport()->mapToGlobal(visualRect(currentIndex()).center());
    }
    emit menuAsked(position);
}

void LibraryTable::resizeEvent(QResizeEvent* event) {
    QTreeView::resizeEvent(event);
    fitColumns();
}

void LibraryTable::focusInEvent(QFocusEvent* event) {
    QTreeView::focusInEvent(event);
    if (currentRow() < 0 && model_.rowCount() > 0) {
        selectionModel()->setCurrentIndex(model_.index(0, 0), QItemSelectionModel::NoUpdate);
    }
    viewport()->update();
}

void LibraryTable::focusOutEvent(QFocusEvent* event) {
    QTreeView::focusOutEvent(event);
    viewport()->update();
}

void LibraryTable::selectionChanged(const QItemSelection& selected,
                                    const QItemSelection& deselected) {
    QTreeView::selectionChanged(selected, deselected);
    if (!isRestoring_) {
        emit rowsSelected();
    }
}

void LibraryTable::rememberRows() {
    keptSelection_ = selectedIds();
    keptCurrentRow_ = currentRow();
    keptCurrent_ = keptCurrentRow_ < 0 ? 0 : model_.item(keptCurrentRow_).row.documentId;
    const QModelIndex top = indexAt(QPoint(1, 1));
    const bool isScrolled = verticalScrollBar()->value() > 0;
    keptTop_ = isScrolled && top.isValid() ? model_.item(top.row()).row.documentId : 0;
    isRestoring_ = true;
}

void LibraryTable::restoreRows() {
    QItemSelection selection;
    int first = -1;
    int last = -1;
    const auto add = [&] {
        if (first >= 0) {
            selection.select(model_.index(first, 0),
                             model_.index(last, LibraryModel::kColumns - 1));
        }
    };
    std::vector<int> rows;
    for (const std::int64_t id : keptSelection_) {
        if (const int row = model_.rowOf(id); row >= 0) {
            rows.push_back(row);
        }
    }
    std::sort(rows.begin(), rows.end());
    for (const int row : rows) { // in runs: 10,000 single ranges would be slow
        if (first >= 0 && row == last + 1) {
            last = row;
        } else {
            add();
            first = last = row;
        }
    }
    add();
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);

    int current = model_.rowOf(keptCurrent_);
    if (current < 0 && keptCurrentRow_ >= 0) { // it went away: the one that took its place
        current = std::min(keptCurrentRow_, model_.rowCount() - 1);
    }
    if (current >= 0) {
        selectionModel()->setCurrentIndex(model_.index(current, 0), QItemSelectionModel::NoUpdate);
    }
    executeDelayedItemsLayout();
    if (const int top = model_.rowOf(keptTop_); top >= 0) {
        scrollTo(model_.index(top, 0), QAbstractItemView::PositionAtTop);
    } else {
        scrollToTop();
    }
    isRestoring_ = false;
    emit rowsSelected();
}

void LibraryTable::restoreColumns() {
    QHeaderView* columns = header();
    for (const int hidden : {LibraryModel::Kind, LibraryModel::Size}) {
        columns->setSectionHidden(hidden, true);
    }
    columns->restoreState(app_.settings.value(kHeader).toByteArray());
    columns->setStretchLastSection(false);
    const QVariantList widths = app_.settings.value(kWidths).toList();
    for (int i = 1; i < LibraryModel::kColumns && i < widths.size(); ++i) {
        widths_[std::size_t(i)] = std::clamp(widths[i].toDouble(), double(kLeastColumn), 1000.0);
    }
    columns->setSectionHidden(LibraryModel::Document, false);
    columns->setSectionResizeMode(QHeaderView::Interactive);
    columns->setSectionResizeMode(LibraryModel::Document, QHeaderView::Fixed);
    model_.sort(columns->sortIndicatorSection(), columns->sortIndicatorOrder());
}

void LibraryTable::saveColumns() {
    if (isSearchOrder_ || isFitting_) {
        return;
    }
    app_.settings.setValue(kHeader, header()->saveState());
    QVariantList widths;
    for (const double width : widths_) {
        widths << width;
    }
    app_.settings.setValue(kWidths, widths);
}

void LibraryTable::fitColumns() {
    // Large text in a small window: the columns give way before the list has to scroll sideways.
    QHeaderView* columns = header();
    const Theme& theme = app_.theme;
    double wanted = 0;
    for (int i = 1; i < LibraryModel::kColumns; ++i) {
        wanted += columns->isSectionHidden(i) ? 0 : widths_[std::size_t(i)] * theme.textScale();
    }
    const double room = viewport()->width() - theme.px(kLeastDocument);
    const double share = wanted > room && wanted > 0 ? std::max(room / wanted, 0.0) : 1.0;
    isFitting_ = true;
    int used = 0;
    for (int i = 1; i < LibraryModel::kColumns; ++i) {
        if (columns->isSectionHidden(i)) {
            continue;
        }
        const int width = std::max(int(widths_[std::size_t(i)] * theme.textScale() * share),
                                   theme.px(kLeastColumn));
        columns->resizeSection(i, width);
        used += width;
    }
    columns->resizeSection(LibraryModel::Document,
                           std::max(viewport()->width() - used, theme.px(kLeastDocument)));
    isFitting_ = false;
}

void LibraryTable::openHeaderMenu(const QPoint& position) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int i = 1; i < LibraryModel::kColumns; ++i) {
        QAction* action =
            menu->addAction(model_.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!header()->isSectionHidden(i));
        connect(action, &QAction::toggled, this, [this, i](bool isShown) {
            header()->setSectionHidden(i, !isShown);
            fitColumns();
            saveColumns();
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Columns as at first")), &QAction::triggered, this, [this] {
        app_.settings.setValue(kHeader, QByteArray());
        app_.settings.setValue(kWidths, QVariantList());
        widths_.assign(kFirstWidths.begin(), kFirstWidths.end());
        for (int i = 0; i < LibraryModel::kColumns; ++i) {
            header()->moveSection(header()->visualIndex(i), i);
            header()->setSectionHidden(i, i == LibraryModel::Kind || i == LibraryModel::Size);
        }
        sortByColumn(-1, Qt::DescendingOrder);
        fitColumns();
    });
    menu->popup(header()->mapToGlobal(position));
}

} // namespace attest::gui
