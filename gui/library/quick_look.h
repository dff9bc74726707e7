// A look at a document's pages without opening the review.
#pragma once

#include "base/result.h"
#include "gui/app/context.h"
#include "gui/app/task_thread.h"
#include "storage/library_list.h"

#include <QDialog>

#include <cstdint>
#include <stop_token>

class QLabel;
class QStackedWidget;

namespace attest::gui {

class EmptyState;
class PageView;
struct PageViewDocument;

// Escape and Space close; Up and Down ask for the neighbours in the list; Enter asks for the
// review.
class QuickLook final : public QDialog {
    Q_OBJECT

public:
    QuickLook(AppContext& app, QWidget* parent);
    ~QuickLook() override;

    void showDocument(const storage::LibraryRow& row);

signals:
    void stepAsked(int step);
    void reviewAsked();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    bool handleKey(const QKeyEvent& event);
    void take(const Result<PageViewDocument>& answer);
    void readFile();
    void place();

    AppContext& app_;
    PageView* pages_;
    EmptyState* nothing_;
    QStackedWidget* stack_;
    QLabel* name_;
    QLabel* notice_;
    storage::LibraryRow row_;
    std::uint64_t asked_ = 0;
    std::stop_source stop_;
    TaskThread thread_{TaskThread::AtEnd::DropWaiting}; // last: ends before the rest
};

} // namespace attest::gui
