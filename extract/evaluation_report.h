// An evaluation for programs and spreadsheets; docs/evaluation.md has every key and column.
#pragma once

#include "base/result.h"
#include "extract/evaluate.h"
#include "extract/evaluate/reliability.h"
#include "extract/gold.h"
#include "extract/gold_run.h"
#include "extract/output_file.h"
#include "extract/template.h"

#include <optional>
#include <string>
#include <vector>

namespace attest::extract {

// What was measured against the gold. Pointers are borrowed.
struct MeasuredSide {
    const Template* asked = nullptr;
    const Evaluation* evaluation = nullptr;
    const GoldRun* run = nullptr; // nullptr: results that were there before
};

struct EvaluationReport {
    const GoldSet* gold = nullptr;
    MeasuredSide measured;
    std::optional<MeasuredSide> other;      // what it is compared with
    const Comparison* comparison = nullptr; // other as `before`, measured as `after`
};

// Values that were answered, and answers "not stated", apart: the two say different things. By the
// calibrated confidence where there is one, else by the model's own probability.
struct ConfidenceReport {
    bool isCalibrated = false;
    Reliability values;
    Reliability nulls;
    std::vector<ConfidenceBand> valueBands;
};

// nullopt: the results do not say how sure the model was.
std::optional<ConfidenceReport> confidenceReport(const Evaluation& evaluation);

// One JSON object, indented. Values of documents are in it only as "differences".
std::string evaluationJson(const EvaluationReport& report);

// A JSON object a line for each answer that the model gave with a confidence: document, field,
// pointer, part ("list", "single"), answer ("value", "null"), right, probability, confidence
// (null: not calibrated). No text of a document. Errors: those of the sink.
Result<void> writeJudgements(const Evaluation& evaluation, TextSink& sink);

// A row per field, per group and for all; with a comparison its columns too.
// Errors: those of the sink.
Result<void> writeEvaluationCsv(const EvaluationReport& report, TextSink& sink);

} // namespace attest::extract
