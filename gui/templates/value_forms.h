// Forms that a value may be asked to have, by a name that people know. What is stored is the
// pattern (extract/value_pattern.h); the built-in templates use the same ones.
#pragma once

#include <QString>

#include <vector>

namespace attest::gui {

struct ValueForm {
    QString name;    // in the user's language
    QString pattern; // empty: any
};

// "Any" first.
std::vector<ValueForm> valueForms();

} // namespace attest::gui
