#include "gui/review/flow_layout.h"

#include <QWidget>

#include <algorithm>

namespace attest::gui {

FlowLayout::FlowLayout(QWidget* parent) : QLayout(parent) {}

FlowLayout::~FlowLayout() {
    for (QLayoutItem* item : items_) {
        delete item;
    }
}

void FlowLayout::addItem(QLayoutItem* item) {
    items_.push_back(item);
}

int FlowLayout::count() const {
    return static_cast<int>(items_.size());
}

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    QLayoutItem* item = itemAt(index);
    if (item != nullptr) {
        items_.erase(items_.begin() + index);
    }
    return item;
}

int FlowLayout::heightForWidth(int width) const {
    return place(QRect(0, 0, width, 0), true);
}

QSize FlowLayout::sizeHint() const {
    return minimumSize();
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const QLayoutItem* item : items_) {
        if (!item->isEmpty()) {
            size = size.expandedTo(item->minimumSize());
        }
    }
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect& area) {
    QLayout::setGeometry(area);
    place(area, false);
}

int FlowLayout::place(const QRect& area, bool isTrial) const {
    const QRect inside = area.marginsRemoved(contentsMargins());
    const int gap = std::max(spacing(), 0);
    int x = inside.left();
    int y = inside.top();
    int lineHeight = 0;
    QLayoutItem* last = nullptr;
    for (QLayoutItem* item : items_) {
        if (item->isEmpty()) {
            continue;
        }
        QSize size = item->sizeHint();
        size.setWidth(std::min(size.width(), inside.width()));
        if (x > inside.left() && x + size.width() > inside.right() + 1) {
            x = inside.left();
            y += lineHeight + gap;
            lineHeight = 0;
        }
        last = item;
        if (!isTrial) {
            item->setGeometry(QRect(QPoint(x, y), size));
        }
        x += size.width() + gap;
        lineHeight = std::max(lineHeight, size.height());
    }
    if (isSpread_ && !isTrial && last != nullptr && y == inside.top()) {
        QRect place = last->geometry();
        place.moveRight(inside.right());
        last->setGeometry(place);
    }
    return y + lineHeight - area.top() + contentsMargins().bottom();
}

} // namespace attest::gui
