#include "gui/pages/page_view_impl.h"
#include "gui/theme/theme.h"

#include <QAccessible>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace attest::gui {

namespace {

constexpr double kLeastZoom = 0.1;
constexpr double kMostZoom = 8;
constexpr auto kNoteSlice = std::chrono::milliseconds(8);

} // namespace

double PageView::Impl::ratio() const {
    return view.viewport()->devicePixelRatioF();
}

QPointF PageView::Impl::offset() const {
    return {double(view.horizontalScrollBar()->value()), double(view.verticalScrollBar()->value())};
}

// As if the scroll bars were where they will be: asking the viewport would make the zoom swing
// between with and without them.
double PageView::Impl::fitZoom() const {
    if (fit == Fit::None || stack.count() == 0 || stack.widest() <= 0) {
        return zoom;
    }
    const QSize room = view.maximumViewportSize();
    const double edges = 2.0 * theme.px(measure::kBetween);
    const double gap = theme.px(measure::kEdge);
    double wanted = (room.width() - edges) / stack.widest();
    if (fit == Fit::Page) {
        const QSizeF page = stack.size(std::min(currentPage, stack.count() - 1));
        wanted = std::min(wanted, (room.height() - 2 * gap) / page.height());
    }
    if (stack.heightAt(wanted, gap) > room.height()) {
        const int bar = view.verticalScrollBar()->sizeHint().width();
        wanted = std::min(wanted, (room.width() - bar - edges) / stack.widest());
    }
    return std::clamp(wanted, kLeastZoom, kMostZoom);
}

void PageView::Impl::layOut() {
    isLayingOut = true;
    const double before = zoom;
    zoom = fitZoom();
    laidOutRatio = ratio();
    SheetStack::Frame frame;
    frame.edge = theme.px(measure::kBetween);
    frame.gap = theme.px(measure::kEdge);
    frame.devicePixelRatio = laidOutRatio;
    // Setting one range can show or hide the other bar.
    for (int round = 0; round < 2; ++round) {
        frame.viewWidth = view.viewport()->width();
        stack.layOut(zoom, frame);
        const QSizeF content = stack.content();
        const QSize room = view.viewport()->size();
        const auto setRange = [](QScrollBar* bar, double whole, int part) {
            const double most = std::max(0.0, std::ceil(whole) - part);
            bar->setRange(0, static_cast<int>(std::min(most, 2e9)));
            bar->setPageStep(part);
            bar->setSingleStep(std::max(1, part / 20));
        };
        setRange(view.horizontalScrollBar(), content.width(), room.width());
        setRange(view.verticalScrollBar(), content.height(), room.height());
    }
    isLayingOut = false;
    if (zoom != before) {
        emit view.zoomChanged(zoom);
    }
}

void PageView::Impl::layOutAround(QPointF keep, const std::function<void()>& change) {
    if (stack.count() == 0) {
        change();
        layOut();
        return;
    }
    const SheetPlace place = stack.placeAt(offset() + keep);
    change();
    layOut();
    scrollTo(stack.pointOf(place) - keep);
    view.viewport()->update();
}

// The reader's eyes: the upper third, but at the very top the top.
QPointF PageView::Impl::steadyPoint(double viewHeight) const {
    const double y = view.verticalScrollBar()->value() == 0 ? 0 : viewHeight / 3;
    return {view.viewport()->width() / 2.0, y};
}

void PageView::Impl::zoomTo(double wanted, QPointF around) {
    wanted = std::clamp(wanted, kLeastZoom, kMostZoom);
    if (!std::isfinite(wanted)) {
        return;
    }
    const double before = zoom;
    layOutAround(around, [&] {
        fit = Fit::None;
        zoom = wanted;
    });
    if (zoom != before) {
        emit view.zoomChanged(zoom);
        // On the way to another zoom each step would be drawn for nothing.
        requestSoon(std::chrono::milliseconds(60));
    }
}

void PageView::Impl::zoomBy(double factor, QPointF around) {
    zoomTo(zoom * factor, around);
}

