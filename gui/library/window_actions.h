// The commands that are there whatever page is in front: the menu of the gear, the buttons of the
// top bar and the command palette show the same ones.
#pragma once

#include "gui/app/context.h"

#include <QObject>

#include <functional>
#include <vector>

class QAction;
class QKeySequence;
class QMenu;
class QWidget;

namespace attest::gui {

class DocumentCommands;
class LibraryState;

// Lives on the GUI thread; actions belong to it.
class WindowActions final : public QObject {
    Q_OBJECT

public:
    WindowActions(AppContext& app,
                  LibraryState& state,
                  DocumentCommands& commands,
                  QWidget* window);

    QAction* addFiles = nullptr;
    QAction* addFolder = nullptr;
    QAction* pasteNote = nullptr;
    QAction* samples = nullptr;
    QAction* watchedFolders = nullptr;
    QAction* extract = nullptr; // its text counts: "Extract 12"
    QAction* search = nullptr;
    QAction* palette = nullptr;

    // Every command, in groups.
    void fillMenu(QMenu& menu) const;

    // Adds those whose keys work only where the top bar is: not in the review.
    void addKeysTo(QWidget* topBar) const;

signals:
    void paletteAsked();

private:
    QAction* make(const QString& text,
                  const QString& icon,
                  const QKeySequence& key,
                  std::function<void()> run);
    void refreshIcons();
    void refreshExtract();

    struct Drawn {
        QAction* action;
        QString icon;
    };

    AppContext& app_;
    LibraryState& state_;
    std::vector<Drawn> drawn_;
    std::vector<std::vector<QAction*>> groups_;
    std::vector<QAction*> barKeys_;
};

// "Add files (Ctrl+O)".
QString toolTipOf(const QAction& action);

} // namespace attest::gui
