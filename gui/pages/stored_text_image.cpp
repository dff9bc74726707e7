#include "gui/pages/stored_text_image.h"

#include "base/utf8.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QString>

#include <algorithm>

namespace attest::gui {

namespace {

constexpr double kBoxUnits = 65535;

struct Word {
    QString text;
    QRectF place;
};

class WordPainter {
public:
    WordPainter(QPainter& painter, const StoredTextLook& look, const QRectF& part)
        : painter_(painter), font_(look.font), part_(part) {
        constexpr int kFontPixels = 64; // scaled from here, so that every size looks the same
        font_.setPixelSize(kFontPixels);
        font_.setHintingPreference(QFont::PreferNoHinting);
        painter_.setFont(font_);
    }

    void paint(const Word& word) {
        if (word.text.isEmpty() || !word.place.intersects(part_)) {
            return;
        }
        const QFontMetricsF metrics(font_);
        const double width = metrics.horizontalAdvance(word.text);
        if (width <= 0) {
            return;
        }
        painter_.save();
        painter_.translate(word.place.topLeft());
        painter_.scale(word.place.width() / width, word.place.height() / metrics.height());
        painter_.drawText(QPointF(0, metrics.ascent()), word.text);
        painter_.restore();
    }

private:
    QPainter& painter_;
    QFont font_;
    QRectF part_;
};

} // namespace

QImage drawStoredText(const storage::PageRecord& record,
                      QSize page,
                      const QRect& part,
                      const StoredTextLook& look) {
    QImage image(part.size(), QImage::Format_RGB32);
    if (image.isNull()) {
        return image;
    }
    image.fill(look.paper);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.translate(-part.topLeft());
    painter.setPen(look.ink);
    WordPainter words(painter, look, part);

    const double x = page.width() / kBoxUnits;
    const double y = page.height() / kBoxUnits;
    const std::string_view text = record.text;
    Word word;
    for (std::size_t offset = 0, box = 0; offset < text.size(); box += 4) {
        const char32_t codePoint = decodeUtf8(text, offset);
        const bool isBlank = codePoint == U' ' || codePoint == U'\n';
        if (isBlank || box + 4 > record.charBoxes.size()) {
            words.paint(word);
            word = {};
            continue;
        }
        const auto* at = record.charBoxes.data() + box;
        const QRectF place(QPointF(at[0] * x, at[1] * y), QPointF(at[2] * x, at[3] * y));
        if (place.isValid()) {
            word.place = word.text.isEmpty() ? place : word.place.united(place);
            word.text.append(QString::fromUcs4(&codePoint, 1));
        }
    }
    words.paint(word);
    return image;
}

} // namespace attest::gui
