// Ctrl-C: the first one asks to stop, the second one kills.
#pragma once

#include <stop_token>
#include <thread>

namespace attest::cli {

// Takes over SIGINT and SIGTERM until the program ends. Signals stay blocked on the creating
// thread, so that child processes it starts do not see the terminal's Ctrl-C and are ended by us
// alone. One per process.
class Interrupt {
public:
    Interrupt();

    std::stop_token token() const { return source_.get_token(); }

    bool wasRequested() const { return source_.stop_requested(); }

private:
    std::stop_source source_;
    std::jthread thread_; // last: it uses source_
};

} // namespace attest::cli
