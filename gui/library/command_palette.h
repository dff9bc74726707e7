// Every command that can be used now, found by typing.
#pragma once

#include "gui/app/context.h"

#include <QDialog>

#include <vector>

class QAction;
class QLineEdit;
class QListWidget;

namespace attest::gui {

// The words in any order, each the begin of a word of the command or anywhere in it; those that
// begin words come first. Empty: everything.
int commandRank(const QString& command, const QString& typed); // -1: does not match; 0 is best

// Commands of `window` and of its visible widgets that have a name and are enabled, each once.
std::vector<QAction*> commandsOf(const QWidget& window);

class CommandPalette final : public QDialog {
    Q_OBJECT

public:
    CommandPalette(AppContext& app, QWidget* window);

    void openNow();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void runCurrent();

    AppContext& app_;
    QWidget* window_;
    QLineEdit* typed_;
    QListWidget* list_;
    std::vector<QAction*> commands_;
};

} // namespace attest::gui
