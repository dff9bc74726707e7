// Rows of lists with a name, a second line and a pill at the right.
#pragma once

#include <QStyledItemDelegate>

namespace attest::gui {

class Theme;

// The name is the display role. For QListWidget and models alike.
class TwoLineDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int kSecondLineRole = Qt::UserRole;
    static constexpr int kPillRole = Qt::UserRole + 1;
    static constexpr int kToneRole = Qt::UserRole + 2; // int of Tone
    static constexpr int kFirstFreeRole = Qt::UserRole + 8;

    TwoLineDelegate(const Theme& theme, QObject* parent);

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& theme_;
};

} // namespace attest::gui
