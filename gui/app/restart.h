// Ending the program and starting it again: for another library, another language, a backup that
// takes the library's place.
#pragma once

#include <QString>
#include <QStringList>

namespace attest::gui {

// The arguments of this start (the program's name first) with `option` ("--library") set to
// `value`. What was meant for one start only (files, --page, --screenshot, --restore, …) is left
// out.
QStringList
argumentsWith(const QStringList& arguments, const QString& option, const QString& value);

// Leaves the event loop; main() starts the program again with `arguments` when everything is
// closed.
void requestRestart(const QStringList& arguments);

// What was asked for; empty: nothing. Call after the event loop, while the application is there.
QStringList requestedRestart();

// Replaces this process. Returns only when that fails. REQUIRES: `arguments` is not empty.
void startAgain(const QString& program, const QStringList& arguments);

} // namespace attest::gui
