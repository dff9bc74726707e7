#include "cli/progress_line.h"

#include "cli/terminal.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <unistd.h>
#include <utility>

namespace attest::cli {

namespace {

constexpr auto kInterval = std::chrono::milliseconds(100);
constexpr double kReadingShare = 0.1; // of a document's time; the model takes the rest
constexpr double kLeastShare = 0.02;  // before this much is done an estimate is a guess

} // namespace

ProgressLine::ProgressLine(size_t documents)
    : isShown_(isTerminal(STDERR_FILENO)), documents_(documents) {}

ProgressLine::~ProgressLine() {
    clear();
}

void ProgressLine::clear() {
    if (isShown_) {
        std::fputs("\r\033[K", stderr);
        std::fflush(stderr);
    }
}

void ProgressLine::beginDocument(size_t index, std::string name) {
    index_ = index;
    name_ = std::move(name);
    last_ = {};
    show(extract::Stage::Reading, {});
}

std::string ProgressLine::timeLeft(double done) const {
    if (done < kLeastShare) {
        return {};
    }
    const double elapsed = std::chrono::duration<double>(Clock::now() - begin_).count();
    const auto left = static_cast<long>(std::ceil(elapsed * (1 - done) / done));
    const std::string text =
        left < 100 ? std::to_string(left) + " s" : std::to_string((left + 59) / 60) + " min";
    return ", about " + text + " left";
}

void ProgressLine::show(extract::Stage stage, Progress progress) {
    const auto now = Clock::now();
    if (!isShown_ || now - last_ < kInterval) {
        return;
    }
    last_ = now;
    const double part = progress.total > 0 ? double(progress.done) / double(progress.total) : 0;
    const double inDocument = stage == extract::Stage::Reading
                                  ? kReadingShare * part
                                  : kReadingShare + (1 - kReadingShare) * part;
    const double done = (double(index_) + inDocument) / double(std::max<size_t>(documents_, 1));
    std::string what = stage == extract::Stage::Reading ? "reading" : "asking";
    if (progress.total > 0) {
        what += " " + std::to_string(progress.done) + "/" + std::to_string(progress.total);
    }
    const std::string head =
        "[" + std::to_string(index_ + 1) + "/" + std::to_string(documents_) + "] ";
    const std::string tail = "  " + what + timeLeft(done);
    const size_t width = terminalWidth() - 1;
    const size_t room = width > head.size() + tail.size() ? width - head.size() - tail.size() : 1;
    const std::string line = "\r" + head + fitted(name_, room) + tail + "\033[K";
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
}

} // namespace attest::cli
