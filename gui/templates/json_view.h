// The template as JSON, kept in step with the list of fields both ways.
#pragma once

#include <QWidget>

class QPlainTextEdit;
class QTimer;

namespace attest::gui {

class Banner;
class DraftState;
class Theme;

class JsonView final : public QWidget {
    Q_OBJECT

public:
    JsonView(DraftState& state, const Theme& theme, QWidget* parent);

    QPlainTextEdit& text() { return *text_; }

    // Takes over what was typed, without waiting for a pause. False when it is no template: the
    // banner says why, and the fields stay as they are.
    bool apply();

    // Whether the text is no template at the moment.
    bool hasProblem() const { return hasProblem_; }

signals:
    void problemChanged();

private:
    void refresh();
    void setProblem(const QString& problem);

    DraftState& state_;
    const Theme& theme_;
    QPlainTextEdit* text_;
    Banner* banner_;
    QTimer* pause_;
    bool isShowing_ = false;
    bool isApplying_ = false;
    bool hasProblem_ = false;
};

} // namespace attest::gui
