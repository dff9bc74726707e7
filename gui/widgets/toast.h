// A short note about what just happened, with a way back.
#pragma once

#include <QString>

#include <functional>

namespace attest::gui {

struct Toast {
    QString text;
    QString actionText; // "Undo"; empty: none
    std::function<void()> action;
};

} // namespace attest::gui
