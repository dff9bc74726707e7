#include "gui/review/field_list.h"

#include "gui/review/field_delegate.h"
#include "gui/review/row_controls.h"
#include "gui/theme/theme.h"

#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>

namespace attest::gui {

FieldList::FieldList(const ReviewActions& actions, const Theme& theme, QWidget* parent)
    : QListView(parent)
    , theme_(theme)
    , rows_(new FieldListModel(this))
    , delegate_(new FieldDelegate(*rows_, theme, this))
    , controls_(new RowControls(actions, theme, viewport())) {
    setAccessibleName(tr("Fields"));
    setModel(rows_);
    setItemDelegate(delegate_);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    controls_->hide();
    connect(controls_, &RowControls::submitted, this, &FieldList::editSubmitted);
    connect(controls_, &RowControls::editingEnded, this, [this] {
        setFocus();
        showControls();
    });
    connect(controls_, &RowControls::heightChanged, this, &FieldList::relayout);
    connect(controls_, &RowControls::toggleRequested, this, &FieldList::toggleCurrentRecord);
    connect(&theme, &Theme::changed, this, &FieldList::relayout);
}

// A reset takes the current row and the place in the list away: both come back by name.
template <typename Change>
void FieldList::keepingCurrent(Change change) {
    const std::string pointer = current_;
    const int scrolled = verticalScrollBar()->value();
    isChanging_ = true;
    change();
    QModelIndex index = rows_->indexOfField(pointer);
    if (!index.isValid()) {
        index = rows_->indexOfRecord(pointer);
    }
    setCurrentIndex(index);
    isChanging_ = false;
    if (!index.isValid()) {
        current_.clear();
    }
    showControls();
    doItemsLayout();
    verticalScrollBar()->setValue(scrolled);
    placeControls();
    if (!index.isValid()) {
        emit currentMoved();
    }
}

void FieldList::setReview(const ReviewModel* review,
                          const std::vector<storage::PageRecord>* pages) {
    controls_->stopEditing();
    current_.clear();
    isChanging_ = true;
    rows_->setReview(review, pages);
    isChanging_ = false;
    showControls();
}

void FieldList::refresh() {
    keepingCurrent([this] { rows_->refresh(); });
}

void FieldList::rebuild() {
    keepingCurrent([this] { rows_->rebuild(); });
}

void FieldList::setOrder(FieldOrder order) {
    keepingCurrent([this, order] { rows_->setOrder(order); });
    scrollTo(currentIndex());
}

std::string FieldList::currentPointer() const {
    return current_;
}

std::optional<std::size_t> FieldList::currentField() const {
    const FieldRow* row = rows_->rowAt(currentIndex());
    return row != nullptr && row->kind == RowKind::Value ? std::optional(row->field) : std::nullopt;
}

std::optional<std::size_t> FieldList::currentRecord() const {
    const FieldRow* row = rows_->rowAt(currentIndex());
    return row != nullptr && row->kind == RowKind::Header ? std::optional(row->record)
                                                          : std::nullopt;
}

bool FieldList::setCurrent(const std::string& pointer) {
    if (rows_->review() == nullptr) {
        return false;
    }
    QModelIndex index = rows_->indexOfField(pointer);
    if (!index.isValid() && rows_->review()->fieldAt(pointer)) {
        keepingCurrent([&] { rows_->reveal(pointer); });
        index = rows_->indexOfField(pointer);
    }
    if (!index.isValid()) {
        index = rows_->indexOfRecord(pointer);
    }
    if (!index.isValid()) {
        return false;
    }
    setCurrentIndex(index);
    return true;
}

void FieldList::setPlaces(int current, int count, bool isElsewhere) {
    const QLocale locale;
    stepper_.clear();
    if (count > 1) {
        stepper_ = current > 0 ? tr("%1 / %2").arg(locale.toString(current), locale.toString(count))
                               : tr("%n places", nullptr, count);
    }
    controls_->setPlaces(count, isElsewhere);
}

void FieldList::startEditing() {
    if (const auto field = currentField()) {
        controls_->startEditing(*rows_->review(), *field);
        scrollTo(currentIndex());
    }
}

bool FieldList::isEditing() const {
    return controls_->isEditing();
}

void FieldList::toggleCurrentRecord() {
    if (const auto record = currentRecord()) {
        const bool isExpanded = rows_->isExpanded(*record);
        keepingCurrent([&] { rows_->setExpanded(*record, !isExpanded); });
    }
}

QPoint FieldList::menuPosition() const {
    const QWidget* button = controls_->notStatedButton();
    return button->isVisible() ? button->mapToGlobal(QPoint(0, button->height()))
                               : viewport()->mapToGlobal(visualRect(currentIndex()).center());
}

void FieldList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (isChanging_) {
        return;
    }
    controls_->stopEditing();
    const FieldRow* row = rows_->rowAt(current);
    current_.clear();
    if (row != nullptr) {
        current_ = row->kind == RowKind::Header ? rows_->review()->records()[row->record].pointer
                                                : rows_->review()->fields()[row->field].pointer;
    }
    stepper_.clear();
    showControls();
    if (current.isValid()) {
        scrollTo(current);
    }
    emit currentMoved();
}

