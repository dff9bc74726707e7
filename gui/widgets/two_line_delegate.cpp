#include "gui/widgets/two_line_delegate.h"

#include "gui/theme/theme.h"
#include "gui/widgets/pill.h"

#include <QPainter>

namespace attest::gui {

TwoLineDelegate::TwoLineDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme) {}

void TwoLineDelegate::paint(QPainter* painter,
                            const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    painter->save();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->fillRect(option.rect,
                      theme_.color(isSelected ? Token::AccentBackground : Token::Surface));
    painter->setPen(theme_.color(Token::Line));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (isSelected && option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(theme_.color(Token::Accent), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    const int edge = theme_.px(measure::kEdge);
    QRect inner = option.rect.adjusted(edge, 0, -edge, -1);
    const QString pill = index.data(kPillRole).toString();
    if (!pill.isEmpty()) {
        const QRect covered = paintPill(*painter,
                                        inner,
                                        pill,
                                        static_cast<Tone>(index.data(kToneRole).toInt()),
                                        theme_,
                                        Qt::AlignRight);
        inner.setRight(covered.left() - theme_.px(measure::kInside));
    }
    const QString second = index.data(kSecondLineRole).toString();
    const QFont name = theme_.font(TextStyle::Heading);
    const QFont detail = theme_.font(TextStyle::Secondary);
    const int nameHeight = QFontMetrics(name).height();
    const int height = second.isEmpty() ? nameHeight : nameHeight + QFontMetrics(detail).height();
    QRect line(inner.left(), inner.center().y() - height / 2, inner.width(), nameHeight);
    painter->setFont(name);
    painter->setPen(theme_.color(Token::Text));
    painter->drawText(line,
                      Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(
                          index.data(Qt::DisplayRole).toString(), Qt::ElideRight, line.width()));
    if (!second.isEmpty()) {
        painter->setFont(detail);
        painter->setPen(theme_.color(Token::Muted));
        line.moveTop(line.bottom() + 1);
        line.setHeight(painter->fontMetrics().height());
        painter->drawText(line,
                          Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(second, Qt::ElideRight, line.width()));
    }
    painter->restore();
}

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.rect.width(), theme_.px(measure::kRowTwoLines + measure::kInside)};
}

} // namespace attest::gui
