#include "gui/widgets/pill_delegate.h"

#include "gui/theme/theme.h"
#include "gui/widgets/pill.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace attest::gui {

PillDelegate::PillDelegate(const Theme& theme, int toneRole, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme), toneRole_(toneRole) {}

void PillDelegate::paint(QPainter* painter,
                         const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    QStyleOptionViewItem background(option);
    initStyleOption(&background, index);
    const QString text = background.text;
    background.text.clear();
    const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);
    if (!text.isEmpty()) {
        const int edge = theme_.px(measure::kEdge);
        paintPill(*painter,
                  option.rect.adjusted(edge, 0, -edge, 0),
                  text,
                  static_cast<Tone>(index.data(toneRole_).toInt()),
                  theme_);
    }
}

QSize PillDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QSize pill = pillSize(index.data().toString(), theme_);
    return {pill.width() + 2 * theme_.px(measure::kEdge),
            std::max(QStyledItemDelegate::sizeHint(option, index).height(), pill.height())};
}

} // namespace attest::gui
