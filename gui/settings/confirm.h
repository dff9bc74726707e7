// A question before something that cannot be taken back.
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace attest::gui {

struct Question {
    QString title;
    QString text; // what will happen
    QString verb; // on the button that does it
};

// Asks without blocking; `then` is called when the person agrees. Escape does nothing.
void confirm(QWidget* parent, const Question& question, std::function<void()> then);

} // namespace attest::gui
