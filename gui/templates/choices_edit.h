// The values of a choice as chips: Enter or a comma adds, Backspace in the empty box takes the last
// one away, a click on a chip its own.
#pragma once

#include <QStringList>
#include <QWidget>

class QLineEdit;

namespace attest::gui {

class FlowLayout;

class ChoicesEdit final : public QWidget {
    Q_OBJECT

public:
    explicit ChoicesEdit(QWidget* parent);

    void setChoices(const QStringList& choices);

    const QStringList& choices() const { return choices_; }

    void setReadOnly(bool isReadOnly);

signals:
    void edited(const QStringList& choices);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take(const QString& text);
    void remove(qsizetype index);
    void refresh();

    QStringList choices_;
    bool isReadOnly_ = false;
    QWidget* chips_;
    FlowLayout* flow_;
    QLineEdit* input_;
};

} // namespace attest::gui
