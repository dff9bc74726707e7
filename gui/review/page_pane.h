// The left side: the page with its toolbar, find bar, notices, and the offer to use a selection.
#pragma once

#include "gui/pages/page_view.h"

#include <QString>
#include <QWidget>

#include <cstddef>
#include <vector>

class QFrame;
class QLabel;
class QLineEdit;
class QToolButton;

namespace attest::gui {

class KeyButton;
struct AppContext;
struct ReviewActions;

// Lives on the GUI thread.
class PagePane final : public QWidget {
    Q_OBJECT

public:
    PagePane(AppContext& app, const ReviewActions& actions, QWidget* parent);

    PageView& view() { return *view_; }

    void setDocument(PageViewDocument document);
    void clear();

    // What a selection becomes: "Use as Dose". Empty: it is of no use now.
    void setUseText(const QString& text);

    void goToPageByKeyboard(); // puts the focus into the page number
    void openFind();
    void stepPage(int by);

signals:
    void useSelectionRequested();
    void selectionUsable(bool isUsable); // there is one, and something to use it for
    void closed();                       // an editor was left: the focus should go to the fields

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeToolbar(const ReviewActions& actions);
    QWidget* makeFindBar();
    void refreshPage();
    void refreshSelection();
    void placeUse();
    void search(bool isNew, bool isBackwards);

    AppContext& app_;
    PageView* view_;
    QLineEdit* number_ = nullptr;
    QLabel* count_ = nullptr;
    QLabel* zoom_ = nullptr;
    QFrame* notice_;
    QLabel* noticeText_;
    QWidget* findBar_ = nullptr;
    QLineEdit* findText_ = nullptr;
    QLabel* found_ = nullptr;
    KeyButton* use_;
    QString useText_;
};

} // namespace attest::gui
