// Evaluations as people read them on a terminal.
#pragma once

#include "extract/evaluation_report.h"

#include <cstddef>
#include <string>
#include <vector>

namespace attest::cli {

struct EvaluationView {
    std::size_t worstDocuments = 5;
    bool showsMistakes = false;      // every value that is not as the gold says
    std::vector<std::string> places; // a path or name for each document of the gold
};

std::string evaluationText(const extract::EvaluationReport& report,
                           const EvaluationView& view,
                           std::size_t width);

} // namespace attest::cli
