// The simple list of a template's fields; fields of a repeat group stand indented below it.
#pragma once

#include "gui/templates/draft_edit.h"

#include <QTreeWidget>

namespace attest::gui {

class DraftState;
class Theme;

QString typeName(FieldType type);

// Rows are dragged, or moved with Alt and the arrow keys; Delete removes, Insert adds.
class FieldTree final : public QTreeWidget {
    Q_OBJECT

public:
    FieldTree(DraftState& state, const Theme& theme, QWidget* parent);

    void addField(FieldType type);
    void removeSelected();
    void moveSelected(int steps);

protected:
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();
    void showSelection();
    QTreeWidgetItem* itemOf(DraftPath path) const;
    DraftPath pathOf(const QTreeWidgetItem* item) const;

    DraftState& state_;
    const Theme& theme_;
    bool isShowing_ = false;
};

} // namespace attest::gui
