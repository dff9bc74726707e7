#include "cli/bench/progress.h"

#include "cli/terminal.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <unistd.h>

namespace attest::cli {

BenchProgress::BenchProgress() : isShown_(isTerminal(STDERR_FILENO)) {}

BenchProgress::~BenchProgress() {
    if (isShown_) {
        std::fputs("\r\033[K", stderr);
    }
}

void BenchProgress::expect(double seconds) {
    expected_ = seconds;
    planned_ = 0;
    present_ = 0;
    begin_ = Clock::now();
}

void BenchProgress::begin(const std::string& what, double seconds) {
    planned_ += present_;
    present_ = seconds;
    if (!isShown_) {
        return;
    }
    std::string left;
    if (expected_ > 0) {
        // What is left takes as much longer than planned as what is done did.
        const double elapsed = std::chrono::duration<double>(Clock::now() - begin_).count();
        const double pace = planned_ > 0 ? elapsed / planned_ : 1;
        const auto rest = static_cast<long>(std::ceil(std::max(expected_ - planned_, 0.0) * pace));
        left = rest < 100 ? std::to_string(rest) + " s" : std::to_string((rest + 59) / 60) + " min";
        left = ", about " + left + " left";
    }
    const std::string line = "\r" + fitted(what + left, terminalWidth() - 1) + "\033[K";
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
}

} // namespace attest::cli
