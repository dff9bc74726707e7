// One line on a terminal that says how far a batch is and how long it will take. Silent when
// standard error is not a terminal.
#pragma once

#include "base/progress.h"
#include "extract/pipeline.h"

#include <chrono>
#include <cstddef>
#include <string>

namespace attest::cli {

class ProgressLine {
public:
    explicit ProgressLine(std::size_t documents);
    ~ProgressLine(); // clears the line

    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void beginDocument(std::size_t index, std::string name);
    void show(extract::Stage stage, Progress progress);
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    std::string timeLeft(double done) const;

    bool isShown_;
    std::size_t documents_;
    std::size_t index_ = 0;
    std::string name_;
    Clock::time_point begin_ = Clock::now();
    Clock::time_point last_;
};

} // namespace attest::cli
