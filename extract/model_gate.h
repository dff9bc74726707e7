// Whether a model may take the place of another, by what both find in a gold standard.
#pragma once

#include "extract/evaluate.h"

#include <string>

namespace attest::extract {

inline constexpr double kLargestLoss = 0.01; // of F1

struct GateVerdict {
    bool isWorse = false;
    // "F1 0.874 before, 0.412 after: 0.462 lower (95 % interval of the difference -0.560 to
    // -0.390)". Says which rule was broken when it is worse.
    std::string reason;
};

// Worse: the whole paired interval of the difference lies below zero, or F1 is lower by more than
// kLargestLoss.
GateVerdict judgeModel(const Comparison& comparison);

} // namespace attest::extract
