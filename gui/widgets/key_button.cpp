#include "gui/widgets/key_button.h"

#include "gui/theme/theme.h"

#include <QAction>
#include <QPainter>
#include <QStyleOptionButton>
#include <QStylePainter>

#include <algorithm>

namespace attest::gui {

QString keyCapText(const QKeySequence& key) {
    QString text = key.toString(QKeySequence::NativeText);
    text.replace(QStringLiteral("Return"), QStringLiteral("⏎"));
    return text.replace(QLatin1Char('+'), QLatin1Char(' '));
}

KeyButton::KeyButton(const QString& text,
                     const QKeySequence& key,
                     const Theme& theme,
                     QWidget* parent)
    : QPushButton(text, parent), theme_(theme) {
    setKey(key);
    connect(&theme, &Theme::changed, this, [this] { updateGeometry(); });
}

KeyButton::KeyButton(QAction* action, const Theme& theme, QWidget* parent)
    : KeyButton(action->text(), action->shortcut(), theme, parent) {
    const auto follow = [this, action] {
        setText(action->text());
        setKey(action->shortcut());
        setEnabled(action->isEnabled());
        if (!action->toolTip().isEmpty()) {
            setToolTip(action->toolTip() + QStringLiteral(" (") +
                       key_.toString(QKeySequence::NativeText) + QLatin1Char(')'));
        }
    };
    follow();
    connect(action, &QAction::changed, this, follow);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
}

void KeyButton::setKey(const QKeySequence& key) {
    key_ = key;
    setToolTip(key_.isEmpty() ? text()
                              : text() + QStringLiteral(" (") +
                                    key_.toString(QKeySequence::NativeText) + QLatin1Char(')'));
    updateGeometry();
    update();
}

QString KeyButton::keyText() const {
    return keyCapText(key_);
}

int KeyButton::keyWidth() const {
    if (key_.isEmpty()) {
        return 0;
    }
    QFont font = theme_.font(TextStyle::Secondary);
    font.setPixelSize(theme_.px(11));
    return QFontMetrics(font).horizontalAdvance(keyText()) + theme_.px(10);
}

QSize KeyButton::sizeHint() const {
    const QSize base = QPushButton::sizeHint();
    const int key = keyWidth();
    return {base.width() + (key > 0 ? key + theme_.px(8) : 0), base.height()};
}

void KeyButton::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    const QString text = option.text;
    option.text.clear();
    option.icon = {};
    painter.drawControl(QStyle::CE_PushButton, option); // frame and background only

    const int key = width() < sizeHint().width() ? 0 : keyWidth();
    const int gap = key > 0 ? theme_.px(8) : 0;
    const int iconSize = icon().isNull() ? 0 : theme_.px(16);
    const int iconGap = iconSize > 0 && !text.isEmpty() ? theme_.px(6) : 0;
    const int textWidth = fontMetrics().horizontalAdvance(text);
    const int total = iconSize + iconGap + textWidth + gap + key;
    int x = (width() - total) / 2;
    const bool isPrimary = property("role").toString() == QLatin1String("primary");
    const QColor ink = theme_.color(!isEnabled() ? Token::Muted
                                    : isPrimary  ? Token::OnAccent
                                                 : Token::Text);
    if (iconSize > 0) {
        icon().paint(&painter, QRect(x, (height() - iconSize) / 2, iconSize, iconSize));
        x += iconSize + iconGap;
    }
    painter.setPen(ink);
    painter.drawText(QRect(x, 0, textWidth + 1, height()),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextDontClip,
                     text);
    if (key == 0) {
        return;
    }
    QFont font = theme_.font(TextStyle::Secondary);
    font.setPixelSize(theme_.px(11));
    painter.setFont(font);
    painter.setRenderHint(QPainter::Antialiasing);
    const int capHeight = std::min(theme_.px(18), height() - theme_.px(6));
    const QRectF cap(
        x + textWidth + gap + 0.5, (height() - capHeight) / 2 + 0.5, key - 1, capHeight - 1);
    painter.setPen(isPrimary && isEnabled() ? ink : theme_.color(Token::Line));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(cap, 4, 4);
    painter.setPen(isPrimary && isEnabled() ? ink : theme_.color(Token::Muted));
    painter.drawText(cap, Qt::AlignCenter, keyText());
}

} // namespace attest::gui
