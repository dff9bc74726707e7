#include "gui/widgets/pill.h"

#include "gui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace attest::gui {

QSize pillSize(const QString& text, const Theme& theme) {
    const QFontMetrics metrics(theme.font(TextStyle::Secondary));
    return {metrics.horizontalAdvance(text) + 2 * theme.px(9), metrics.height() + theme.px(4)};
}

QRect paintPill(QPainter& painter,
                const QRect& area,
                const QString& text,
                Tone tone,
                const Theme& theme,
                Qt::Alignment alignment) {
    const QSize wanted = pillSize(text, theme);
    const int width = std::min(wanted.width(), area.width());
    const int left = alignment.testFlag(Qt::AlignRight) ? area.right() + 1 - width : area.left();
    const QRect pill(left, area.center().y() - wanted.height() / 2, width, wanted.height());

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(toneBackground(tone)));
    painter.drawRoundedRect(pill, pill.height() / 2.0, pill.height() / 2.0);
    painter.setFont(theme.font(TextStyle::Secondary));
    painter.setPen(theme.color(toneText(tone)));
    const QRect inner = pill.adjusted(theme.px(9), 0, -theme.px(9), 0);
    const QString shown =
        painter.fontMetrics().elidedText(text, Qt::ElideRight, std::max(inner.width(), 0) + 1);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, shown);
    painter.restore();
    return pill;
}

Pill::Pill(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Pill::setState(const QString& text, Tone tone) {
    text_ = text;
    tone_ = tone;
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

QSize Pill::sizeHint() const {
    return pillSize(text_, theme_);
}

void Pill::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPill(painter, rect(), text_, tone_, theme_);
}

} // namespace attest::gui
