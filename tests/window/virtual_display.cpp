#include "window/virtual_display.h"

#include "support/catch.h"

#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace attest::test {

namespace {

constexpr int kStartMs = 20'000;

std::string readNumber(int fd) {
    std::string number;
    pollfd waiting{fd, POLLIN, 0};
    char digit = 0;
    while (poll(&waiting, 1, kStartMs) == 1 && read(fd, &digit, 1) == 1 && digit != '\n') {
        number += digit;
    }
    return number;
}

} // namespace

VirtualDisplay::VirtualDisplay(int width, int height) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
    const std::string answer = std::to_string(ends[1]);
    server_ = fork();
    REQUIRE(server_ >= 0);
    if (server_ == 0) {
        close(ends[0]);
        execlp("Xvfb",
               "Xvfb",
               "-displayfd",
               answer.c_str(),
               "-screen",
               "0",
               screen.c_str(),
               "-nolisten",
               "tcp",
               static_cast<char*>(nullptr));
        _exit(127);
    }
    close(ends[1]);
    const std::string number = readNumber(ends[0]);
    close(ends[0]);
    if (number.empty()) {
        FAIL("Xvfb did not start; is the package xvfb installed?");
    }
    setenv("DISPLAY", (":" + number).c_str(), 1);
    setenv("QT_QPA_PLATFORM", "xcb", 1);
    unsetenv("WAYLAND_DISPLAY");
}

VirtualDisplay::~VirtualDisplay() {
    if (server_ > 0) {
        kill(server_, SIGTERM);
        waitpid(server_, nullptr, 0);
    }
}

} // namespace attest::test
