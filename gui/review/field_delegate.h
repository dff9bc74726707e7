// Draws the rows of the field list.
#pragma once

#include <QStyledItemDelegate>

namespace attest::gui {

class FieldListModel;
class Theme;

class FieldDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    FieldDelegate(const FieldListModel& model, const Theme& theme, QObject* parent);

    // The selected row leaves room below its lines for the controls.
    void setCurrent(const QModelIndex& index, int controlsHeight, const QString& stepper);

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    // Where the controls go in the selected row.
    QRect controlsArea(const QRect& row, const QModelIndex& index) const;
    int controlsWidth(int rowWidth) const;

private:
    struct Lines; // measures of the current font

    Lines lines(int width) const;
    int textHeight(int width, const QModelIndex& index) const; // without the controls
    void paintHeader(QPainter& painter, const QRect& row, const QModelIndex& index) const;
    void paintValue(QPainter& painter, const QRect& row, const QModelIndex& index) const;
    void paintSource(QPainter& painter, const QRect& line, const QModelIndex& index) const;

    const FieldListModel& model_;
    const Theme& theme_;
    int current_ = -1;
    int controlsHeight_ = 0;
    QString stepper_; // "1 / 2" of the selected row
};

} // namespace attest::gui
