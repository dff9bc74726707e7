// The list at the left: smart lists, collections, and the other pages, with their counts.
#pragma once

#include "gui/app/context.h"
#include "gui/app/navigator.h"

#include <QListWidget>

namespace attest::gui {

class DocumentCommands;
class LibraryState;

// Arrow keys move, Enter and a click open. Documents dropped on a collection move there, on the
// trash go there.
class SideBar final : public QListWidget {
    Q_OBJECT

public:
    SideBar(AppContext& app,
            LibraryState& state,
            DocumentCommands& commands,
            QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    // The page in front; its entry is drawn as chosen.
    void setPage(PageId page);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void rebuild();
    void refreshCounts();
    void refreshChosen();
    void open(const QListWidgetItem* item);
    void renameCollection(const QString& name);
    QListWidgetItem* dropTarget(const QPoint& position) const;
    void moveCurrent(int step);

    AppContext& app_;
    LibraryState& state_;
    DocumentCommands& commands_;
    PageId page_ = PageId::Library;
};

} // namespace attest::gui
