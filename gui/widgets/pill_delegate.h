// Draws a column's text as a pill in the tone of a role.
#pragma once

#include <QStyledItemDelegate>

namespace attest::gui {

class Theme;

class PillDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    // `toneRole`: the model's role that holds a Tone as int.
    PillDelegate(const Theme& theme, int toneRole, QObject* parent);

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& theme_;
    int toneRole_;
};

} // namespace attest::gui
