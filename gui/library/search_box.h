// The search field of the top bar.
#pragma once

#include <QLineEdit>

namespace attest::gui {

class Theme;

// Shows its key while it is empty. Escape clears it; on an empty field it is left().
class SearchBox final : public QLineEdit {
    Q_OBJECT

public:
    SearchBox(const Theme& theme, QWidget* parent);

signals:
    void left();    // Escape on an empty field
    void entered(); // Return, Down: to the results

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refreshIcon();

    const Theme& theme_;
    QAction* icon_;
    QAction* clear_;
};

} // namespace attest::gui
