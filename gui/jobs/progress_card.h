// How far the queue is, with pause and cancel; there while it works, gone when it is done.
#pragma once

#include "gui/app/context.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace attest::gui {

class ProgressCard final : public QFrame {
    Q_OBJECT

public:
    ProgressCard(AppContext& app, QWidget* parent);

private:
    void refresh();

    AppContext& app_;
    QLabel* title_;
    QLabel* detail_;
    QLabel* current_;
    QPushButton* pause_;
    QPushButton* cancel_;
    QProgressBar* bar_;
};

} // namespace attest::gui
