#include "gui/pages/page_view.h"

#include "gui/pages/page_view_accessible.h"
#include "gui/pages/page_view_impl.h"
#include "gui/theme/theme.h"

#include <QAccessible>
#include <QPainter>
#include <QPen>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace attest::gui {

PageView::Impl::Impl(PageView& owner, const Theme& look)
    : view(owner), theme(look), marks([this](const PageMark& mark) { return placesOf(mark); }) {}

std::vector<QRectF> PageView::Impl::placesOf(const PageMark& mark) {
    if (mark.span.pageIndex < 0 || std::size_t(mark.span.pageIndex) >= texts.count()) {
        return {};
    }
    const auto page = static_cast<std::size_t>(mark.span.pageIndex);
    if (mark.boxes.empty() || texts.isNote(page)) {
        const TextRange range = soundRange(texts.text(page), {mark.span.begin, mark.span.end});
        return texts.at(page).rectsOf(range);
    }
    const QSizeF sheet = texts.sheetSize(page);
    std::vector<QRectF> rects;
    for (const PageBox& box : mark.boxes) {
        const QRectF rect(QPointF(double(box.left), double(box.top)),
                          QPointF(double(box.right), double(box.bottom)));
        const QRectF inside = rect.intersected({0, 0, 1, 1}); // empty for NaN
        if (!inside.isEmpty()) {
            rects.emplace_back(
                QPointF(inside.left() * sheet.width(), inside.top() * sheet.height()),
                QPointF(inside.right() * sheet.width(), inside.bottom() * sheet.height()));
        }
    }
    return rects;
}

const TextMap& PageView::Impl::currentText() {
    if (!textMap || textMapPage != currentPage) {
        textMap.emplace(currentPage < texts.count() ? texts.text(currentPage) : std::string());
        textMapPage = currentPage;
    }
    return *textMap;
}

PageView::PageView(const Theme& theme, QWidget* parent) : QAbstractScrollArea(parent) {
    PageViewAccessible::install();
    impl_ = std::make_unique<Impl>(*this, theme);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Document"));
    viewport()->setMouseTracking(true);
    setCornerWidget(new QWidget(this)); // else the style paints a sunken one
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    Impl& impl = *impl_;
    connect(&impl.images, &PageImages::drawn, this, [&impl](const TileKey& key, const QImage& i) {
        impl.takeImage(key, i);
    });
    connect(&impl.images, &PageImages::opened, this, [&impl](const PageFileState& state) {
        impl.takeFileState(state);
    });
    connect(&impl.images, &PageImages::pageUndrawable, this, [this, &impl](std::size_t page) {
        if (!std::exchange(impl.hasToldUndrawable, true)) {
            emit notice(
                tr("Page %1 cannot be drawn. Shown is its text as it was read.").arg(page + 1));
        }
    });
    impl.requestTimer.setSingleShot(true);
    connect(&impl.requestTimer, &QTimer::timeout, this, [&impl] { impl.requestImages(); });
    connect(&impl.scrollTimer, &QTimer::timeout, this, [&impl] { impl.autoScroll(); });
    connect(&impl.noteTimer, &QTimer::timeout, this, [&impl] { impl.measureNotes(); });
    connect(&theme, &Theme::changed, this, [this, &impl] {
        if (pageCount() > 0) {
            impl.takeTheme();
        }
    });
}

PageView::~PageView() {
    // The signals of what is about to go must find nothing.
    impl_->images.disconnect(this);
}

void PageView::setDocument(PageViewDocument document) {
    Impl& impl = *impl_;
    emit notice(QString());
    impl.pages = std::make_shared<const Pages>(std::move(document.pages));
    impl.document.pdf = std::move(document.pdf);
    impl.document.sha256 = std::move(document.sha256);
    impl.openSource(); // at once: the process starts while the sheets are laid out
    impl.marks.setMarks({});
    impl.selected.reset();
    impl.pressed.reset();
    impl.hasCaret = false;
    impl.textMap.reset();
    impl.matches.clear();
    impl.needle.clear();
    impl.currentPage = 0;
    impl.texts.setPages(impl.pages, impl.theme.font(TextStyle::Body), impl.theme.textScale());
    impl.setNotes();
    impl.layOut();
    impl.scrollTo({double(horizontalScrollBar()->maximum()) / 2, 0});
    viewport()->update();
    emit currentPageChanged(0);
    impl.requestImages();
}

void PageView::clear() {
    setDocument({});
}

std::size_t PageView::pageCount() const {
    return impl_->pages->size();
}

