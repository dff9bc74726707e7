#include "gui/pages/note_text.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>
#include <QTextOption>

#include <algorithm>
#include <cmath>
#include <memory>

namespace attest::gui {

namespace {

constexpr double kLinePitch = 1.4;            // of the font's height
constexpr qsizetype kMostInParagraph = 16384; // UTF-16 units; set in a few milliseconds
constexpr qsizetype kLayoutsKept = 400;       // more lines than a view shows
constexpr double kHeightToWidth = 0.6;        // a short note still looks like a sheet

bool hasRightToLeft(const QString& text) {
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.unicode() >= 0x590 &&
               (c.isSurrogate() || c.direction() == QChar::DirR || c.direction() == QChar::DirAL ||
                c.direction() == QChar::DirAN);
    });
}

// Where to cut an endless line: behind a blank, and never through a surrogate pair.
qsizetype cutOf(const QString& text, qsizetype begin, qsizetype end) {
    if (end - begin <= kMostInParagraph) {
        return end;
    }
    const qsizetype cut = text.lastIndexOf(u' ', begin + kMostInParagraph - 1) + 1;
    if (cut > begin) {
        return cut;
    }
    const qsizetype most = begin + kMostInParagraph;
    return text[most].isLowSurrogate() ? most - 1 : most;
}

} // namespace

NoteText::NoteText(std::string_view text, const QFont& font, double width, double margin)
    : map_(text), font_(font), width_(width), margin_(margin), layouts_(kLayoutsKept) {
    // The painter scales, so that glyphs have to stand at places of their own, not at pixels'.
    font_.setHintingPreference(QFont::PreferNoHinting);
    pitch_ = QFontMetricsF(font_).height() * kLinePitch;
    hasRightToLeft_ = hasRightToLeft(map_.string());
    split();
}

void NoteText::split() {
    const QString& text = map_.string();
    const double charactersInLine =
        std::max(1.0, (width_ - 2 * margin_) / QFontMetricsF(font_).averageCharWidth());
    double top = margin_;
    qsizetype begin = 0;
    do {
        const qsizetype lineBreak = text.indexOf(u'\n', begin);
        const qsizetype lineEnd = lineBreak < 0 ? text.size() : lineBreak;
        const qsizetype end = cutOf(text, begin, lineEnd);
        Paragraph paragraph{begin, end - begin, top, 0};
        paragraph.height =
            pitch_ * std::max(1.0, std::ceil(double(paragraph.length) / charactersInLine));
        top += paragraph.height;
        paragraphs_.push_back(paragraph);
        begin = end < lineEnd ? end : lineEnd + 1;
    } while (begin <= text.size());
}

double NoteText::topOf(std::size_t paragraph) const {
    return paragraphs_[paragraph].top + (paragraph < measured_ ? 0 : shift_);
}

QSizeF NoteText::size() const {
    const std::size_t last = paragraphs_.size() - 1;
    const double height = topOf(last) + paragraphs_[last].height + margin_;
    return {width_, std::max(height, width_ * kHeightToWidth)};
}

void NoteText::measureNext() {
    Paragraph& paragraph = paragraphs_[measured_];
    paragraph.top += shift_;
    const QTextLayout& layout = layoutOf(measured_);
    const QTextLine last = layout.lineAt(layout.lineCount() - 1);
    // Lines are centred in their pitch, so the rest below the last one is as high as that above.
    const QTextLine first = layout.lineAt(0);
    const double height = last.y() + last.height() + first.y();
    shift_ += height - paragraph.height;
    paragraph.height = height;
    ++measured_;
}

void NoteText::measure(std::chrono::milliseconds most) {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + most;
    while (!isMeasured() && Clock::now() < deadline) {
        measureNext();
    }
}

void NoteText::measureTo(std::size_t offset) {
    const std::size_t wanted = paragraphOf(map_.unitAt(offset));
    while (measured_ <= wanted) {
        measureNext();
    }
}

std::size_t NoteText::paragraphOf(qsizetype unit) const {
    const auto behind = std::partition_point(
        paragraphs_.begin(), paragraphs_.end(), [unit](const Paragraph& paragraph) {
            return paragraph.begin <= unit;
        });
    return static_cast<std::size_t>(behind - paragraphs_.begin()) - 1;
}

std::size_t NoteText::paragraphAt(double y) const {
    const auto end = paragraphs_.begin() + static_cast<std::ptrdiff_t>(measured_);
    const auto behind = std::partition_point(
        paragraphs_.begin(), end, [y](const Paragraph& one) { return one.top <= y; });
    const auto index = static_cast<std::size_t>(behind - paragraphs_.begin());
    return index == 0 ? 0 : index - 1;
}

const QTextLayout& NoteText::layoutOf(std::size_t index) const {
    if (const QTextLayout* known = layouts_.object(index)) {
        return *known;
    }
    const Paragraph& paragraph = paragraphs_[index];
    auto layout =
        std::make_unique<QTextLayout>(map_.string().mid(paragraph.begin, paragraph.length), font_);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout->setTextOption(option);
    layout->setCacheEnabled(true);
    layout->beginLayout();
    double y = 0;
    while (true) {
        QTextLine line = layout->createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(std::max(1.0, width_ - 2 * margin_));
        const double height = std::max(pitch_, line.height());
        line.setPosition({0, y + (height - line.height()) / 2});
        y += height;
    }
    layout->endLayout();
    const QTextLayout* raw = layout.get();
    layouts_.insert(index, layout.release());
    return *raw;
}

