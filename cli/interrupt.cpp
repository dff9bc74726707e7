#include "cli/interrupt.h"

#include "cli/exit_code.h"
#include "cli/terminal.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <unistd.h>

namespace attest::cli {

namespace {

constexpr auto kPoll = std::chrono::milliseconds(50); // unnoticed by people, and by the processor

// A handler can reach nothing but globals. Blocking the signals everywhere and waiting for them is
// no way out: a library may have started threads before main() began.
std::atomic<int> signalCount = 0;
static_assert(std::atomic<int>::is_always_lock_free);

void onSignal(int) {
    if (signalCount.fetch_add(1) > 0) {
        ::_exit(int(ExitCode::Interrupted)); // every finished document is stored
    }
}

void setMask(int how) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    ::pthread_sigmask(how, &signals, nullptr);
}

} // namespace

Interrupt::Interrupt() {
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    setMask(SIG_BLOCK);
    thread_ = std::jthread([this](std::stop_token ended) {
        setMask(SIG_UNBLOCK);
        while (!ended.stop_requested() && signalCount.load() == 0) {
            std::this_thread::sleep_for(kPoll);
        }
        if (signalCount.load() > 0) {
            complain("stopping after this step; what is finished is kept (again: stop at once)");
            source_.request_stop();
        }
        // Somebody has to take the second signal.
        while (!ended.stop_requested()) {
            std::this_thread::sleep_for(kPoll);
        }
    });
}

} // namespace attest::cli
