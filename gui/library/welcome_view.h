// The first thing a new user sees, in place of an empty library.
#pragma once

#include "gui/app/context.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace attest::gui {

class WelcomeView final : public QWidget {
    Q_OBJECT

public:
    WelcomeView(AppContext& app, QWidget* parent);

    QPushButton* addButton() const { return add_; }

    QPushButton* samplesButton() const { return samples_; }

signals:
    void samplesAsked(); // besides Navigator::samplesRequested

private:
    void refresh();

    AppContext& app_;
    QPushButton* add_;
    QPushButton* samples_;
    QLabel* mark_;
};

} // namespace attest::gui
