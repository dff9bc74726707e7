// Every command of the review with its key, its words and its tool tip: buttons, menus, shortcuts
// and the key sheet are all made from these.
#pragma once

#include <QAction>
#include <QString>

#include <vector>

class QWidget;

namespace attest::gui {

class Theme;

struct KeyLine {
    QString keys; // "A", "F2 or E"
    QString text;
};

struct KeySection {
    QString title;
    std::vector<KeyLine> lines;
};

// Owned by the page; shortcuts work while something on the page has the focus.
struct ReviewActions {
    ReviewActions(QWidget* page, const Theme& theme);

    QAction* back;
    QAction* undo;
    QAction* redo;
    QAction* next; // accept and go to the next to review
    QAction* finish;
    QAction* accept;
    QAction* edit;
    QAction* reject;
    QAction* notStated;
    QAction* flag;
    QAction* clear; // back to what the machine said
    QAction* previousPlace;
    QAction* nextPlace;
    QAction* usePlace;
    QAction* assign; // the selection on the page
    QAction* addRow;
    QAction* deleteRow;
    QAction* acceptShown;
    QAction* nextDocument;
    QAction* previousDocument;
    QAction* skip;
    QAction* goToPage;
    QAction* find;
    QAction* zoomIn;
    QAction* zoomOut;
    QAction* fitWidth;
    QAction* otherPane;
    QAction* help;

    // For the key sheet.
    std::vector<KeySection> sections() const;
};

} // namespace attest::gui
