// Painting: images are copied, everything else is laid on top.
#include "gui/pages/page_view_impl.h"
#include "gui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace attest::gui {

namespace {

// Soft, and a little lower than the sheet. Frames only: the sheet covers the rest.
void paintShadow(QPainter& painter, const QRect& sheet, const QColor& line, int pixel) {
    QColor shade = tokenColor(Token::Text, Palette::Light); // dark in both palettes
    int reach = 4;
    for (const int alpha : {4, 7, 11, 16}) {
        shade.setAlpha(alpha);
        const int side = reach * pixel;
        const QRect frame = sheet.adjusted(-side, -side + 2 * pixel, side, side);
        painter.fillRect(frame.left(), frame.top(), pixel, frame.height(), shade);
        painter.fillRect(frame.right() - pixel + 1, frame.top(), pixel, frame.height(), shade);
        painter.fillRect(frame.left(), frame.bottom() - pixel + 1, frame.width(), pixel, shade);
        --reach;
    }
    const QRect edge = sheet.adjusted(-pixel, -pixel, pixel, pixel);
    painter.fillRect(edge.left(), edge.top(), edge.width(), pixel, line);
    painter.fillRect(edge.left(), edge.bottom() - pixel + 1, edge.width(), pixel, line);
    painter.fillRect(edge.left(), edge.top(), pixel, edge.height(), line);
    painter.fillRect(edge.right() - pixel + 1, edge.top(), pixel, edge.height(), line);
}

} // namespace

// From here on the painter's pixels are those of the screen.
void PageView::Impl::paint(QPainter& painter, const QRect& exposed) {
    painter.fillRect(exposed, theme.color(Token::Background));
    if (stack.count() == 0) {
        return;
    }
    const double dpr = laidOutRatio;
    painter.scale(1 / dpr, 1 / dpr);
    const QRect part =
        QRectF(QPointF(exposed.topLeft()) * dpr, QSizeF(exposed.size()) * dpr).toAlignedRect();
    const QPointF scrolled = offset();
    const auto [first, last] =
        stack.within(scrolled.y() + exposed.top() - 8, scrolled.y() + exposed.bottom() + 8);
    for (std::size_t page = first; page < last; ++page) {
        const QPointF corner = (stack.rect(page).topLeft() - scrolled) * dpr;
        const QRect sheet(QPoint(static_cast<int>(std::lround(corner.x())),
                                 static_cast<int>(std::lround(corner.y()))),
                          stack.pixels(page));
        paintSheet(painter, page, sheet, part);
    }
    painter.resetTransform();
}

void PageView::Impl::paintSheet(QPainter& painter,
                                std::size_t page,
                                const QRect& sheet,
                                const QRect& exposed) {
    const int pixel = std::max(1, static_cast<int>(std::lround(laidOutRatio)));
    paintShadow(painter, sheet, theme.color(Token::Line), pixel);
    const QRect visible = sheet.intersected(exposed);
    if (visible.isEmpty()) {
        return;
    }
    painter.save();
    painter.setClipRect(visible);
    if (texts.isNote(page)) {
        painter.fillRect(visible, theme.color(Token::Paper));
        paintNote(painter, page, sheet, visible);
        noteShown(page);
    } else if (paintImage(painter, page, sheet, visible) && isFileKnown) {
        noteShown(page);
    }
    MarkLayer::Look look;
    look.other = theme.color(Token::HighlightOther);
    look.selected = theme.color(Token::HighlightSelected);
    look.selectedLine = theme.color(Token::HighlightSelectedLine);
    look.origin = sheet.topLeft();
    look.scale = {sheet.width() / stack.size(page).width(),
                  sheet.height() / stack.size(page).height()};
    look.pixel = laidOutRatio;
    marks.paint(painter, page, look);
    paintRanges(painter, page, sheet);
    painter.restore();
}

