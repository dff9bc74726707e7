#include "gui/library/side_bar_delegate.h"

#include "gui/theme/theme.h"

#include <QAbstractItemView>
#include <QListWidgetItem>
#include <QLocale>
#include <QPainter>

namespace attest::gui {

SideBarKind sideBarKind(const QListWidgetItem& item) {
    return SideBarKind(item.data(kSideBarKind).toInt());
}

SideBarDelegate::SideBarDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme) {}

QSize SideBarDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const bool isHeading = index.data(kSideBarKind).toInt() == int(SideBarKind::Heading);
    const bool isFirst = index.row() == 0;
    return {0, theme_.px(isHeading ? (isFirst ? 42 : 36) : measure::kRowOneLine)};
}

void SideBarDelegate::paint(QPainter* painter,
                            const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const int edge = theme_.px(measure::kInside);
    const QRect row = option.rect.adjusted(edge, 0, -edge, 0);
    QRect text = row.adjusted(edge, 0, -edge, 0);

    if (index.data(kSideBarKind).toInt() == int(SideBarKind::Heading)) {
        QFont font = theme_.font(TextStyle::Secondary);
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(theme_.color(Token::Muted));
        text.setBottom(row.bottom() - theme_.px(6));
        painter->drawText(
            text, Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine, index.data().toString());
        painter->restore();
        return;
    }
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool isChosen = index.data(kSideBarChosen).toBool();
    const bool isTarget = view != nullptr && view->property("dropRow").isValid() &&
                          view->property("dropRow").toInt() == index.row();
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    const bool isFocused =
        view != nullptr && view->hasFocus() && view->currentIndex().row() == index.row();
    if (isChosen || isTarget || isHovered) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(
            theme_.color(isChosen || isTarget ? Token::AccentBackground : Token::Background));
        painter->drawRoundedRect(row, measure::kControlRadius, measure::kControlRadius);
    }
    if (isFocused || isTarget) {
        painter->setPen(QPen(theme_.color(Token::Accent), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(
            QRectF(row).adjusted(1, 1, -1, -1), measure::kControlRadius, measure::kControlRadius);
    }
    const qint64 number = index.data(kSideBarCount).toLongLong();
    if (index.data(kSideBarCount).isValid() && number >= 0) {
        painter->setFont(theme_.font(TextStyle::Body));
        painter->setPen(theme_.color(Token::Muted));
        const QString count = QLocale().toString(number);
        painter->drawText(text, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, count);
        text.setRight(text.right() - painter->fontMetrics().horizontalAdvance(count) - edge);
    }
    painter->setFont(theme_.font(isChosen ? TextStyle::Heading : TextStyle::Body));
    painter->setPen(theme_.color(isChosen ? Token::Accent : Token::Text));
    painter->drawText(
        text,
        Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    painter->restore();
}

} // namespace attest::gui