void PageView::Impl::scrollTo(QPointF wanted) {
    const auto set = [](QScrollBar* bar, double value) {
        bar->setValue(static_cast<int>(
            std::clamp(std::round(value), double(bar->minimum()), double(bar->maximum()))));
    };
    isLayingOut = true; // one answer to both
    set(view.horizontalScrollBar(), wanted.x());
    set(view.verticalScrollBar(), wanted.y());
    isLayingOut = false;
    afterScroll();
}

void PageView::Impl::scrollDown(double pixels) {
    scrollTo(offset() + QPointF(0, pixels));
}

void PageView::Impl::afterScroll() {
    if (isLayingOut || stack.count() == 0) {
        return;
    }
    view.viewport()->update();
    requestSoon(std::chrono::milliseconds(0));
    const std::size_t page = stack.at(offset().y() + view.viewport()->height() / 3.0);
    if (page != currentPage) {
        currentPage = page;
        if (QAccessible::isActive()) {
            QAccessibleEvent event(&view, QAccessible::DescriptionChanged);
            QAccessible::updateAccessibility(&event);
        }
        emit view.currentPageChanged(page);
    }
}

double PageView::Impl::unitScale(std::size_t page) const {
    return stack.rect(page).width() / stack.size(page).width();
}

QRectF PageView::Impl::toContent(std::size_t page, const QRectF& units) const {
    const double scale = unitScale(page);
    return {stack.rect(page).topLeft() + units.topLeft() * scale, units.size() * scale};
}

QPointF PageView::Impl::unitsOn(std::size_t page, QPointF point) const {
    return (point + offset() - stack.rect(page).topLeft()) / unitScale(page);
}

std::optional<PageView::Impl::SheetPoint> PageView::Impl::sheetAt(QPointF point) const {
    if (stack.count() == 0) {
        return std::nullopt;
    }
    const std::size_t page = stack.at(point.y() + offset().y());
    if (!stack.rect(page).contains(point + offset())) {
        return std::nullopt;
    }
    return SheetPoint{page, unitsOn(page, point)};
}

std::optional<QRectF> PageView::Impl::rectOnView(std::size_t page, TextRange range) {
    const std::vector<QRectF> rects = texts.at(page).rectsOf(range);
    if (rects.empty()) {
        return std::nullopt;
    }
    QRectF all = rects.front();
    for (const QRectF& rect : rects) {
        all = all.united(rect);
    }
    return toContent(page, all).translated(-offset());
}

void PageView::Impl::reveal(std::size_t page, const std::vector<QRectF>& rects) {
    if (rects.empty()) {
        view.goToPage(page);
        return;
    }
    const QSizeF room = view.viewport()->size();
    // As much of a wrapped place as has room.
    QRectF wanted = toContent(page, rects.front());
    for (const QRectF& rect : rects) {
        const QRectF more = wanted.united(toContent(page, rect));
        if (more.height() > room.height() / 2) {
            break;
        }
        wanted = more;
    }
    QPointF target = offset();
    const double above = std::min(room.height() / 5, 12.0 * theme.px(measure::kUnit));
    if (wanted.top() < target.y() + above || wanted.bottom() > target.y() + room.height() - above) {
        target.setY(wanted.center().y() - room.height() * 0.4);
    }
    const double beside = theme.px(measure::kBetween);
    if (wanted.left() < target.x() + beside ||
        wanted.right() > target.x() + room.width() - beside) {
        target.setX(wanted.width() > room.width() - 2 * beside
                        ? wanted.left() - beside
                        : wanted.center().x() - room.width() / 2);
    }
    if (target != offset()) {
        scrollTo(target);
    }
}

void PageView::Impl::setNotes() {
    texts.measureNotes(kNoteSlice);
    marks.forgetPlaces();
    stack.setSizes(texts.sheetSizes());
    noteTimer.start(0);
}

void PageView::Impl::measureNotes() {
    if (!texts.measureNotes(kNoteSlice)) {
        noteTimer.stop();
        return;
    }
    const double top = offset().y() == 0 ? 0 : view.viewport()->height() / 3.0;
    layOutAround({view.viewport()->width() / 2.0, top}, [this] {
        marks.forgetPlaces();
        stack.setSizes(texts.sheetSizes());
    });
}

} // namespace attest::gui
