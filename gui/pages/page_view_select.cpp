// Selecting text with mouse and keyboard, and finding it.
#include "gui/pages/page_view_impl.h"
#include "gui/theme/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace attest::gui {

namespace {

constexpr int kDragFrom = 3; // pixels; below that it is a click
constexpr double kMarkReach = 2;
constexpr std::size_t kMostMatches = 20'000;

} // namespace

std::optional<int> PageView::Impl::markUnder(QPointF point) {
    const auto at = sheetAt(point);
    return at ? marks.at(at->page, at->units, kMarkReach / unitScale(at->page)) : std::nullopt;
}

// Above the sheet is before its text and below it behind.
std::size_t PageView::Impl::borderUnder(std::size_t page, QPointF point) {
    const QPointF units = unitsOn(page, point);
    if (units.y() < 0) {
        return 0;
    }
    if (units.y() > stack.size(page).height()) {
        return texts.text(page).size();
    }
    return texts.at(page).borderAt(units);
}

TextRange PageView::Impl::unitAround(std::size_t page, QPointF point, Unit by) {
    const std::size_t border = borderUnder(page, point);
    if (by == Unit::Character) {
        return {border, border};
    }
    const auto character = texts.at(page).characterAt(unitsOn(page, point));
    if (by == Unit::Line) {
        return lineAround(texts.text(page), character.value_or(border));
    }
    return character ? wordAround(texts.text(page), *character) : TextRange{border, border};
}

void PageView::Impl::select(std::optional<Selected> wanted) {
    if (selected || wanted) {
        view.viewport()->update();
    }
    selected = wanted;
    if (selected) {
        caret = selected->head;
        caretPage = selected->page;
        hasCaret = true;
    }
}

void PageView::Impl::announceSelection() {
    if (QClipboard* clipboard = QGuiApplication::clipboard(); clipboard->supportsSelection()) {
        if (const QString text = view.selection().text; !text.isEmpty()) {
            clipboard->setText(text, QClipboard::Selection);
        }
    }
    if (QAccessible::isActive() && selected && selected->page == currentPage) {
        const TextMap map(texts.text(selected->page));
        QAccessibleTextSelectionEvent event(&view,
                                            static_cast<int>(map.unitAt(selected->range().begin)),
                                            static_cast<int>(map.unitAt(selected->range().end)));
        QAccessible::updateAccessibility(&event);
    }
    emit view.selectionChanged();
}

void PageView::Impl::press(QPoint point, Unit by, bool isExtending) {
    Press press;
    press.point = point;
    press.before = selected;
    press.by = by;
    const auto at = sheetAt(point);
    if (!at) {
        pressed = press;
        select(std::nullopt);
        return;
    }
    press.page = at->page;
    if (isExtending && hasCaret && caretPage == at->page) {
        const std::size_t anchor = selected ? selected->anchor : caret;
        press.unit = {anchor, anchor};
        press.isDrag = true;
        pressed = press;
        select(Selected{at->page, anchor, borderUnder(at->page, point)});
        return;
    }
    press.unit = unitAround(at->page, point, by);
    pressed = press;
    select(Selected{at->page, press.unit.begin, press.unit.end});
}

void PageView::Impl::drag(QPoint point) {
    lastDrag = point;
    if (!pressed->isDrag && (point - pressed->point).manhattanLength() < kDragFrom) {
        return;
    }
    pressed->isDrag = true;
    if (!pressed->page) {
        return;
    }
    const std::size_t page = *pressed->page;
    // Both the unit that was pressed on and the one that is under the mouse now belong to it.
    const TextRange here = unitAround(page, point, pressed->by);
    const TextRange& start = pressed->unit;
    if (here.begin < start.begin) {
        select(Selected{page, start.end, here.begin});
    } else {
        select(Selected{page, start.begin, std::max(here.end, start.end)});
    }
    const bool isOutside = !view.viewport()->rect().contains(point);
    if (isOutside && !scrollTimer.isActive()) {
        scrollTimer.start(std::chrono::milliseconds(16));
    } else if (!isOutside) {
        scrollTimer.stop();
    }
}

void PageView::Impl::autoScroll() {
    if (!pressed) {
        scrollTimer.stop();
        return;
    }
    constexpr double kSpeed = 0.2; // of the distance to the edge, each time
    const QRect room = view.viewport()->rect();
    const auto beyond = [](int at, int low, int high) {
        return at < low ? at - low : at > high ? at - high : 0;
    };
    const QPointF by(beyond(lastDrag.x(), room.left(), room.right()) * kSpeed,
                     beyond(lastDrag.y(), room.top(), room.bottom()) * kSpeed);
    const auto atLeastOne = [](double step) {
        return step > 0 ? std::ceil(step) : std::floor(step);
    };
    scrollTo(offset() + QPointF(atLeastOne(by.x()), atLeastOne(by.y())));
    drag(lastDrag);
}

