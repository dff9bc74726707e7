// The queue: what waits, what is being read, what ended and how.
#pragma once

#include "gui/app/context.h"
#include "gui/widgets/page.h"

#include <QTimer>

#include <cstdint>
#include <vector>

class QAction;
class QLabel;
class QStackedWidget;
class QTableView;

namespace attest::gui {

class EmptyState;
class JobsModel;

class JobsPage final : public Page {
    Q_OBJECT

public:
    JobsPage(AppContext& app, QWidget* parent);

    void activate() override;
    QString statusText() const override;

private:
    QWidget* makeHeader();
    void reload();
    void refreshActions();
    std::vector<std::int64_t> selectedJobs() const;

    AppContext& app_;
    JobsModel* model_;
    QTableView* table_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    QLabel* subtitle_;
    QAction* pause_;
    QAction* cancel_;
    QAction* retry_;
    QAction* top_;
    QAction* clear_;
    QTimer reload_; // one read for many changes
};

} // namespace attest::gui
