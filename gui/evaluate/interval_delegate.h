// A figure's 95 % interval as a bar on a scale from 0 to 1, with its numbers.
#pragma once

#include <QStyledItemDelegate>

namespace attest::gui {

class Theme;

// The display role is the interval in words.
class IntervalDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int kValueRole = Qt::UserRole + 1;
    static constexpr int kLowRole = Qt::UserRole + 2;
    static constexpr int kHighRole = Qt::UserRole + 3;

    IntervalDelegate(const Theme& theme, QObject* parent);

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int barWidth() const;

    const Theme& theme_;
};

} // namespace attest::gui
