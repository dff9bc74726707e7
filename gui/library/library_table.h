// The table of documents: keys, columns that are remembered, selection by document.
#pragma once

#include "gui/app/context.h"

#include <QTreeView>

#include <cstdint>
#include <vector>

namespace attest::gui {

class LibraryModel;

// Selection, current row and scroll position stay with their documents when the model is reset.
class LibraryTable final : public QTreeView {
    Q_OBJECT

public:
    LibraryTable(AppContext& app, LibraryModel& model, QWidget* parent);

    std::vector<std::int64_t> selectedIds() const; // in the order shown
    int currentRow() const;                        // -1: none
    void selectOnly(std::int64_t documentId);      // and scrolls to it, when it is shown

    bool isEditing() const { return state() == QAbstractItemView::EditingState; }

    // Starts renaming the current row.
    void editName();

    // The order of a search is its own: found best first until a header is clicked, and the
    // list's order comes back afterwards.
    void setSearchOrder(bool isSearching);

signals:
    void reviewAsked();              // Enter, double click
    void quickLookAsked();           // Space
    void typed(const QString& text); // letters: to the search box
    void searchLeft();               // Escape
    void menuAsked(const QPoint& globalPosition);
    void rowsSelected(); // the selection has changed, or what of it is shown

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;

private:
    void rememberRows();
    void restoreRows();
    void restoreColumns();
    void saveColumns();
    void fitColumns();
    void openHeaderMenu(const QPoint& position);

    AppContext& app_;
    LibraryModel& model_;
    std::vector<std::int64_t> keptSelection_;
    std::int64_t keptCurrent_ = 0;
    int keptCurrentRow_ = -1;
    std::int64_t keptTop_ = 0;
    int keptOffset_ = 0;
    bool isRestoring_ = false;
    bool isFitting_ = false;
    bool isSearchOrder_ = false;
    int listSortColumn_ = -1;
    Qt::SortOrder listSortOrder_ = Qt::DescendingOrder;
    // By column, as the user wants them, at 100 % text size.
    std::vector<double> widths_;
    std::vector<bool> isHidden_;
};

} // namespace attest::gui
