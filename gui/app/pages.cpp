#include "gui/app/pages.h"

#include "gui/app/main_window.h"

namespace attest::gui {

void addPages(MainWindow& window, AppContext& app) {
    (void)window;
    (void)app;
}

} // namespace attest::gui
