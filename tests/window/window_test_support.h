// The whole window, put together as main() does it, on a display of its own.
#pragma once

#include "gui/window/main_window.h"
#include "gui/gui_test_support.h"

#include <QStringList>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

class QWidget;

namespace attest::gui {

// Starts the display before the application that TestApp makes.
struct DisplayFirst {
    DisplayFirst();
};

class WindowTest : private DisplayFirst, public TestApp {
public:
    WindowTest();
    ~WindowTest();

    MainWindow& window() { return *window_; }

    // What a file manager does when files are dropped on the middle of the window.
    void drop(const std::vector<std::filesystem::path>& paths);

    // A key press as the user makes it: to whatever has the focus.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void type(const QString& text);

    // Copies samples into a folder of the test, so that each test has files of its own.
    std::filesystem::path copyOfSample(const std::string& name);

    // Waits until nothing waits or runs and `count` jobs are done.
    void waitForJobs(std::int64_t count);

    // The newest extraction of the document with this file name. Fails the test without one.
    storage::StoredRun runOf(const std::string& fileName);

private:
    std::unique_ptr<MainWindow> window_;
};

} // namespace attest::gui
