// The rounded label of a state or a confidence: always a sign and a word besides the colour.
#pragma once

#include "gui/theme/tokens.h"

#include <QString>
#include <QWidget>

class QPainter;

namespace attest::gui {

class Theme;

// For delegates. Draws at the left of `area`, vertically centred (at the right with AlignRight);
// returns what was covered. Text too long for the area is elided.
QRect paintPill(QPainter& painter,
                const QRect& area,
                const QString& text,
                Tone tone,
                const Theme& theme,
                Qt::Alignment alignment = Qt::AlignLeft);
QSize pillSize(const QString& text, const Theme& theme);

class Pill final : public QWidget {
    Q_OBJECT

public:
    Pill(const Theme& theme, QWidget* parent = nullptr);

    // The text is the accessible name too.
    void setState(const QString& text, Tone tone);

    QSize sizeHint() const override;

    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QString text_;
    Tone tone_ = Tone::Neutral;
};

} // namespace attest::gui
