// Whether a model's confidence says what it seems to.
#pragma once

#include "extract/evaluate.h"

#include <cstddef>
#include <vector>

namespace attest::extract {

struct Confident {
    double confidence = 0;
    bool isRight = false;
};

struct Reliability {
    std::size_t answers = 0;
    std::size_t right = 0;
    // Mean distance between confidence and share of right answers, over bins of as many answers
    // each (expected calibration error; 15 bins, fewer where that leaves less than 10 answers in
    // each).
    double calibrationError = 0;
    // How probable it is that a right answer has a higher confidence than a wrong one (area under
    // the ROC curve; equal ones count half). 0.5 says nothing; so does a set of one kind only.
    double auroc = 0.5;
};

Reliability reliabilityOf(std::vector<Confident> answers);

} // namespace attest::extract
