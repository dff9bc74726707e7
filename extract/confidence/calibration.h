// Station 12: from the model's own probability of an answer to how often such answers are right, as
// measured on documents that the model was not trained on.
//
// A model's calibration lies beside it: MODEL.calibration.jsonl for MODEL.gguf, one JSON object a
// line (docs/evaluation.md, "Confidence"). The first says which model it is for, the others are
// curves: of answers of one kind, probabilities in ascending order and the share of right answers
// at each; between them it is interpolated, beyond them it stays as it is at the end.
#pragma once

#include "base/result.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

// Answers of different kinds are right to different degrees at the same probability.
struct AnswerKind {
    bool isOfBuiltInTemplate = false; // else of one that a user wrote
    bool isInList = false;
    bool isStated = false; // a value; else "not stated"
};

class Calibration {
public:
    // The calibration beside the model, nullopt when there is none or it is for another model: one
    // that once had this name. Errors: Io, InvalidInput naming file and line.
    static Result<std::optional<Calibration>> ofModel(const std::filesystem::path& model,
                                                      std::string_view modelSha256);

    // 0 to 1; nullopt: answers of this kind were not measured.
    std::optional<double> confidence(const AnswerKind& kind, double probability) const;

private:
    friend class CalibrationReader;

    struct Point {
        double probability = 0;
        double right = 0;
    };

    std::array<std::vector<Point>, 8> curves_; // by index of the kind; empty: not measured
};

} // namespace attest::extract
