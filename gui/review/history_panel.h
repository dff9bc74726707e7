// What happened to this run, newest first: from the audit log.
#pragma once

#include <QWidget>

class QTreeWidget;

namespace attest::gui {

class ReviewSession;
struct AppContext;

// Lives on the GUI thread.
class HistoryPanel final : public QWidget {
    Q_OBJECT

public:
    HistoryPanel(AppContext& app, ReviewSession& session, QWidget* parent);

    // Reads the log; cheap enough for every decision while it is in front.
    void refresh();

private:
    AppContext& app_;
    ReviewSession& session_;
    QTreeWidget* list_;
};

} // namespace attest::gui
