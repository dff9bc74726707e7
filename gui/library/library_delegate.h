// Paints the cells of the document table: two lines, pills, a progress bar while a document is
// read; and edits names in place.
#pragma once

#include <QStyledItemDelegate>

namespace attest::gui {

class LibraryModel;
class Theme;

class LibraryDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    LibraryDelegate(const LibraryModel& model, const Theme& theme, QObject* parent);

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent,
                          const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor,
                              const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

private:
    void paintDocument(QPainter& painter, const QRect& area, int row) const;
    void paintStatus(QPainter& painter, const QRect& area, int row) const;
    void paintText(QPainter& painter, const QRect& area, const QModelIndex& index) const;

    const LibraryModel& model_;
    const Theme& theme_;
};

} // namespace attest::gui
