#include "gui/pages/sheet_stack.h"

#include <algorithm>
#include <cmath>

namespace attest::gui {

void SheetStack::setSizes(std::vector<QSizeF> sizes) {
    sizes_ = std::move(sizes);
    tops_.assign(sizes_.size(), 0);
    widest_ = 0;
    heights_ = 0;
    for (const QSizeF& size : sizes_) {
        widest_ = std::max(widest_, size.width());
        heights_ += size.height();
    }
}

void SheetStack::setSize(std::size_t sheet, QSizeF size) {
    heights_ += size.height() - sizes_[sheet].height();
    sizes_[sheet] = size;
    widest_ = std::max(widest_, size.width());
}

QSize SheetStack::pixels(std::size_t sheet) const {
    const double scale = zoom_ * frame_.devicePixelRatio;
    // The height follows from the rounded width, as the renderer computes it.
    const double width = std::max(1.0, std::round(sizes_[sheet].width() * scale));
    const double height = std::round(width * sizes_[sheet].height() / sizes_[sheet].width());
    return {static_cast<int>(width), static_cast<int>(std::max(1.0, height))};
}

void SheetStack::layOut(double zoom, const Frame& frame) {
    zoom_ = zoom;
    frame_ = frame;
    const double dpr = frame.devicePixelRatio;
    double top = frame.gap;
    double widest = 0;
    for (std::size_t i = 0; i < sizes_.size(); ++i) {
        const QSize device = pixels(i);
        tops_[i] = std::round(top * dpr) / dpr;
        top = tops_[i] + device.height() / dpr + frame.gap;
        widest = std::max(widest, device.width() / dpr);
    }
    content_ = sizes_.empty() ? QSizeF() : QSizeF(widest + 2 * frame.edge, top);
}

QRectF SheetStack::rect(std::size_t sheet) const {
    const double dpr = frame_.devicePixelRatio;
    const QSizeF size = QSizeF(pixels(sheet)) / dpr;
    const double room = std::max(frame_.viewWidth, content_.width());
    const double left = std::floor((room - size.width()) / 2 * dpr) / dpr;
    return {QPointF(left, tops_[sheet]), size};
}

std::size_t SheetStack::at(double y) const {
    const auto behind =
        std::partition_point(tops_.begin(), tops_.end(), [y](double top) { return top <= y; });
    auto index = static_cast<std::size_t>(behind - tops_.begin());
    index = index == 0 ? 0 : index - 1;
    return index + 1 < tops_.size() && rect(index).bottom() <= y ? index + 1 : index;
}

std::pair<std::size_t, std::size_t> SheetStack::within(double top, double bottom) const {
    if (sizes_.empty()) {
        return {0, 0};
    }
    const std::size_t first = at(top);
    std::size_t last = first;
    while (last < tops_.size() && tops_[last] < bottom) {
        ++last;
    }
    return {first, last};
}

SheetPlace SheetStack::placeAt(QPointF point) const {
    SheetPlace place;
    place.sheet = at(point.y());
    const QRectF sheet = rect(place.sheet);
    const QPointF inside(std::clamp(point.x(), sheet.left(), sheet.right()),
                         std::clamp(point.y(), sheet.top(), sheet.bottom()));
    place.fraction = {(inside.x() - sheet.left()) / sheet.width(),
                      (inside.y() - sheet.top()) / sheet.height()};
    place.beside = point - inside;
    return place;
}

QPointF SheetStack::pointOf(const SheetPlace& place) const {
    const QRectF sheet = rect(std::min(place.sheet, sizes_.size() - 1));
    return QPointF(sheet.left() + place.fraction.x() * sheet.width(),
                   sheet.top() + place.fraction.y() * sheet.height()) +
           place.beside;
}

double SheetStack::heightAt(double zoom, double gap) const {
    return heights_ * zoom + gap * (double(sizes_.size()) + 1);
}

} // namespace attest::gui
