// Draws the entries of the side bar.
#pragma once

#include <QStyledItemDelegate>

class QListWidgetItem;

namespace attest::gui {

class Theme;

enum class SideBarKind { Heading, List, Collection, Page };

inline constexpr int kSideBarKind = Qt::UserRole;           // SideBarKind
inline constexpr int kSideBarList = Qt::UserRole + 1;       // storage::SmartList
inline constexpr int kSideBarCollection = Qt::UserRole + 2; // name
inline constexpr int kSideBarPage = Qt::UserRole + 3;       // PageId
inline constexpr int kSideBarCount = Qt::UserRole + 4;      // -1: none
inline constexpr int kSideBarChosen = Qt::UserRole + 5;     // bool: what the window shows

SideBarKind sideBarKind(const QListWidgetItem& item);

class SideBarDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    SideBarDelegate(const Theme& theme, QObject* parent);

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& theme_;
};

} // namespace attest::gui