// Returns whether all of the visible part is sharp.
bool PageView::Impl::paintImage(QPainter& painter,
                                std::size_t page,
                                const QRect& sheet,
                                const QRect& exposed) {
    const QRect room(QPoint(), view.viewport()->size() * laidOutRatio);
    const QRect wanted = sheet.intersected(room).translated(-sheet.topLeft());
    std::vector<std::pair<TileKey, const QImage*>> sharp;
    bool isSharp = true;
    for (const TileKey& key : tilesIn(page, sheet.size(), wanted)) {
        const QImage* image = tiles.find(key);
        isSharp = isSharp && image != nullptr;
        if (image != nullptr) {
            sharp.emplace_back(key, image);
        }
    }
    if (!isSharp) {
        painter.fillRect(exposed, theme.color(Token::Paper));
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        for (const auto& [key, image] : tiles.standIns(page, sheet.width())) {
            const double scale = double(sheet.width()) / key.pageWidth;
            const QRectF target(QPointF(sheet.topLeft()) +
                                    QPointF(key.column, key.row) * (key.side * scale),
                                QSizeF(image->size()) * scale);
            if (target.intersects(exposed)) {
                painter.drawImage(target, *image);
            }
        }
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    }
    for (const auto& [key, image] : sharp) {
        const QPoint corner = sheet.topLeft() + QPoint(key.column, key.row) * key.side;
        const QRect target(corner, image->size());
        const QRect part = target.intersected(exposed);
        if (!part.isEmpty()) {
            painter.drawImage(part.topLeft(), *image, part.translated(-corner));
        }
    }
    return isSharp;
}

void PageView::Impl::paintNote(QPainter& painter,
                               std::size_t page,
                               const QRect& sheet,
                               const QRect& exposed) {
    const double scale = sheet.width() / stack.size(page).width();
    painter.save();
    painter.setPen(tokenColor(Token::Text, Palette::Light)); // paper is bright in both palettes
    painter.translate(sheet.topLeft());
    painter.scale(scale, scale);
    const QRectF part = exposed.translated(-sheet.topLeft());
    texts.note(page).paint(painter, {part.topLeft() / scale, part.size() / scale});
    painter.restore();
}

// What is found and what is selected.
void PageView::Impl::paintRanges(QPainter& painter, std::size_t page, const QRect& sheet) {
    const double x = sheet.width() / stack.size(page).width();
    const double y = sheet.height() / stack.size(page).height();
    const auto toPixels = [&](const QRectF& rect) {
        return QRectF(QPointF(sheet.left() + rect.left() * x, sheet.top() + rect.top() * y),
                      QPointF(sheet.left() + rect.right() * x, sheet.top() + rect.bottom() * y))
            .toAlignedRect();
    };
    const QColor accent = theme.color(Token::Accent);
    // The accent of the dark palette is brighter.
    const double strength = theme.palette() == Palette::Light ? 0.6 : 1;
    painter.save();
    auto found = std::partition_point(
        matches.begin(), matches.end(), [page](const Match& one) { return one.page < page; });
    for (; found != matches.end() && found->page == page; ++found) {
        const bool isCurrent = static_cast<std::size_t>(found - matches.begin()) == match;
        for (const QRectF& rect : texts.at(page).rectsOf(found->range)) {
            const int pixel = std::max(1, static_cast<int>(std::lround(laidOutRatio)));
            const QRect pixels = toPixels(rect).adjusted(-pixel, 0, pixel, 0);
            painter.setCompositionMode(QPainter::CompositionMode_Multiply);
            painter.setOpacity((isCurrent ? 0.4 : 0.15) * strength);
            painter.fillRect(pixels, accent);
            painter.setOpacity(1);
            painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
            const int wide = (isCurrent ? 2 : 1) * pixel;
            painter.setPen(QPen(accent, wide, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
            painter.drawRect(pixels);
        }
    }
    if (selected && selected->page == page && !selected->range().isEmpty()) {
        painter.setCompositionMode(QPainter::CompositionMode_Multiply);
        painter.setOpacity(0.5 * strength);
        for (const QRectF& rect : texts.at(page).rectsOf(selected->range())) {
            painter.fillRect(toPixels(rect), accent);
        }
    }
    painter.restore();
}

} // namespace attest::gui