void PageView::Impl::release(QPoint point) {
    if (!pressed) {
        return;
    }
    scrollTimer.stop();
    const Press press = *pressed;
    pressed.reset();
    const bool isClick = press.by == Unit::Character && !press.isDrag;
    if (!isClick) {
        if (press.by != Unit::Word || press.isDrag) { // the double click has told already
            announceSelection();
        }
        return;
    }
    const bool hadText = press.before && !press.before->range().isEmpty();
    const std::optional<int> mark = markUnder(point);
    if (mark) {
        select(press.before); // a click on a mark is no wish about the selection
        emit view.markClicked(*mark);
        return;
    }
    if (hadText) {
        announceSelection(); // it is empty now
    }
}

void PageView::Impl::setHover(QPoint point) {
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (markUnder(point)) {
        shape = Qt::PointingHandCursor;
    } else if (const auto at = sheetAt(point);
               at && texts.at(at->page).characterAt(at->units).has_value()) {
        shape = Qt::IBeamCursor;
    }
    if (view.viewport()->cursor().shape() != shape) {
        view.viewport()->setCursor(shape);
    }
}

bool PageView::Impl::extend(int key, Qt::KeyboardModifiers modifiers) {
    if (stack.count() == 0) {
        return false;
    }
    if (!hasCaret || caretPage >= stack.count()) {
        caretPage = currentPage;
        caret = borderUnder(caretPage, {0, 0}); // the first text in view
        hasCaret = true;
    }
    const std::string& text = texts.text(caretPage);
    const std::size_t head = std::min(caret, text.size());
    const bool isByWord = (modifiers & Qt::ControlModifier) != 0;
    std::size_t next = head;
    const auto byLines = [&](int direction) {
        const SheetText& sheet = texts.at(caretPage);
        const QRectF from = sheet.caretAt(head);
        if (from.isNull()) {
            return;
        }
        // Empty lines and headings are higher than a line: go on until something else is nearest.
        constexpr double kStep = 0.5;
        constexpr int kMostSteps = 40;
        for (int i = 2; i <= kMostSteps && next == head; ++i) {
            const double y = from.center().y() + direction * i * kStep * from.height();
            const std::size_t there = sheet.borderAt({from.x(), y});
            const QRectF caretThere = sheet.caretAt(there);
            const double moved = (caretThere.center().y() - from.center().y()) * direction;
            if (moved > from.height() / 4) {
                next = there;
            }
        }
        if (next == head) {
            next = direction > 0 ? text.size() : 0;
        }
    };
    switch (key) {
    case Qt::Key_Left:
        next = isByWord ? previousWordBorder(text, head) : previousBorder(text, head);
        break;
    case Qt::Key_Right:
        next = isByWord ? nextWordBorder(text, head) : nextBorder(text, head);
        break;
    case Qt::Key_Up:
        byLines(-1);
        break;
    case Qt::Key_Down:
        byLines(1);
        break;
    case Qt::Key_Home:
        next = isByWord ? 0 : lineAround(text, head).begin;
        break;
    case Qt::Key_End:
        next = isByWord ? text.size() : lineAround(text, head).end;
        break;
    default:
        return false;
    }
    const bool goesOn = selected && selected->page == caretPage && selected->head == head;
    const std::size_t anchor = goesOn ? selected->anchor : head;
    select(Selected{caretPage, anchor, next});
    const std::size_t seen = next > head ? previousBorder(text, next) : next;
    reveal(caretPage, texts.at(caretPage).rectsOf({seen, nextBorder(text, seen)}));
    announceSelection();
    return true;
}

void PageView::Impl::copy() const {
    if (const PageSelection chosen = view.selection(); !chosen.text.isEmpty()) {
        QGuiApplication::clipboard()->setText(chosen.text);
    }
}

void PageView::Impl::findAgain() {
    matches.clear();
    match = 0;
    const std::string wanted = needle.toStdString();
    for (std::size_t page = 0; page < texts.count() && matches.size() < kMostMatches; ++page) {
        for (const TextRange& range :
             findAll(texts.text(page), wanted, kMostMatches - matches.size())) {
            matches.push_back({page, range});
        }
    }
    const auto first = std::partition_point(
        matches.begin(), matches.end(), [this](const Match& m) { return m.page < currentPage; });
    match = first == matches.end() ? 0 : static_cast<std::size_t>(first - matches.begin());
    view.viewport()->update();
}

void PageView::Impl::revealMatch() {
    const Match& current = matches[match];
    makeExact(current.page, current.range.end);
    reveal(current.page, texts.at(current.page).rectsOf(current.range));
}

} // namespace attest::gui
