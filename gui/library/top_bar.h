// The bar above all pages but the review: add, extract, search, menu.
#pragma once

#include "gui/app/context.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace attest::gui {

class LibraryState;
class SearchBox;
class WindowActions;

// Gives up words before it gives up commands: with less room, buttons become icons.
class TopBar final : public QFrame {
    Q_OBJECT

public:
    TopBar(AppContext& app, LibraryState& state, WindowActions& actions, QWidget* parent = nullptr);

    // The frame would otherwise keep the window as wide as all its words.
    QSize minimumSizeHint() const override;

    SearchBox* searchBox() const { return search_; }

signals:
    void listWanted(); // the search box gives the focus back

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum Level { Full, IconButtons, NoLabels, Tight, LevelCount };

    QToolButton* makeAddButton(WindowActions& actions);
    QToolButton* makeMenuButton(WindowActions& actions);
    void refreshTemplates();
    void showChosen();
    void refreshExtract();
    void refreshIcons();
    void fit();
    void apply(Level level);

    AppContext& app_;
    LibraryState& state_;
    WindowActions& actions_;
    QLabel* mark_;
    QLabel* brand_;
    QToolButton* add_;
    QPushButton* paste_;
    QLabel* templateLabel_;
    QComboBox* template_;
    QPushButton* extract_;
    SearchBox* search_;
    QToolButton* menu_;
    bool isFitting_ = false;
};

} // namespace attest::gui
