// The language of the window's texts.
#pragma once

#include <QString>

class QCoreApplication;

namespace attest::gui {

// "de" or "en"; empty: as the desktop has it, English when there is no translation. Call once,
// before the first widget; texts that are on the screen stay as they are.
void installLanguage(QCoreApplication& app, const QString& language);

} // namespace attest::gui
