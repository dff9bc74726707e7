// The list of fields: one row is the current one and opens below itself.
#pragma once

#include "gui/review/field_list_model.h"

#include <QListView>

#include <optional>
#include <string>

namespace attest::gui {

class FieldDelegate;
class RowControls;
class Theme;
struct ReviewActions;

// Lives on the GUI thread. Keys: ↓ ↑ Tab Shift+Tab rows, ← → close and open a record, PgUp PgDn
// are the page's. Tab leaves the list behind its last row.
class FieldList final : public QListView {
    Q_OBJECT

public:
    FieldList(const ReviewActions& actions, const Theme& theme, QWidget* parent);

    FieldListModel& rows() { return *rows_; }

    // nullptr: nothing is open.
    void setReview(const ReviewModel* review, const std::vector<storage::PageRecord>* pages);
    void refresh(); // values changed
    void rebuild(); // rows came or went
    void setOrder(FieldOrder order);

    // "": none. A record is named by its pointer.
    std::string currentPointer() const;
    std::optional<std::size_t> currentField() const;
    std::optional<std::size_t> currentRecord() const; // only when its header is current
    bool setCurrent(const std::string& pointer);      // opens its record; false: there is none

    void setPlaces(int current, int count, bool isElsewhere);
    void startEditing();
    bool isEditing() const;
    void toggleCurrentRecord();

    // Below which a menu of the current row opens, in global coordinates.
    QPoint menuPosition() const;

signals:
    void currentMoved();
    void editSubmitted(const QString& text);
    void pageStepRequested(int by);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool isNext) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    template <typename Change>
    void keepingCurrent(Change change);
    void showControls();
    void relayout();
    void placeControls();
    QModelIndex neighbour(int from, int step) const;

    const Theme& theme_;
    FieldListModel* rows_;
    FieldDelegate* delegate_;
    RowControls* controls_;
    std::string current_;
    QString stepper_;
    bool isChanging_ = false;
};

} // namespace attest::gui
