#include "gui/evaluate/interval_delegate.h"

#include "gui/theme/theme.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace attest::gui {

namespace {

constexpr int kBarWidth = 72;
constexpr int kBarHeight = 8;
constexpr int kTickWidth = 3;

} // namespace

IntervalDelegate::IntervalDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme) {}

int IntervalDelegate::barWidth() const {
    return theme_.px(kBarWidth);
}

void IntervalDelegate::paint(QPainter* painter,
                             const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
    QStyleOptionViewItem background(option);
    initStyleOption(&background, index);
    const QString text = background.text;
    background.text.clear();
    const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);
    if (!index.data(kValueRole).isValid()) {
        return;
    }
    const int edge = theme_.px(measure::kEdge);
    const int height = theme_.px(kBarHeight);
    const QRect track(option.rect.left() + edge,
                      option.rect.center().y() - height / 2,
                      std::min(barWidth(), option.rect.width() - 2 * edge),
                      height);
    const auto place = [&](int role) {
        const double share = std::clamp(index.data(role).toDouble(), 0.0, 1.0);
        return track.left() + share * track.width();
    };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme_.color(Token::Line));
    painter->drawRoundedRect(track, height / 2.0, height / 2.0);
    const double low = place(kLowRole);
    // An interval of one point is still seen.
    const double width = std::max(place(kHighRole) - low, double(height) / 2);
    QColor bar = theme_.color(Token::Accent);
    bar.setAlphaF(0.45F);
    painter->setBrush(bar);
    painter->drawRoundedRect(QRectF(low, track.top(), width, height), height / 4.0, height / 4.0);
    const int tick = theme_.px(kTickWidth);
    painter->setBrush(theme_.color(Token::Accent));
    painter->drawRect(
        QRectF(place(kValueRole) - tick / 2.0, track.top() - tick, tick, height + 2.0 * tick));
    painter->setPen(theme_.color(Token::Muted));
    painter->setFont(theme_.font(TextStyle::Secondary));
    painter->drawText(option.rect.adjusted(track.width() + 2 * edge, 0, -edge, 0),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      text);
    painter->restore();
}

QSize IntervalDelegate::sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    const QFontMetrics metrics(theme_.font(TextStyle::Secondary));
    return {barWidth() + 4 * theme_.px(measure::kEdge) +
                metrics.horizontalAdvance(index.data().toString()),
            QStyledItemDelegate::sizeHint(option, index).height()};
}

} // namespace attest::gui
