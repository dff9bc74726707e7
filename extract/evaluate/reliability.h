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

// Answers whose confidence is at least `from` and below `to` (of the last band: at most).
struct ConfidenceBand {
    double from = 0;
    double to = 1;
    std::size_t answers = 0;
    std::size_t right = 0;
    double confidence = 0; // mean

    double share() const; // of right answers
    // Of the share, 95 % (Wilson 1927). Answers of one document count as if they were independent.
    Interval range() const;
};

// From 0 to 1, finer where confidence is high, as that is where people stop checking. Bands without
// an answer are left out.
std::vector<ConfidenceBand> confidenceBands(const std::vector<Confident>& answers);

} // namespace attest::extract
