// The note at the lower edge that says what just happened and offers to take it back.
#pragma once

#include "gui/widgets/toast.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace attest::gui {

// Over its parent, at the bottom, for 8 seconds or until it is closed; a new one replaces it. Stays
// while the mouse is over it or it has the focus. Announced to screen readers.
class ToastBar final : public QFrame {
    Q_OBJECT

public:
    explicit ToastBar(QWidget* parent);

    void showToast(const Toast& toast);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void place();

    QLabel* text_;
    QPushButton* action_;
    QTimer timer_;
    Toast toast_;
};

} // namespace attest::gui
