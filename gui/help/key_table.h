// Every key of the window, for the help page.
#pragma once

#include <QString>

#include <vector>

namespace attest::gui {

class Theme;

struct KeyRow {
    QString key;
    QString what;
};

struct KeyGroup {
    QString title;
    std::vector<KeyRow> rows;
};

// REQUIRES: a QApplication.
std::vector<KeyGroup> keyTable(const Theme& theme);

} // namespace attest::gui
