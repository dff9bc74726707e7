#include "extract/model_gate.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace attest::extract {

namespace {

std::string fixed(double number) {
    std::array<char, 32> text = {};
    std::snprintf(text.data(), text.size(), "%.3f", number);
    return text.data();
}

} // namespace

GateVerdict judgeModel(const Comparison& comparison) {
    const F1Change& all = comparison.overall;
    const bool isClearlyWorse = all.difference.high < 0;
    const bool isMuchWorse = all.change() < -kLargestLoss;
    GateVerdict verdict;
    verdict.isWorse = isClearlyWorse || isMuchWorse;
    verdict.reason = "F1 " + fixed(all.before) + " before, " + fixed(all.after) + " after: " +
                     (all.change() == 0 ? "no difference"
                                        : fixed(std::abs(all.change())) +
                                              (all.change() < 0 ? " lower" : " higher")) +
                     " (95 % interval of the difference " + fixed(all.difference.low) + " to " +
                     fixed(all.difference.high) + ")";
    if (isMuchWorse) {
        verdict.reason += "; at most " + fixed(kLargestLoss) + " lower is let through";
    } else if (isClearlyWorse) {
        verdict.reason += "; the whole interval is below zero";
    }
    return verdict;
}

} // namespace attest::extract
