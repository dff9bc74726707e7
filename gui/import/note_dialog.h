// Text from the clipboard or typed in, as a document.
#pragma once

#include <QDialog>

class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace attest::gui {

class Theme;

class NoteDialog final : public QDialog {
    Q_OBJECT

public:
    // Begins with what the clipboard holds when that is text.
    NoteDialog(const Theme& theme, QWidget* parent);

    // Asks before text that was changed is thrown away.
    void reject() override;

signals:
    void noteReady(const QString& text, const QString& name);

private:
    void add();

    QLineEdit* name_;
    QPlainTextEdit* text_;
    QPushButton* add_;
    bool isDiscardAsked_ = false;
    QPushButton* cancel_;
};

} // namespace attest::gui
