// Ctrl-C: the first one asks to stop, the second one kills.
#pragma once

#include <stop_token>
#include <thread>

namespace attest::cli {

// Blocks SIGINT and SIGTERM for the whole process and waits for them on a thread of its own, so
// that nothing runs inside a signal handler. Create before any other thread.
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
