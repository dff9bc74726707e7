#include "gui/pages/mark_layer.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>

#include <algorithm>
#include <cmath>

namespace attest::gui {

namespace {

// Logical pixels.
constexpr double kPadBeside = 2;
constexpr double kPadAbove = 2;
constexpr double kRadius = 3;
constexpr double kOutline = 1.5;

struct Painted {
    QRectF text;   // in the painter's pixels
    QRectF padded; // and on whole ones
    bool isSelected = false;
};

Painted painted(const QRectF& rect, const MarkLayer::Look& look, bool isSelected) {
    Painted one;
    one.isSelected = isSelected;
    one.text = {QPointF(look.origin.x() + rect.left() * look.scale.width(),
                        look.origin.y() + rect.top() * look.scale.height()),
                QSizeF(rect.width() * look.scale.width(), rect.height() * look.scale.height())};
    // Of small type a fixed padding would cover the neighbours.
    const double most = one.text.height() * 0.15;
    const double beside = std::min(kPadBeside * look.pixel, most);
    const double above = std::min(kPadAbove * look.pixel, most);
    one.padded = {
        QPointF(std::floor(one.text.left() - beside), std::floor(one.text.top() - above)),
        QPointF(std::ceil(one.text.right() + beside), std::ceil(one.text.bottom() + above))};
    return one;
}

// Neighbours on a line that do not overlap must not look like one: between them stays a gap.
void keepApart(std::vector<Painted>& all, double pixel) {
    for (Painted& left : all) {
        for (Painted& right : all) {
            const double shared = std::min(left.text.bottom(), right.text.bottom()) -
                                  std::max(left.text.top(), right.text.top());
            const bool areNeighbours = shared > left.text.height() / 2 &&
                                       left.text.right() <= right.text.left() &&
                                       left.padded.right() + pixel > right.padded.left();
            if (areNeighbours) {
                const double middle = (left.text.right() + right.text.left()) / 2;
                left.padded.setRight(std::floor(middle - pixel / 2));
                right.padded.setLeft(left.padded.right() + pixel);
            }
        }
    }
}

QPainterPath pathOf(const std::vector<Painted>& all, bool isSelected, double radius) {
    QPainterPath path;
    path.setFillRule(Qt::WindingFill); // where two overlap the colour is not laid on twice
    for (const Painted& one : all) {
        if (one.isSelected == isSelected) {
            path.addRoundedRect(one.padded, radius, radius);
        }
    }
    return path;
}

} // namespace

std::vector<QRectF> mergedByLine(const std::vector<QRectF>& rects) {
    constexpr double kMostGap = 1.5; // of the line's height
    std::vector<QRectF> merged;
    for (const QRectF& rect : rects) {
        if (!merged.empty()) {
            QRectF& last = merged.back();
            const double overlap =
                std::min(last.bottom(), rect.bottom()) - std::max(last.top(), rect.top());
            const double height = std::min(last.height(), rect.height());
            const double gap = std::max(rect.left() - last.right(), last.left() - rect.right());
            if (overlap > height / 2 && gap < kMostGap * height) {
                last = last.united(rect);
                continue;
            }
        }
        merged.push_back(rect);
    }
    return merged;
}

void MarkLayer::setMarks(std::vector<PageMark> marks) {
    marks_ = std::move(marks);
    places_.clear();
    onPage_.clear();
    for (std::size_t i = 0; i < marks_.size(); ++i) {
        onPage_[marks_[i].span.pageIndex].push_back(i);
    }
}

const std::vector<MarkLayer::Place>& MarkLayer::placesOn(std::size_t page) {
    const auto known = places_.find(page);
    if (known != places_.end()) {
        return known->second;
    }
    std::vector<Place>& places = places_[page];
    const auto here = onPage_.find(static_cast<std::int32_t>(page));
    if (here == onPage_.end()) {
        return places;
    }
    for (const std::size_t index : here->second) {
        Place place{marks_[index].id, mergedByLine(rectsOf_(marks_[index])), 0};
        for (const QRectF& rect : place.rects) {
            place.area += rect.width() * rect.height();
        }
        if (!place.rects.empty()) {
            places.push_back(std::move(place));
        }
    }
    std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return a.area > b.area;
    });
    return places;
}

std::optional<int> MarkLayer::at(std::size_t page, QPointF point, double reach) {
    std::optional<int> found;
    for (const Place& place : placesOn(page)) {
        const bool isHere =
            std::any_of(place.rects.begin(), place.rects.end(), [&](const QRectF& rect) {
                return rect.adjusted(-reach, -reach, reach, reach).contains(point);
            });
        if (isHere && place.id == selected_) {
            return place.id;
        }
        if (isHere) {
            found = place.id; // smaller ones come later
        }
    }
    return found;
}

void MarkLayer::paint(QPainter& painter, std::size_t page, const Look& look) {
    const std::vector<Place>& places = placesOn(page);
    if (places.empty()) {
        return;
    }
    std::vector<Painted> all;
    bool hasSelected = false;
    for (const Place& place : places) {
        hasSelected = hasSelected || place.id == selected_;
        for (const QRectF& rect : place.rects) {
            all.push_back(painted(rect, look, place.id == selected_));
        }
    }
    keepApart(all, look.pixel);
    const QPainterPath selectedPath = pathOf(all, true, kRadius * look.pixel);
    QPainterPath otherPath = pathOf(all, false, kRadius * look.pixel);
    if (hasSelected && otherPath.intersects(selectedPath.boundingRect())) {
        otherPath = otherPath.subtracted(selectedPath); // the selected colour stays pure
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setCompositionMode(QPainter::CompositionMode_Multiply);
    painter.fillPath(otherPath, look.other);
    painter.fillPath(selectedPath, look.selected);
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.setPen(QPen(look.selectedLine, kOutline * look.pixel));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(selectedPath.simplified());
    painter.restore();
}

} // namespace attest::gui