void NoteText::paint(QPainter& painter, const QRectF& exposed) const {
    if (measured_ == 0) {
        return;
    }
    for (std::size_t i = paragraphAt(exposed.top());
         i < measured_ && paragraphs_[i].top < exposed.bottom();
         ++i) {
        layoutOf(i).draw(&painter, {margin_, paragraphs_[i].top}, {}, exposed);
    }
}

void NoteText::addRects(std::vector<QRectF>& rects,
                        const QTextLine& line,
                        QPointF origin,
                        std::pair<int, int> range) const {
    const auto add = [&](double from, double to) {
        const QRectF rect(origin.x() + std::min(from, to),
                          origin.y() + line.y(),
                          std::abs(to - from),
                          line.height());
        const bool goesOn = !rects.empty() && rects.back().top() == rect.top() &&
                            std::abs(rects.back().right() - rect.left()) < 0.5;
        if (goesOn) {
            rects.back().setRight(rect.right());
        } else if (rect.width() > 0) {
            rects.push_back(rect);
        }
    };
    if (!hasRightToLeft_) {
        add(line.cursorToX(range.first), line.cursorToX(range.second));
        return;
    }
    // Neighbours in the text need not be neighbours on the line. The glyphs themselves tell: where
    // directions meet cursorToX() gives one of two places.
    std::vector<std::pair<double, double>> pieces;
    for (const QGlyphRun& run : line.glyphRuns(range.first, range.second - range.first)) {
        const QRectF rect = run.boundingRect();
        pieces.emplace_back(rect.left(), rect.right());
    }
    std::sort(pieces.begin(), pieces.end());
    for (const auto& [from, to] : pieces) {
        add(from, to);
    }
}

std::vector<QRectF> NoteText::rectsOf(TextRange range) const {
    std::vector<QRectF> rects;
    if (range.isEmpty()) {
        return rects;
    }
    const qsizetype begin = map_.unitAt(range.begin);
    const qsizetype end = map_.unitAt(range.end);
    for (std::size_t i = paragraphOf(begin); i < paragraphs_.size() && paragraphs_[i].begin < end;
         ++i) {
        const Paragraph& paragraph = paragraphs_[i];
        const QTextLayout& layout = layoutOf(i);
        const auto from = static_cast<int>(std::max<qsizetype>(begin - paragraph.begin, 0));
        const auto to = static_cast<int>(std::min(end - paragraph.begin, paragraph.length));
        for (int n = 0; n < layout.lineCount(); ++n) {
            const QTextLine line = layout.lineAt(n);
            const int first = std::max(from, line.textStart());
            const int last = std::min(to, line.textStart() + line.textLength());
            if (first < last) {
                addRects(rects, line, {margin_, topOf(i)}, {first, last});
            }
        }
    }
    return rects;
}

std::pair<std::size_t, QTextLine> NoteText::lineAt(QPointF point) const {
    const std::size_t index = paragraphAt(point.y());
    const QTextLayout& layout = layoutOf(index);
    const double y = point.y() - paragraphs_[index].top;
    int n = layout.lineCount() - 1;
    while (n > 0 && layout.lineAt(n).y() > y) {
        --n;
    }
    return {index, layout.lineAt(n)};
}

std::size_t NoteText::borderAt(QPointF point) const {
    if (measured_ == 0) {
        return 0;
    }
    const auto [index, line] = lineAt(point);
    return map_.byteAt(paragraphs_[index].begin + line.xToCursor(point.x() - margin_));
}

std::optional<std::size_t> NoteText::characterAt(QPointF point) const {
    if (measured_ == 0) {
        return std::nullopt;
    }
    const auto [index, line] = lineAt(point);
    const Paragraph& paragraph = paragraphs_[index];
    const double x = point.x() - margin_;
    const double y = point.y() - paragraph.top - line.y();
    const QRectF text = line.naturalTextRect();
    if (y < 0 || y > line.height() || x < text.left() || x > text.right()) {
        return std::nullopt;
    }
    const int unit = line.xToCursor(x, QTextLine::CursorOnCharacter);
    if (unit >= paragraph.length) {
        return std::nullopt;
    }
    return map_.byteAt(paragraph.begin + unit);
}

QRectF NoteText::caretAt(std::size_t border) const {
    const qsizetype unit = map_.unitAt(border);
    const std::size_t index = paragraphOf(unit);
    const Paragraph& paragraph = paragraphs_[index];
    const QTextLayout& layout = layoutOf(index);
    const auto position = static_cast<int>(std::min(unit - paragraph.begin, paragraph.length));
    const QTextLine line = layout.lineForTextPosition(position);
    if (!line.isValid()) {
        return {};
    }
    return {margin_ + line.cursorToX(position), topOf(index) + line.y(), 0, line.height()};
}

} // namespace attest::gui