std::size_t PageView::currentPage() const {
    return impl_->currentPage;
}

double PageView::zoom() const {
    return impl_->zoom;
}

void PageView::setZoom(double zoom) {
    impl_->zoomTo(zoom, QRectF(viewport()->rect()).center());
}

PageView::Fit PageView::fit() const {
    return impl_->fit;
}

void PageView::setFit(Fit fit) {
    impl_->layOutAround(impl_->steadyPoint(viewport()->height()),
                        [this, fit] { impl_->fit = fit; });
    if (fit == Fit::Page && pageCount() > 0) {
        goToPage(currentPage());
    }
    impl_->requestSoon(std::chrono::milliseconds(0));
}

void PageView::setMarks(std::vector<PageMark> marks) {
    impl_->marks.setMarks(std::move(marks));
    viewport()->update();
}

void PageView::setSelectedMark(int selectedId) {
    impl_->marks.setSelected(selectedId);
    viewport()->update();
}

void PageView::ensureVisible(const PageMark& mark) {
    Impl& impl = *impl_;
    if (mark.span.pageIndex < 0 || std::size_t(mark.span.pageIndex) >= pageCount()) {
        return;
    }
    const auto page = static_cast<std::size_t>(mark.span.pageIndex);
    impl.makeExact(page, mark.span.end);
    impl.reveal(page, mergedByLine(impl.placesOf(mark)));
}

void PageView::Impl::takeTheme() {
    if (images.paper() != theme.color(Token::Paper)) {
        openSource();
    }
    const QFont font = theme.font(TextStyle::Body);
    layOutAround(steadyPoint(view.viewport()->height()), [this, &font] {
        if (texts.noteFont() != font) {
            texts.setNoteFont(font, theme.textScale());
            setNotes();
        }
    });
    requestSoon(std::chrono::milliseconds(0));
}

void PageView::Impl::makeExact(std::size_t page, std::size_t offset) {
    if (!texts.isNote(page) || texts.note(page).isMeasured()) {
        return;
    }
    texts.note(page).measureTo(offset);
    layOutAround(steadyPoint(view.viewport()->height()), [this] { setNotes(); });
}

void PageView::goToPage(std::size_t pageIndex) {
    if (pageIndex >= pageCount()) {
        return;
    }
    const double gap = impl_->theme.px(measure::kEdge);
    impl_->scrollTo({impl_->offset().x(), impl_->stack.rect(pageIndex).top() - gap});
}

PageSelection PageView::selection() const {
    PageSelection result;
    const auto& selected = impl_->selected;
    if (!selected || selected->page >= pageCount()) {
        return result;
    }
    const std::string& text = impl_->texts.text(selected->page);
    const TextRange range = trimmedRange(text, soundRange(text, selected->range()));
    if (range.isEmpty()) {
        return result;
    }
    result.span = {static_cast<std::int32_t>(selected->page), range.begin, range.end};
    result.text = QString::fromStdString(text.substr(range.begin, range.end - range.begin));
    result.boxes = impl_->texts.boxesOf(selected->page, range);
    return result;
}

void PageView::clearSelection() {
    if (impl_->selected && !impl_->selected->range().isEmpty()) {
        impl_->select(std::nullopt);
        impl_->announceSelection();
    }
    impl_->select(std::nullopt);
}

int PageView::find(const QString& text) {
    impl_->needle = text;
    impl_->findAgain();
    if (!impl_->matches.empty()) {
        impl_->revealMatch();
    }
    return static_cast<int>(impl_->matches.size());
}

void PageView::findNext(bool isBackwards) {
    const std::size_t count = impl_->matches.size();
    if (count == 0) {
        return;
    }
    impl_->match = (impl_->match + (isBackwards ? count - 1 : 1)) % count;
    impl_->revealMatch();
    viewport()->update();
}

void PageView::paintEvent(QPaintEvent* event) {
    if (impl_->laidOutRatio != impl_->ratio()) {
        // Moved to a screen of another density. Not from here: scroll bars may come or go.
        QMetaObject::invokeMethod(
            this,
            [this] {
                impl_->layOutAround(impl_->steadyPoint(viewport()->height()), [] {});
                impl_->requestSoon(std::chrono::milliseconds(0));
            },
            Qt::QueuedConnection);
    }
    QPainter painter(viewport());
    impl_->paint(painter, event->rect());
    if (impl_->hasKeyboardFocus) {
        painter.setPen(QPen(
            impl_->theme.color(Token::Accent), 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

} // namespace attest::gui
