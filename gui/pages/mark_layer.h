// Painted places: where they are on each sheet, which one is under the mouse, how they look.
#pragma once

#include "gui/pages/page_view.h"

#include <QColor>
#include <QPointF>
#include <QRectF>

#include <functional>
#include <map>
#include <optional>
#include <vector>

class QPainter;

namespace attest::gui {

// Lives on the GUI thread. Places are in sheet units.
class MarkLayer {
public:
    using RectsOf = std::function<std::vector<QRectF>(const PageMark&)>;

    // `rectsOf` gives a rectangle per line; it is asked when a sheet is shown.
    explicit MarkLayer(RectsOf rectsOf) : rectsOf_(std::move(rectsOf)) {}

    void setMarks(std::vector<PageMark> marks);

    void setSelected(int id) { selected_ = id; }

    // The sheets' texts have moved.
    void forgetPlaces() { places_.clear(); }

    // The selected one, else the smallest. `reach`: how far beside a mark still counts.
    std::optional<int> at(std::size_t page, QPointF point, double reach);

    struct Look {
        QColor other;
        QColor selected;
        QColor selectedLine;
        QPointF origin;   // of the sheet, in the painter's pixels
        QSizeF scale;     // from sheet units to the painter's pixels
        double pixel = 1; // a logical pixel in the painter's
    };

    void paint(QPainter& painter, std::size_t page, const Look& look);

private:
    struct Place {
        int id = 0;
        std::vector<QRectF> rects;
        double area = 0;
    };

    const std::vector<Place>& placesOn(std::size_t page);

    RectsOf rectsOf_;
    std::vector<PageMark> marks_;
    std::map<std::int32_t, std::vector<std::size_t>> onPage_; // indices into marks_
    int selected_ = -1;
    std::map<std::size_t, std::vector<Place>> places_; // of pages that were shown; largest first
};

// Boxes of one line joined; those of a wrapped place stay apart.
std::vector<QRectF> mergedByLine(const std::vector<QRectF>& rects);

} // namespace attest::gui
