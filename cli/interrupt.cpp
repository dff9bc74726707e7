#include "cli/interrupt.h"

#include "cli/exit_code.h"
#include "cli/terminal.h"

#include <csignal>
#include <ctime>
#include <unistd.h>

namespace attest::cli {

namespace {

constexpr long kPollNanoseconds = 100'000'000; // how long the end of the program may wait

sigset_t interruptSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

Interrupt::Interrupt() {
    const sigset_t signals = interruptSignals();
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    thread_ = std::jthread([this, signals](std::stop_token ended) {
        const timespec wait = {0, kPollNanoseconds};
        while (!ended.stop_requested()) {
            if (::sigtimedwait(&signals, nullptr, &wait) <= 0) {
                continue;
            }
            if (source_.stop_requested()) {
                ::_exit(int(ExitCode::Interrupted)); // every finished document is stored
            }
            complain("stopping after this step; what is finished is kept (again: stop at once)");
            source_.request_stop();
        }
    });
}

} // namespace attest::cli
