#include "gui/pages/page_view_accessible.h"

#include "gui/pages/page_view_impl.h"

#include <algorithm>

namespace attest::gui {

namespace {

QAccessibleInterface* makeInterface(const QString& /*className*/, QObject* object) {
    auto* view = qobject_cast<PageView*>(object);
    return view == nullptr ? nullptr : new PageViewAccessible(view); // NOLINT: owned by Qt
}

} // namespace

void PageViewAccessible::install() {
    QAccessible::installFactory(makeInterface); // does nothing for one that is known
}

PageViewAccessible::PageViewAccessible(PageView* view)
    : QAccessibleWidget(view, QAccessible::Document) {}

PageView& PageViewAccessible::view() const {
    return *static_cast<PageView*>(widget());
}

void* PageViewAccessible::interface_cast(QAccessible::InterfaceType type) {
    if (type == QAccessible::TextInterface) {
        return static_cast<QAccessibleTextInterface*>(this);
    }
    return QAccessibleWidget::interface_cast(type);
}

QString PageViewAccessible::text(QAccessible::Text which) const {
    const bool isPlace = which == QAccessible::Value || which == QAccessible::Description;
    if (isPlace && view().pageCount() > 0) {
        return PageView::tr("Page %1 of %2").arg(view().currentPage() + 1).arg(view().pageCount());
    }
    return QAccessibleWidget::text(which);
}

QAccessible::State PageViewAccessible::state() const {
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    state.multiLine = true;
    state.selectableText = true;
    return state;
}

int PageViewAccessible::selectionCount() const {
    const auto& selected = view().impl_->selected;
    return selected && selected->page == view().currentPage() && !selected->range().isEmpty() ? 1
                                                                                              : 0;
}

void PageViewAccessible::selection(int index, int* start, int* end) const {
    *start = 0;
    *end = 0;
    if (index == 0 && selectionCount() == 1) {
        const TextRange range = view().impl_->selected->range();
        const TextMap& map = view().impl_->currentText();
        *start = static_cast<int>(map.unitAt(range.begin));
        *end = static_cast<int>(map.unitAt(range.end));
    }
}

void PageViewAccessible::addSelection(int start, int end) {
    setSelection(0, start, end);
}

void PageViewAccessible::removeSelection(int index) {
    if (index == 0) {
        view().clearSelection();
    }
}

void PageViewAccessible::setSelection(int index, int start, int end) {
    if (index != 0 || view().pageCount() == 0) {
        return;
    }
    PageView::Impl& impl = *view().impl_;
    const TextMap& map = impl.currentText();
    impl.select(PageView::Impl::Selected{view().currentPage(), map.byteAt(start), map.byteAt(end)});
    impl.announceSelection();
}

int PageViewAccessible::cursorPosition() const {
    const PageView::Impl& impl = *view().impl_;
    return impl.hasCaret && impl.caretPage == view().currentPage()
               ? static_cast<int>(view().impl_->currentText().unitAt(impl.caret))
               : 0;
}

void PageViewAccessible::setCursorPosition(int position) {
    PageView::Impl& impl = *view().impl_;
    if (view().pageCount() > 0) {
        impl.caret = impl.currentText().byteAt(position);
        impl.caretPage = view().currentPage();
        impl.hasCaret = true;
    }
}

QString PageViewAccessible::text(int start, int end) const {
    const QString& all = view().impl_->currentText().string();
    return all.mid(std::max(start, 0), std::max(end - std::max(start, 0), 0));
}

int PageViewAccessible::characterCount() const {
    return static_cast<int>(view().impl_->currentText().string().size());
}

QRect PageViewAccessible::characterRect(int offset) const {
    if (view().pageCount() == 0 || offset < 0 || offset >= characterCount()) {
        return {};
    }
    PageView::Impl& impl = *view().impl_;
    const std::size_t begin = impl.currentText().byteAt(offset);
    const std::size_t page = view().currentPage();
    const auto rect = impl.rectOnView(page, {begin, nextBorder(impl.texts.text(page), begin)});
    return rect ? rect->toAlignedRect().translated(view().viewport()->mapToGlobal(QPoint()))
                : QRect();
}

int PageViewAccessible::offsetAtPoint(const QPoint& point) const {
    PageView::Impl& impl = *view().impl_;
    const auto at = impl.sheetAt(view().viewport()->mapFromGlobal(point));
    if (!at || at->page != view().currentPage()) {
        return -1;
    }
    const auto character = impl.texts.at(at->page).characterAt(at->units);
    return character ? static_cast<int>(impl.currentText().unitAt(*character)) : -1;
}

void PageViewAccessible::scrollToSubstring(int start, int end) {
    if (view().pageCount() == 0) {
        return;
    }
    PageView::Impl& impl = *view().impl_;
    const TextMap& map = impl.currentText();
    const std::size_t page = view().currentPage();
    impl.reveal(page, impl.texts.at(page).rectsOf({map.byteAt(start), map.byteAt(end)}));
}

QString PageViewAccessible::attributes(int /*offset*/, int* start, int* end) const {
    *start = 0;
    *end = characterCount();
    return {};
}

} // namespace attest::gui
