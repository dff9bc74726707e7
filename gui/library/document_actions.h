// The commands for the selected documents as actions: the list's keys and its menu.
#pragma once

#include "gui/app/context.h"
#include "storage/library_list.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <vector>

class QAction;
class QKeySequence;
class QMenu;

namespace attest::gui {

class DocumentCommands;
class LibraryModel;
class LibraryState;
class LibraryTable;
class QuickLook;

// Lives on the GUI thread. Enabled for what the selection allows.
class DocumentActions final : public QObject {
    Q_OBJECT

public:
    DocumentActions(AppContext& app,
                    LibraryState& state,
                    DocumentCommands& commands,
                    LibraryModel& model,
                    LibraryTable& table);

    QAction* review = nullptr;
    QAction* quickLook = nullptr;
    QAction* rename = nullptr;
    QAction* retry = nullptr;
    QAction* locate = nullptr;
    QAction* copyPath = nullptr;
    QAction* exportRuns = nullptr; // of the selected documents, else of all shown
    QAction* trash = nullptr;
    QAction* restore = nullptr;
    QAction* deleteForGood = nullptr;
    QAction* selectAll = nullptr;

    void refresh();
    void openMenu(const QPoint& globalPosition);

    // Of what is selected, else of the row with the focus.
    std::vector<storage::LibraryRow> targets() const;

private:
    QAction* make(const QString& text, const QKeySequence& key, std::function<void()> run);
    std::vector<std::int64_t> targetIds() const;
    std::vector<storage::LibraryRow> shownRows() const;
    void openReview();
    void openQuickLook();
    void addCollectionsTo(QMenu& menu);
    void addTemplatesTo(QMenu& menu);
    void askNewCollection();

    AppContext& app_;
    LibraryState& state_;
    DocumentCommands& commands_;
    LibraryModel& model_;
    LibraryTable& table_;
    QPointer<QuickLook> look_;
};

} // namespace attest::gui
