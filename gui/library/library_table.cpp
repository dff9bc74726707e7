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

// In the order of LibraryModel::Column, at 100 % text size. The document takes what is left.
constexpr std::array<int, LibraryModel::kColumns> kFirstWidths{
    0, 148, 72, 244, 112, 168, 132, 72, 88};
constexpr std::array<int, LibraryModel::kColumns> kLeastWidths{
    200, 104, 64, 124, 96, 148, 116, 64, 80};

// What goes first when the window is too narrow for the text size: the list must not scroll
// sideways for what matters less.
constexpr LibraryModel::Column kGoFirst[] = {LibraryModel::Size,
                                             LibraryModel::Kind,
                                             LibraryModel::Pages,
                                             LibraryModel::Template,
                                             LibraryModel::Added,
                                             LibraryModel::Confidence};
const QString kHidden = QStringLiteral("library/hidden");

} // namespace

LibraryTable::LibraryTable(AppContext& app, LibraryModel& model, QWidget* parent)
    : QTreeView(parent)
    , app_(app)
    , model_(model)
    , widths_(kFirstWidths.begin(), kFirstWidths.end())
    , isHidden_(LibraryModel::kColumns) {
    setAccessibleName(tr("Documents"));
    setItemDelegate(new LibraryDelegate(model, app.theme, this));
    setModel(&model);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setIndentation(0);
    setUniformRowHeights(true);
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
    // Not by indexAt(): the tree view has forgotten its rows when the reset begins.
    const int height = app_.theme.px(measure::kRowTwoLines);
    const int value = verticalScrollBar()->value();
    const int top = value / height;
    keptTop_ = value > 0 && top < model_.rowCount() ? model_.item(top).row.documentId : 0;
    keptOffset_ = value % height;
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
    const int top = model_.rowOf(keptTop_);
    verticalScrollBar()->setValue(
        top < 0 ? 0 : top * app_.theme.px(measure::kRowTwoLines) + keptOffset_);
    isRestoring_ = false;
    emit rowsSelected();
}

void LibraryTable::restoreColumns() {
    QHeaderView* columns = header();
    columns->restoreState(app_.settings.value(kHeader).toByteArray());
    columns->setStretchLastSection(false);
    const QVariantList widths = app_.settings.value(kWidths).toList();
    const QVariantList hidden =
        app_.settings.value(kHidden, QVariantList{LibraryModel::Kind, LibraryModel::Size}).toList();
    for (int i = 1; i < LibraryModel::kColumns; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (i < widths.size()) {
            widths_[at] = std::clamp(widths[i].toDouble(), double(kLeastWidths[at]), 1000.0);
        }
        isHidden_[at] = hidden.contains(i);
    }
    columns->setSectionResizeMode(QHeaderView::Interactive);
    columns->setSectionResizeMode(LibraryModel::Document, QHeaderView::Fixed);
    columns->setTextElideMode(Qt::ElideRight);
    model_.sort(columns->sortIndicatorSection(), columns->sortIndicatorOrder());
}

void LibraryTable::saveColumns() {
    if (isSearchOrder_ || isFitting_) {
        return;
    }
    QVariantList widths;
    QVariantList hidden;
    for (int i = 0; i < LibraryModel::kColumns; ++i) {
        widths << widths_[static_cast<std::size_t>(i)];
        if (isHidden_[static_cast<std::size_t>(i)]) {
            hidden << i;
        }
    }
    app_.settings.setValue(kHeader, header()->saveState());
    app_.settings.setValue(kWidths, widths);
    app_.settings.setValue(kHidden, hidden);
}

void LibraryTable::fitColumns() {
    const double scale = app_.theme.textScale();
    const double room = viewport()->width() - kLeastWidths[0] * scale;
    std::vector<bool> isShown(LibraryModel::kColumns, true);
    double least = 0;
    double wanted = 0;
    for (std::size_t i = 1; i < isShown.size(); ++i) {
        isShown[i] = !isHidden_[i];
        if (isShown[i]) {
            least += kLeastWidths[i] * scale;
            wanted += widths_[i] * scale;
        }
    }
    for (const LibraryModel::Column column : kGoFirst) {
        if (least > room && isShown[column]) {
            isShown[column] = false;
            least -= kLeastWidths[column] * scale;
            wanted -= widths_[column] * scale;
        }
    }
    // Between what is wanted and the least, all give way alike.
    const double share =
        wanted > room && wanted > least ? std::max((room - least) / (wanted - least), 0.0) : 1.0;
    isFitting_ = true;
    int used = 0;
    for (std::size_t i = 1; i < isShown.size(); ++i) {
        const auto section = static_cast<int>(i);
        header()->setSectionHidden(section, !isShown[i]);
        if (isShown[i]) {
            const double full = std::max(widths_[i], double(kLeastWidths[i])) * scale;
            const double small = kLeastWidths[i] * scale;
            const auto width = static_cast<int>(small + (full - small) * share);
            header()->resizeSection(section, width);
            used += width;
        }
    }
    header()->resizeSection(LibraryModel::Document,
                            std::max(viewport()->width() - used, app_.theme.px(kLeastWidths[0])));
    isFitting_ = false;
}

void LibraryTable::openHeaderMenu(const QPoint& position) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int i = 1; i < LibraryModel::kColumns; ++i) {
        QAction* action =
            menu->addAction(model_.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isHidden_[static_cast<std::size_t>(i)]);
        connect(action, &QAction::toggled, this, [this, i](bool isShown) {
            isHidden_[static_cast<std::size_t>(i)] = !isShown;
            fitColumns();
            saveColumns();
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Columns as at first")), &QAction::triggered, this, [this] {
        widths_.assign(kFirstWidths.begin(), kFirstWidths.end());
        for (int i = 0; i < LibraryModel::kColumns; ++i) {
            header()->moveSection(header()->visualIndex(i), i);
            isHidden_[static_cast<std::size_t>(i)] =
                i == LibraryModel::Kind || i == LibraryModel::Size;
        }
        sortByColumn(-1, Qt::DescendingOrder);
        fitColumns();
        saveColumns();
    });
    menu->popup(header()->mapToGlobal(position));
}

} // namespace attest::gui
