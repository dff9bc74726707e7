// Puts the window together: which page is which class. The one place that knows them all.
#pragma once

#include "gui/app/context.h"

namespace attest::gui {

class MainWindow;

void addPages(MainWindow& window, AppContext& app);

} // namespace attest::gui
