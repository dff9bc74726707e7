// Puts the library into the window: its page, the top bar, the side bar and the commands.
#pragma once

#include "gui/app/context.h"

namespace attest::gui {

class MainWindow;

void addLibrary(MainWindow& window, AppContext& app);

} // namespace attest::gui
