// Mouse, wheel and keys.
#include "gui/pages/page_view_impl.h"
#include "gui/theme/theme.h"

#include <QFocusEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QScrollBar>
#include <QStyleHints>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace attest::gui {

namespace {

constexpr std::array kZoomSteps = {0.1,
                                   0.25,
                                   0.33,
                                   0.5,
                                   0.67,
                                   0.75,
                                   0.9,
                                   1.0,
                                   1.1,
                                   1.25,
                                   1.5,
                                   1.75,
                                   2.0,
                                   2.5,
                                   3.0,
                                   4.0,
                                   5.0,
                                   6.0,
                                   8.0};

double nextStep(double zoom, bool isUp) {
    constexpr double kSame = 0.005;
    const auto isAbove = [zoom](double step) {
        return step > zoom + kSame;
    };
    const auto isBelow = [zoom](double step) {
        return step < zoom - kSame;
    };
    if (isUp) {
        const auto* step = std::find_if(kZoomSteps.begin(), kZoomSteps.end(), isAbove);
        return step == kZoomSteps.end() ? kZoomSteps.back() : *step;
    }
    const auto step = std::find_if(kZoomSteps.rbegin(), kZoomSteps.rend(), isBelow);
    return step == kZoomSteps.rend() ? kZoomSteps.front() : *step;
}

} // namespace

void PageView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    if (impl_->isLayingOut) {
        return; // a scroll bar came or went: who lays out sees it
    }
    impl_->layOutAround(impl_->steadyPoint(event->oldSize().height()), [] {});
    impl_->requestSoon(std::chrono::milliseconds(30)); // windows are resized in many steps
}

void PageView::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    impl_->requestSoon(std::chrono::milliseconds(0));
}

void PageView::scrollContentsBy(int /*dx*/, int /*dy*/) {
    impl_->afterScroll();
}

void PageView::mousePressEvent(QMouseEvent* event) {
    const QPoint point = event->position().toPoint();
    if (event->button() == Qt::MiddleButton) {
        impl_->panFrom = impl_->offset() + point;
        viewport()->setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (event->button() != Qt::LeftButton || pageCount() == 0) {
        event->ignore();
        return;
    }
    const auto sinceDouble = std::chrono::steady_clock::now() - impl_->doubleClicked;
    const bool isThird =
        sinceDouble <
            std::chrono::milliseconds(QGuiApplication::styleHints()->mouseDoubleClickInterval()) &&
        (point - impl_->clicked).manhattanLength() < 4;
    const bool isExtending = (event->modifiers() & Qt::ShiftModifier) != 0;
    impl_->press(point, isThird ? Impl::Unit::Line : Impl::Unit::Character, isExtending);
}

void PageView::mouseMoveEvent(QMouseEvent* event) {
    const QPoint point = event->position().toPoint();
    if (impl_->pressed && (event->buttons() & Qt::LeftButton) != 0) {
        impl_->drag(point);
    } else if (impl_->panFrom && (event->buttons() & Qt::MiddleButton) != 0) {
        impl_->scrollTo(*impl_->panFrom - point);
    } else {
        impl_->setHover(point);
    }
}

void PageView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        impl_->release(event->position().toPoint());
        impl_->setHover(event->position().toPoint());
    } else if (event->button() == Qt::MiddleButton) {
        impl_->panFrom.reset();
        impl_->setHover(event->position().toPoint());
    } else {
        event->ignore();
    }
}

void PageView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || pageCount() == 0) {
        event->ignore();
        return;
    }
    impl_->clicked = event->position().toPoint();
    impl_->doubleClicked = std::chrono::steady_clock::now();
    impl_->press(impl_->clicked, Impl::Unit::Word, false);
    if (!selection().text.isEmpty()) {
        impl_->announceSelection();
        emit selectionActivated();
    }
}

void PageView::keyPressEvent(QKeyEvent* event) {
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const int key = event->key();
    const bool isPlain = modifiers == Qt::NoModifier;
    const bool isControl = (modifiers & Qt::ControlModifier) != 0;
    const QPointF middle = QRectF(viewport()->rect()).center();
    const double most = verticalScrollBar()->maximum();
    const double page = viewport()->height() * 0.9; // a line or two stay for the eye
    if ((modifiers & Qt::ShiftModifier) != 0 && impl_->extend(key, modifiers)) {
        return;
    }
    if (event->matches(QKeySequence::Copy)) {
        impl_->copy();
    } else if (event->matches(QKeySequence::SelectAll) && pageCount() > 0) {
        impl_->select(Impl::Selected{currentPage(), 0, impl_->texts.text(currentPage()).size()});
        impl_->announceSelection();
    } else if (isControl && (key == Qt::Key_Plus || key == Qt::Key_Equal)) {
        impl_->zoomTo(nextStep(zoom(), true), middle);
    } else if (isControl && (key == Qt::Key_Minus || key == Qt::Key_Underscore)) {
        impl_->zoomTo(nextStep(zoom(), false), middle);
    } else if (isControl && key == Qt::Key_0) {
        impl_->zoomTo(1, middle);
    } else if (isControl && (key == Qt::Key_PageDown || key == Qt::Key_PageUp)) {
        const std::size_t here = currentPage();
        goToPage(key == Qt::Key_PageDown ? here + 1 : std::max<std::size_t>(here, 1) - 1);
    } else if (isPlain && key == Qt::Key_PageDown) {
        impl_->scrollDown(page);
    } else if (isPlain && key == Qt::Key_PageUp) {
        impl_->scrollDown(-page);
    } else if (key == Qt::Key_Home && (isPlain || isControl)) {
        impl_->scrollTo({impl_->offset().x(), 0});
    } else if (key == Qt::Key_End && (isPlain || isControl)) {
        impl_->scrollTo({impl_->offset().x(), most});
    } else if (isPlain && key == Qt::Key_Escape && !selection().text.isEmpty()) {
        clearSelection();
    } else {
        QAbstractScrollArea::keyPressEvent(event); // arrows scroll, others go to the parent
    }
}

void PageView::wheelEvent(QWheelEvent* event) {
    if ((event->modifiers() & Qt::ControlModifier) == 0) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    constexpr double kNotch = 120;
    constexpr double kFactor = 1.15; // per notch
    if (const int delta = event->angleDelta().y(); delta != 0) {
        impl_->zoomBy(std::pow(kFactor, delta / kNotch), event->position());
    }
    event->accept();
}

void PageView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    // Who clicks knows where the focus is.
    impl_->hasKeyboardFocus = event->reason() == Qt::TabFocusReason ||
                              event->reason() == Qt::BacktabFocusReason ||
                              event->reason() == Qt::ShortcutFocusReason;
    viewport()->update();
}

void PageView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    impl_->hasKeyboardFocus = false;
    viewport()->update();
}

bool PageView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            impl_->zoomBy(1 + gesture->value(), gesture->position());
            return true;
        }
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace attest::gui
