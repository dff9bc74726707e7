// Sheets below each other, centred, at a zoom: where each lies.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QSizeF>

#include <cstddef>
#include <utility>
#include <vector>

namespace attest::gui {

// A place that stays where it is when the zoom changes.
struct SheetPlace {
    std::size_t sheet = 0;
    QPointF fraction; // 0…1 of the sheet
    QPointF beside;   // logical pixels beyond its edge, which do not zoom
};

// Positions are logical pixels of the whole content and lie on device pixels, so that images of the
// sheets are copied and never scaled. Sizes are sheet units: logical pixels at zoom 1.
class SheetStack {
public:
    void setSizes(std::vector<QSizeF> sizes);
    void setSize(std::size_t sheet, QSizeF size);

    // Edges and gaps in logical pixels.
    struct Frame {
        double viewWidth = 0;
        double edge = 0;
        double gap = 0;
        double devicePixelRatio = 1;
    };

    void layOut(double zoom, const Frame& frame);

    std::size_t count() const { return sizes_.size(); }

    double zoom() const { return zoom_; }

    QSizeF size(std::size_t sheet) const { return sizes_[sheet]; }

    // In device pixels: what an image of the whole sheet has.
    QSize pixels(std::size_t sheet) const;

    QRectF rect(std::size_t sheet) const;

    QSizeF content() const { return content_; }

    // Those that touch the range, half-open.
    std::pair<std::size_t, std::size_t> within(double top, double bottom) const;

    // The sheet at this height, or the next one below; the last one below all. REQUIRES: count()>0
    std::size_t at(double y) const;

    SheetPlace placeAt(QPointF point) const; // REQUIRES: count() > 0
    QPointF pointOf(const SheetPlace& place) const;

    double widest() const { return widest_; }

    // The height of everything at a zoom, to know whether it fits.
    double heightAt(double zoom, double gap) const;

private:
    std::vector<QSizeF> sizes_;
    std::vector<double> tops_;
    double zoom_ = 1;
    Frame frame_;
    QSizeF content_;
    double widest_ = 0;
    double heights_ = 0; // sum, in sheet units
};

} // namespace attest::gui
