// The window: top bar, side bar, pages and status bar. Pages are made when they are first asked
// for, so that the window is there at once. F6 and Shift+F6 go round the panes.
#pragma once

#include "gui/app/context.h"
#include "gui/app/navigator.h"

#include <QMainWindow>

#include <functional>
#include <map>
#include <vector>

class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace attest::gui {

class Page;
class ToastBar;

class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    using PageFactory = std::function<Page*(QWidget* parent)>;

    explicit MainWindow(AppContext& app);
    ~MainWindow() override;

    // Take ownership. Both are hidden while a full-window page is in front.
    void setTopBar(QWidget* topBar);
    void setSideBar(QWidget* sideBar);
    void addPage(PageId id, PageFactory factory);

    // Makes the page when it is not there yet. REQUIRES: addPage() was called for it.
    Page* page(PageId id);

    PageId currentPage() const { return current_; }

    // Right side of the status bar, before the privacy note: "Model: Attest Reader".
    void setModelText(const QString& text);

signals:
    void pageShown(attest::gui::PageId page);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void showPage(PageId id);
    void goBack();
    void refreshStatus();
    void refreshTitle();
    void refreshSizes();
    void focusPane(int step);
    QWidget* makeStatusBar();

    AppContext& app_;
    std::map<PageId, PageFactory> factories_;
    std::map<PageId, Page*> pages_;
    PageId current_ = PageId::Library;
    std::vector<PageId> history_;
    QWidget* topBar_ = nullptr;
    QWidget* sideBar_ = nullptr;
    QVBoxLayout* rows_;
    QWidget* middle_;
    QStackedWidget* stack_;
    QWidget* statusBar_ = nullptr;
    QLabel* statusText_;
    QLabel* modelText_;
    ToastBar* toast_;
};

} // namespace attest::gui
