// A button that shows the key which does the same.
#pragma once

#include <QKeySequence>
#include <QPushButton>

class QAction;

namespace attest::gui {

class Theme;

// Text, then the shortcut in a key cap. The tool tip names the shortcut as well.
class KeyButton final : public QPushButton {
    Q_OBJECT

public:
    KeyButton(const QString& text, const QKeySequence& key, const Theme& theme, QWidget* parent);

    // Follows text, shortcut, enabled and tool tip of an action and triggers it.
    KeyButton(QAction* action, const Theme& theme, QWidget* parent);

    void setKey(const QKeySequence& key);

    QSize sizeHint() const override;

    // Without the key: in a narrow window the words matter more.
    QSize minimumSizeHint() const override { return QPushButton::sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString keyText() const;
    int keyWidth() const;

    const Theme& theme_;
    QKeySequence key_;
};

// "Ctrl+Return" as people write it on keys: "Ctrl ⏎".
QString keyCapText(const QKeySequence& key);

} // namespace attest::gui