void FieldList::showControls() {
    if (controls_->isEditing()) {
        return;
    }
    const FieldRow* row = rows_->rowAt(currentIndex());
    const bool isShown = row != nullptr && row->kind != RowKind::Computed;
    controls_->setVisible(isShown);
    if (!isShown) {
        relayout();
    } else if (row->kind == RowKind::Header) {
        controls_->showRecord(*rows_->review(), row->record, rows_->isExpanded(row->record));
    } else {
        controls_->showValue(*rows_->review(), row->field);
    }
}

void FieldList::relayout() {
    const bool hasControls = currentIndex().isValid() && !controls_->isHidden();
    delegate_->setCurrent(
        currentIndex(),
        hasControls ? controls_->heightFor(delegate_->controlsWidth(viewport()->width())) : 0,
        stepper_);
    scheduleDelayedItemsLayout();
    viewport()->update();
}

void FieldList::placeControls() {
    if (controls_->isHidden() || !currentIndex().isValid()) {
        return;
    }
    const QRect area = delegate_->controlsArea(visualRect(currentIndex()), currentIndex());
    if (controls_->geometry() != area) {
        controls_->setGeometry(area);
    }
}

void FieldList::updateGeometries() {
    QListView::updateGeometries();
    placeControls();
}

void FieldList::scrollContentsBy(int dx, int dy) {
    QListView::scrollContentsBy(dx, dy);
    placeControls();
}

void FieldList::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    relayout();
}

void FieldList::paintEvent(QPaintEvent* event) {
    placeControls();
    QListView::paintEvent(event);
    if (hasFocus() && currentIndex().isValid()) {
        QPainter painter(viewport());
        QPen pen(theme_.color(Token::Accent), 2);
        pen.setJoinStyle(Qt::MiterJoin);
        painter.setPen(pen);
        painter.drawRect(visualRect(currentIndex()).adjusted(1, 1, -1, -2));
    }
}

QModelIndex FieldList::neighbour(int from, int step) const {
    for (int row = from + step; row >= 0 && row < rows_->rowCount(); row += step) {
        const QModelIndex index = rows_->index(row);
        if (rows_->flags(index).testFlag(Qt::ItemIsSelectable)) {
            return index;
        }
    }
    return {};
}

void FieldList::keyPressEvent(QKeyEvent* event) {
    const auto command = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    if ((event->modifiers() & command) != Qt::NoModifier) {
        event->ignore();
        return;
    }
    const auto record = currentRecord();
    const auto move = [this](int from, int step) {
        const QModelIndex index = neighbour(from, step);
        if (index.isValid()) {
            setCurrentIndex(index);
        }
    };
    switch (event->key()) {
    case Qt::Key_Down:
        move(currentIndex().row(), 1);
        return;
    case Qt::Key_Up:
        move(currentIndex().isValid() ? currentIndex().row() : rows_->rowCount(), -1);
        return;
    case Qt::Key_Home:
        move(-1, 1);
        return;
    case Qt::Key_End:
        move(rows_->rowCount(), -1);
        return;
    case Qt::Key_Right:
        if (record && !rows_->isExpanded(*record)) {
            toggleCurrentRecord();
        }
        return;
    case Qt::Key_Left:
        if (record) {
            if (rows_->isExpanded(*record)) {
                toggleCurrentRecord();
            }
        } else if (const auto field = currentField()) {
            setCurrent(
                rows_->review()->records()[rows_->review()->fields()[*field].record].pointer);
        }
        return;
    case Qt::Key_Space:
        toggleCurrentRecord();
        return;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        emit pageStepRequested(event->key() == Qt::Key_PageDown ? 1 : -1);
        return;
    default:
        event->ignore(); // letters are commands, never a search
    }
}

bool FieldList::focusNextPrevChild(bool isNext) {
    const QModelIndex index = neighbour(currentIndex().row(), isNext ? 1 : -1);
    if (!hasFocus() || !index.isValid()) {
        return QListView::focusNextPrevChild(isNext);
    }
    setCurrentIndex(index);
    return true;
}

void FieldList::mouseDoubleClickEvent(QMouseEvent* event) {
    QListView::mouseDoubleClickEvent(event);
    if (currentRecord()) {
        toggleCurrentRecord();
    } else {
        startEditing();
    }
}

} // namespace attest::gui
