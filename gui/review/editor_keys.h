// Keeps the page's single-letter shortcuts out of text editors.
#pragma once

#include <QObject>

#include <functional>

class QWidget;

namespace attest::gui {

// While `editor` has the focus, plain keys (letters, digits, Enter, Esc, Tab, arrows) are its own;
// shortcuts with Ctrl, Alt or a function key still work. Owned by the editor.
class EditorKeys final : public QObject {
    Q_OBJECT

public:
    explicit EditorKeys(QWidget* editor);

    // Enter and Esc; without one the editor gets the key.
    std::function<void()> onEnter;
    std::function<void()> onEscape;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace attest::gui
