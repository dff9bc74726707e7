// A document's pages, to scroll, zoom, search and select in, with painted places. PDFs are images
// from the sealed reader; notes (and PDFs whose file is gone) are set from their stored text.
// Used by the review, the template editor's preview and quick look.
#pragma once

#include "base/source_span.h"
#include "storage/document_store.h"

#include <QAbstractScrollArea>
#include <QRectF>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace attest::gui {

class Theme;

// A painted place. `id` is the caller's, several marks may share one.
struct PageMark {
    int id = 0;
    SourceSpan span;
    std::vector<PageBox> boxes; // empty: taken from the page's character boxes
};

struct PageSelection {
    SourceSpan span;            // within one page's stored text
    QString text;               // as it stands there
    std::vector<PageBox> boxes; // empty for notes
};

struct PageViewDocument {
    std::vector<storage::PageRecord> pages;
    std::filesystem::path pdf; // empty: show the stored text
    std::string sha256;        // of the bytes that were read; a file that differs now is not shown
};

// Lives on the GUI thread; images are drawn on a thread of its own. Keyboard: PgUp/PgDn, Home/End,
// Ctrl+PgUp/PgDn (one page), Ctrl++ Ctrl+- Ctrl+0, arrows scroll. Ctrl+wheel zooms around the
// mouse, the middle button drags the pages, Ctrl+C copies, Ctrl+A selects the page's text.
class PageView final : public QAbstractScrollArea {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PageView)

public:
    enum class Fit { None, Width, Page };

    PageView(const Theme& theme, QWidget* parent);
    ~PageView() override;

    // Shows sheets at once and their images as they come. Scrolls to the top.
    void setDocument(PageViewDocument document);
    void clear();

    std::size_t pageCount() const;
    std::size_t currentPage() const; // the one at the upper third of the view

    double zoom() const;       // 1: as large as printed at 96 dots per inch
    void setZoom(double zoom); // 0.1 … 8; keeps the middle of the view in place
    Fit fit() const;
    void setFit(Fit fit);

    // All marks; those of `selectedId` are painted as selected and over the others. -1: none.
    void setMarks(std::vector<PageMark> marks);
    void setSelectedMark(int selectedId);

    // Scrolls so that the place is in view with context around it (at once, no animation); does
    // nothing when it is already comfortably visible.
    void ensureVisible(const PageMark& mark);
    void goToPage(std::size_t pageIndex);

    // What the user has selected with the mouse or Shift+arrows; empty text: nothing.
    PageSelection selection() const;
    void clearSelection();

    // Find in the stored text: marks matches, returns how many; next() goes round.
    int find(const QString& text);
    void findNext(bool isBackwards);

    // 300-page documents keep only what is near the view: the most bytes of page images held.
    static constexpr std::size_t kImageCacheBytes = std::size_t{192} << 20;

signals:
    void currentPageChanged(std::size_t pageIndex);
    void zoomChanged(double zoom);
    void markClicked(int id);            // the topmost under the mouse
    void selectionChanged();             // when the mouse is released or a key moves it
    void selectionActivated();           // double click on a word selects and activates it
    void notice(const QString& message); // "The file has changed since it was read", …; empty: none
    void imageShown(std::size_t pageIndex); // first sharp image of a page is on the screen

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    friend class PageViewAccessible;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace attest::gui
