#include "gui/library/search_box.h"

#include "gui/theme/theme.h"
#include "gui/widgets/key_button.h"

#include <QAction>
#include <QKeyEvent>
#include <QKeySequence>
#include <QPainter>

namespace attest::gui {

SearchBox::SearchBox(const Theme& theme, QWidget* parent)
    : QLineEdit(parent), theme_(theme), icon_(nullptr), clear_(nullptr) {
    const QString key = QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText);
    setPlaceholderText(tr("Search text and values"));
    setAccessibleName(tr("Search text and values"));
    setToolTip(tr("Search page texts, values and file names (%1)").arg(key));
    setMaxLength(400);
    icon_ = addAction(QIcon(), QLineEdit::LeadingPosition);
    clear_ = addAction(QIcon(), QLineEdit::TrailingPosition);
    clear_->setToolTip(tr("Clear (Esc)"));
    clear_->setVisible(false);
    connect(clear_, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        clear_->setVisible(!text.isEmpty());
    });
    connect(&theme, &Theme::changed, this, &SearchBox::refreshIcon);
    refreshIcon();
}

void SearchBox::refreshIcon() {
    icon_->setIcon(theme_.icon(QStringLiteral("search"), Token::Muted));
    clear_->setIcon(theme_.icon(QStringLiteral("close"), Token::Muted));
}

void SearchBox::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Escape:
        if (text().isEmpty()) {
            emit left();
        } else {
            clear();
        }
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Down:
        emit entered();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void SearchBox::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (!text().isEmpty() || hasFocus()) {
        return;
    }
    const QString key = keyCapText(QKeySequence(QKeySequence::Find));
    QFont font = theme_.font(TextStyle::Secondary);
    font.setPixelSize(theme_.px(11));
    const QFontMetrics metrics(font);
    const int width = metrics.horizontalAdvance(key) + theme_.px(10);
    const int height = metrics.height() + theme_.px(2);
    const QRectF cap(this->width() - width - theme_.px(8) + 0.5,
                     (this->height() - height) / 2 + 0.5,
                     width - 1,
                     height - 1);
    QFont text = this->font();
    const int needed = theme_.px(48) + QFontMetrics(text).horizontalAdvance(placeholderText());
    if (cap.left() < needed) {
        return; // the words are worth more than the key
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    painter.setPen(theme_.color(Token::Line));
    painter.setBrush(theme_.color(Token::Surface));
    painter.drawRoundedRect(cap, 4, 4);
    painter.setPen(theme_.color(Token::Muted));
    painter.drawText(cap, Qt::AlignCenter, key);
}

} // namespace attest::gui
