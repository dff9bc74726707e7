// A note set on a sheet: lines kept as they are stored, long ones wrapped.
#pragma once

#include "gui/pages/sheet_text.h"
#include "gui/pages/text_map.h"

#include <QCache>
#include <QFont>
#include <QSizeF>
#include <QTextLayout>

#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

class QPainter;

namespace attest::gui {

// Lives on the GUI thread. Setting a long note takes a while, so it is done bit by bit with
// measure(); until then the heights further down are guesses and nothing is painted there.
class NoteText final : public SheetText {
public:
    // `width` is that of the sheet and `margin` its blank edge, in sheet units.
    NoteText(std::string_view text, const QFont& font, double width, double margin);

    QSizeF size() const; // of the sheet

    bool isMeasured() const { return measured_ == paragraphs_.size(); }

    void measure(std::chrono::milliseconds most);
    void measureTo(std::size_t offset);

    // In sheet units, in the painter's pen.
    void paint(QPainter& painter, const QRectF& exposed) const;

    const QString& string() const { return map_.string(); }

    std::vector<QRectF> rectsOf(TextRange range) const override;
    std::size_t borderAt(QPointF point) const override;
    std::optional<std::size_t> characterAt(QPointF point) const override;
    QRectF caretAt(std::size_t border) const override;

private:
    // A line of stored text, or a piece of an endless one.
    struct Paragraph {
        qsizetype begin = 0; // UTF-16
        qsizetype length = 0;
        double top = 0; // exact below measured_, else guessed but for shift_
        double height = 0;
    };

    void split();
    void measureNext();
    double topOf(std::size_t paragraph) const;
    std::size_t paragraphOf(qsizetype unit) const;
    std::size_t paragraphAt(double y) const; // REQUIRES: measured_ > 0
    const QTextLayout& layoutOf(std::size_t paragraph) const;
    std::pair<std::size_t, QTextLine> lineAt(QPointF point) const;
    void addRects(std::vector<QRectF>& rects,
                  const QTextLine& line,
                  QPointF origin,
                  std::pair<int, int> range) const;

    TextMap map_;
    QFont font_;
    double width_;
    double margin_;
    double pitch_; // from line to line
    bool hasRightToLeft_ = false;
    std::vector<Paragraph> paragraphs_;
    std::size_t measured_ = 0;
    double shift_ = 0;
    mutable QCache<std::size_t, QTextLayout> layouts_;
};

} // namespace attest::gui
