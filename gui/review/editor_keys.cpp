#include "gui/review/editor_keys.h"

#include <QKeyEvent>
#include <QWidget>

namespace attest::gui {

EditorKeys::EditorKeys(QWidget* editor) : QObject(editor) {
    editor->installEventFilter(this);
}

bool EditorKeys::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress) {
        return QObject::eventFilter(watched, event);
    }
    auto* key = static_cast<QKeyEvent*>(event);
    const auto command = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    const bool isPlain = (key->modifiers() & command) == Qt::NoModifier;
    const bool isFunction = key->key() >= Qt::Key_F1 && key->key() <= Qt::Key_F35;
    if (event->type() == QEvent::ShortcutOverride) {
        const bool isUndo = key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo);
        if ((isPlain && !isFunction) || isUndo) {
            event->accept();
            return true;
        }
        return false;
    }
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (isPlain && isEnter && onEnter) {
        onEnter();
        return true;
    }
    if (isPlain && key->key() == Qt::Key_Escape && onEscape) {
        onEscape();
        return true;
    }
    return false;
}

} // namespace attest::gui
