// What every page of the main window is.
#pragma once

#include <QWidget>

namespace attest::gui {

class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    // Called each time the page is asked for, also when it is in front already: read the Navigator,
    // take the focus, ask again for what may have changed meanwhile.
    virtual void activate() = 0;

    // Review uses the whole window: no top bar, no side bar.
    virtual bool isFullWindow() const { return false; }

    // Left side of the status bar: "171 documents · 612 MB".
    virtual QString statusText() const { return {}; }

signals:
    void statusTextChanged();
};

} // namespace attest::gui
