// One line on a terminal that says what is measured and how long it will take. Silent when standard
// error is not a terminal.
#pragma once

#include <chrono>
#include <string>

namespace attest::cli {

class BenchProgress {
public:
    BenchProgress();
    ~BenchProgress(); // clears the line
    BenchProgress(const BenchProgress&) = delete;
    BenchProgress& operator=(const BenchProgress&) = delete;

    // All that is still to come, in seconds as far as one can tell; 0: not known yet.
    void expect(double seconds);

    // What is measured now, which will take so many of those seconds.
    void begin(const std::string& what, double seconds);

private:
    using Clock = std::chrono::steady_clock;

    bool isShown_;
    double expected_ = 0;
    double planned_ = 0; // of the steps before the present one
    double present_ = 0;
    Clock::time_point begin_ = Clock::now();
};

} // namespace attest::cli
