// What a PageView consists of. Included by page_view*.cpp only.
#pragma once

#include "gui/pages/mark_layer.h"
#include "gui/pages/page_images.h"
#include "gui/pages/page_view.h"
#include "gui/pages/sheet_stack.h"
#include "gui/pages/sheet_texts.h"
#include "gui/pages/text_map.h"
#include "gui/pages/tile_cache.h"

#include <QPoint>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

class QPainter;

namespace attest::gui {

struct PageView::Impl {
    // What a drag selects by: begun with one, two or three clicks.
    enum class Unit { Character, Word, Line };

    struct Selected {
        std::size_t page = 0;
        std::size_t anchor = 0; // where it began
        std::size_t head = 0;   // where it goes on

        TextRange range() const { return {std::min(anchor, head), std::max(anchor, head)}; }
    };

    struct Press {
        QPoint point;                    // in the viewport
        std::optional<std::size_t> page; // none: beside the sheets
        std::optional<Selected> before;
        TextRange unit; // what the press itself selects
        Unit by = Unit::Character;
        bool isDrag = false;
    };

    struct Match {
        std::size_t page = 0;
        TextRange range;
    };

    // Where a point of the viewport is.
    struct SheetPoint {
        std::size_t page = 0;
        QPointF units;
    };

    Impl(PageView& owner, const Theme& look);

    // page_view.cpp
    std::vector<QRectF> placesOf(const PageMark& mark); // in sheet units
    const TextMap& currentText();                       // of the current page
    void makeExact(std::size_t page, std::size_t offset);
    void takeTheme();

    // page_view_layout.cpp: sizes, zoom and scrolling
    double ratio() const; // device pixels to a logical one
    QPointF offset() const;
    double fitZoom() const;
    void layOut();
    // Does `change`, lays out again and brings what was at `keep` (in the viewport) back there.
    void layOutAround(QPointF keep, const std::function<void()>& change);
    QPointF steadyPoint(double viewHeight) const;
    void zoomBy(double factor, QPointF around);
    void zoomTo(double wanted, QPointF around);
    void scrollTo(QPointF wanted);
    void scrollDown(double pixels);
    void afterScroll();
    void reveal(std::size_t page, const std::vector<QRectF>& rects);
    QRectF toContent(std::size_t page, const QRectF& units) const;
    double unitScale(std::size_t page) const;               // logical pixels to a sheet unit
    std::optional<SheetPoint> sheetAt(QPointF point) const; // none between sheets
    QPointF unitsOn(std::size_t page, QPointF point) const; // of a point of the viewport
    std::optional<QRectF> rectOnView(std::size_t page, TextRange range);
    void setNotes();
    void measureNotes();

    // page_view_images.cpp
    void openSource();
    void requestSoon(std::chrono::milliseconds delay);
    void requestImages();
    void takeImage(const TileKey& key, const QImage& image);
    void takeFileState(const PageFileState& state);
    void noteShown(std::size_t page);
    QString fileName() const;

    // page_view_paint.cpp
    void paint(QPainter& painter, const QRect& exposed);
    void paintSheet(QPainter& painter, std::size_t page, const QRect& sheet, const QRect& exposed);
    bool paintImage(QPainter& painter, std::size_t page, const QRect& sheet, const QRect& exposed);
    void paintNote(QPainter& painter, std::size_t page, const QRect& sheet, const QRect& exposed);
    void paintRanges(QPainter& painter, std::size_t page, const QRect& sheet);

    // page_view_select.cpp
    std::size_t borderUnder(std::size_t page, QPointF point);
    TextRange unitAround(std::size_t page, QPointF point, Unit by);
    void press(QPoint point, Unit by, bool isExtending);
    void drag(QPoint point);
    void release(QPoint point);
    void autoScroll();
    void setHover(QPoint point);
    bool extend(int key, Qt::KeyboardModifiers modifiers); // Shift and an arrow
    void select(std::optional<Selected> wanted);
    void announceSelection();
    std::optional<int> markUnder(QPointF point);
    void copy() const;
    void findAgain();
    void revealMatch();

    PageView& view;
    const Theme& theme;
    PageViewDocument document; // its pages are moved to `texts`
    std::shared_ptr<const Pages> pages = std::make_shared<const Pages>();
    SheetTexts texts;
    SheetStack stack;
    MarkLayer marks;
    PageImages images;
    TileCache tiles{kImageCacheBytes};
    std::vector<bool> isShown; // imageShown() has told
    bool isFileKnown = false;  // what is drawn is what will be shown
    bool hasToldUndrawable = false;

    Fit fit = Fit::Width;
    double zoom = 1;
    double laidOutRatio = 0;
    bool isLayingOut = false;
    std::size_t currentPage = 0;

    std::optional<Selected> selected;
    std::optional<Press> pressed;
    QPoint lastDrag;
    std::optional<QPointF> panFrom; // of the content, under the middle button
    QPoint clicked;                 // twice, for the third click
    std::chrono::steady_clock::time_point doubleClicked;
    std::size_t caret = 0; // where Shift+arrows begin, on caretPage
    std::size_t caretPage = 0;
    bool hasCaret = false;

    QString needle;
    std::vector<Match> matches; // by page
    std::size_t match = 0;      // the current one

    std::optional<TextMap> textMap; // of textMapPage
    std::size_t textMapPage = 0;

    bool hasKeyboardFocus = false;
    QTimer requestTimer;
    QTimer scrollTimer; // while dragging beyond the edge
    QTimer noteTimer;
};

} // namespace attest::gui
