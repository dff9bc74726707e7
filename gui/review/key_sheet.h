// The sheet over the page that lists every key.
#pragma once

#include "gui/review/review_actions.h"

#include <QPointer>
#include <QWidget>

namespace attest::gui {

class Theme;

// Covers its parent. Any key or click closes it. Lives on the GUI thread.
class KeySheet final : public QWidget {
    Q_OBJECT

public:
    KeySheet(const std::vector<KeySection>& sections, const Theme& theme, QWidget* parent);

    void open();

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void close();

    const Theme& theme_;
    QPointer<QWidget> focusBefore_;
    QWidget* card_;
};

} // namespace attest::gui
