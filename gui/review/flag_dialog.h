// Asks for the note of a flag.
#pragma once

#include <QDialog>

class QLineEdit;

namespace attest::gui {

// Deletes itself when it is closed. Lives on the GUI thread.
class FlagDialog final : public QDialog {
    Q_OBJECT

public:
    FlagDialog(const QString& field, const QString& note, bool isFlagged, QWidget* parent);

signals:
    void decided(bool isFlagged, const QString& note);

private:
    void decide(bool isFlagged);

    QLineEdit* note_;
};

} // namespace attest::gui
