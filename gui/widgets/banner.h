// What a page has to say above its contents: a problem, a warning, something done. Not there while
// it says nothing.
#pragma once

#include "gui/theme/tokens.h"

#include <QWidget>

class QFrame;
class QLabel;

namespace attest::gui {

class Banner final : public QWidget {
    Q_OBJECT

public:
    // Of a dismissable one the user can have it away. Margins around it: those of a page's edge.
    enum class Closing { Dismissable, Staying };

    Banner(Closing closing, QWidget* parent);

    // An empty text hides it. The text is the accessible name too.
    void say(Tone tone, const QString& text);
    void clear();

    QString text() const;

private:
    QFrame* frame_;
    QLabel* text_;
};

} // namespace attest::gui
