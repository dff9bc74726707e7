// A page view on the screen and a hand that clicks and drags in it.
#pragma once

#include "gui/pages/page_view.h"

#include <QImage>
#include <QPoint>
#include <QRect>
#include <QSize>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace attest::gui {

class Theme;

struct Viewer {
    Viewer(const Theme& theme, QSize size);

    void open(PageViewDocument document);

    const std::vector<storage::PageRecord>& pages() const { return pages_; }

    std::string textOf(const SourceSpan& span) const;

    // In the viewport, as a screen reader is told: of the character of the current page that
    // begins at or holds this byte.
    QRect rectAt(std::size_t byte);

    // The character that is nearest to a point of the viewport.
    std::size_t byteNear(QPoint point);

    void press(QPoint point);
    void move(QPoint point);
    void release(QPoint point);
    void click(QPoint point);
    void drag(QPoint from, QPoint to);
    void doubleClick(QPoint point);
    void wheel(QPoint point, int delta, Qt::KeyboardModifiers modifiers);

    PageView view;

private:
    std::vector<storage::PageRecord> pages_;
};

// Read by the real reader.
PageViewDocument documentOf(const std::filesystem::path& path);

// A mark on each value of the sample's gold standard where it first stands, ids from 1. For a
// sample without one: on each longer word.
std::vector<PageMark> goldMarks(const std::string& sample,
                                const std::vector<storage::PageRecord>& pages);

// 0 black … 255 white.
int darkest(const QImage& image, const QRect& part);

// Text on every page, Helvetica.
void writeLongPdf(const std::filesystem::path& path, int pageCount);

// Memory of this process that is in use.
std::size_t residentBytes();

} // namespace attest::gui
