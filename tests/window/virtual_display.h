// A display of its own for tests that open the real window.
#pragma once

#include <sys/types.h>

namespace attest::test {

// Starts Xvfb and points DISPLAY and QT_QPA_PLATFORM at it until it is destroyed. Construct it
// before the QApplication. Fails the test when Xvfb is not installed.
class VirtualDisplay {
public:
    VirtualDisplay(int width, int height);
    VirtualDisplay(const VirtualDisplay&) = delete;
    VirtualDisplay& operator=(const VirtualDisplay&) = delete;
    ~VirtualDisplay();

private:
    pid_t server_ = -1;
};

} // namespace attest::test
