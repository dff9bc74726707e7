#include "cli/evaluation_text.h"

#include "cli/terminal.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace attest::cli {

namespace {

using extract::Evaluation;
using extract::FieldScore;

std::string fixed(double number) {
    std::array<char, 32> text = {};
    std::snprintf(text.data(), text.size(), "%.3f", number);
    return text.data();
}

std::string withSign(double number) {
    return (number >= 0 ? "+" : "") + fixed(number);
}

std::string rangeOf(const extract::Interval& interval) {
    return fixed(interval.low) + " to " + fixed(interval.high);
}

// Fields, the groups where there are several, and all.
std::vector<std::pair<const FieldScore*, bool>> rowsOf(const Evaluation& evaluation) {
    std::vector<std::pair<const FieldScore*, bool>> rows;
    for (const FieldScore& score : evaluation.fields) {
        rows.emplace_back(&score, true);
    }
    if (evaluation.groups.size() > 1) {
        for (const FieldScore& score : evaluation.groups) {
            rows.emplace_back(&score, false);
        }
    }
    rows.emplace_back(&evaluation.overall, false);
    return rows;
}

std::string nameOf(const Evaluation& evaluation, const FieldScore& score, bool isField) {
    return isField || &score == &evaluation.overall ? score.field : "all of " + score.field;
}

std::string scoreTable(const Evaluation& evaluation, size_t width) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [score, isField] : rowsOf(evaluation)) {
        const extract::Counts& counts = score->counts;
        rows.push_back({nameOf(evaluation, *score, isField),
                        isField ? std::string(extract::toString(score->comparator)) : "",
                        std::to_string(counts.found + counts.missed),
                        std::to_string(counts.found + counts.wrong),
                        fixed(counts.precision()),
                        fixed(counts.recall()),
                        fixed(counts.f1()),
                        rangeOf(score->f1),
                        fixed(score->exact.f1()),
                        fixed(score->lenient.f1())});
    }
    return table({{"FIELD", false, 12},
                  {"COMPARED", false, 8},
                  {"GOLD", true, 4},
                  {"FOUND", true, 5},
                  {"PRECISION", true, 5},
                  {"RECALL", true, 5},
                  {"F1", true, 5},
                  {"95 % INTERVAL", false, 14},
                  {"EXACT", true, 5},
                  {"LENIENT", true, 5}},
                 rows,
                 width);
}

std::string confusionTable(const Evaluation& evaluation, size_t width) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [score, isField] : rowsOf(evaluation)) {
        const extract::Confusion& confusion = score->confusion;
        rows.push_back({nameOf(evaluation, *score, isField),
                        std::to_string(confusion.agreed),
                        std::to_string(confusion.different),
                        std::to_string(confusion.unanswered),
                        std::to_string(confusion.unfounded),
                        std::to_string(confusion.empty),
                        std::to_string(confusion.lost),
                        std::to_string(confusion.surplus),
                        fixed(confusion.nullPrecision()),
                        fixed(confusion.nullRecall())});
    }
    return "\nWhat the document states against what was answered\n"
           "(RIGHT, OTHER value and NULL for what is stated, an UNFOUNDED value for what is not;\n"
           "LOST and SURPLUS: values of items that were missed, or that are too many)\n" +
           table({{"FIELD", false, 12},
                  {"RIGHT", true, 5},
                  {"OTHER", true, 5},
                  {"NULL", true, 5},
                  {"UNFOUNDED", true, 9},
                  {"BOTH NULL", true, 9},
                  {"LOST", true, 4},
                  {"SURPLUS", true, 7},
                  {"NULL PREC.", true, 10},
                  {"NULL RECALL", true, 11}},
                 rows,
                 width);
}

std::string valueText(const std::optional<std::string>& value) {
    return value ? "\"" + printable(*value) + "\"" : "not stated";
}

std::string worstText(const Evaluation& evaluation, const EvaluationView& view) {
    std::string text;
    size_t shown = 0;
    for (const size_t index : evaluation.worstFirst()) {
        const extract::DocumentScore& score = evaluation.byDocument[index];
        if (shown == view.worstDocuments || score.all.wrong + score.all.missed == 0) {
            break;
        }
        ++shown;
        text += "  " + fixed(score.all.f1()) + "  " + printable(view.places[index]) + "  (" +
                (score.hasResult ? counted(score.all.wrong, "wrong value") + ", " +
                                       std::to_string(score.all.missed) + " missed"
                                 : "no result") +
                ")\n";
        if (!view.showsMistakes) {
            continue;
        }
        for (const extract::Difference& difference : score.differences) {
            text += "         " + difference.field + ": gold " + valueText(difference.gold) +
                    ", found " + valueText(difference.result) + "\n";
        }
    }
    return text.empty() ? "" : "\nWorst documents first (F1)\n" + text;
}

std::string reliabilityText(const extract::Reliability& reliability) {
    return counted(reliability.answers, "answer") + ", " + std::to_string(reliability.right) +
           " right; off by " + fixed(reliability.calibrationError) + " on average (ECE), AUROC " +
           fixed(reliability.auroc) + "\n";
}

std::string bandTable(const std::vector<extract::ConfidenceBand>& bands, size_t width) {
    std::vector<std::vector<std::string>> rows;
    for (const extract::ConfidenceBand& band : bands) {
        rows.push_back({fixed(band.from) + " to " + fixed(band.to),
                        std::to_string(band.answers),
                        fixed(band.confidence),
                        fixed(band.share()),
                        rangeOf(band.range())});
    }
    return table({{"VALUES WITH", false, 14},
                  {"ANSWERS", true, 7},
                  {"SAID", true, 5},
                  {"RIGHT", true, 5},
                  {"95 % INTERVAL", false, 14}},
                 rows,
                 width);
}

std::string confidenceText(const Evaluation& evaluation, size_t width) {
    const auto report = extract::confidenceReport(evaluation);
    if (!report) {
        return {};
    }
    std::string text = report->isCalibrated ? "\nConfidence, calibrated\n"
                                            : "\nConfidence (the model's own probability)\n";
    if (report->values.answers > 0) {
        text += "  values:     " + reliabilityText(report->values);
    }
    if (report->nulls.answers > 0) {
        text += "  not stated: " + reliabilityText(report->nulls);
    }
    if (!report->valueBands.empty()) {
        text += bandTable(report->valueBands, width);
    }
    return text;
}

std::string runText(const extract::GoldRun& run) {
    std::string text = "Values that are no piece of their document's text: " +
                       std::to_string(run.grounding.invented) + " of " +
                       std::to_string(run.grounding.values) + " looked at\n";
    if (run.pages > 0) {
        text += "Speed: " + counted(run.pages, "page") + " in " + fixed(run.seconds) +
                " s; median " + fixed(run.medianSecondsPerPage) + " s a page\n";
    }
    return text;
}

std::string subjectOf(const extract::MeasuredSide& side) {
    return (side.run == nullptr ? "results" : "model " + printable(side.run->modelName)) +
           ", template " + side.asked->id() + " version " + std::to_string(side.asked->version());
}

std::string comparisonText(const extract::EvaluationReport& report, size_t width) {
    const extract::Comparison& comparison = *report.comparison;
    std::vector<std::vector<std::string>> rows;
    const auto add = [&](const extract::F1Change& change) {
        rows.push_back(
            {change.field,
             fixed(change.before),
             fixed(change.after),
             withSign(change.change()),
             withSign(change.difference.low) + " to " + withSign(change.difference.high)});
    };
    std::for_each(comparison.fields.begin(), comparison.fields.end(), add);
    add(comparison.overall);
    std::string text =
        "\nCompared (paired bootstrap over documents)\n  before: " + subjectOf(*report.other) +
        "\n  after:  " + subjectOf(report.measured) + "\n" +
        table({{"FIELD", false, 12},
               {"F1 BEFORE", true, 6},
               {"AFTER", true, 5},
               {"DIFFERENCE", true, 6},
               {"95 % INTERVAL", false, 16}},
              rows,
              width);
    text += counted(comparison.better, "document") + " better, " +
            std::to_string(comparison.worse) + " worse, " + std::to_string(comparison.same) +
            " the same\n";
    for (const std::string& field : comparison.onlyInOne) {
        text += "Not compared, since only one of both has it: " + field + "\n";
    }
    return text;
}

} // namespace

std::string
evaluationText(const extract::EvaluationReport& report, const EvaluationView& view, size_t width) {
    const Evaluation& evaluation = *report.measured.evaluation;
    std::string text = scoreTable(evaluation, width);
    text += counted(evaluation.documents, "document");
    if (evaluation.withoutResult > 0) {
        text += ", " + std::to_string(evaluation.withoutResult) + " without a result";
    }
    text += "; F1 " + fixed(evaluation.overall.counts.f1()) + ", 95 % interval " +
            rangeOf(evaluation.overall.f1) + " (bootstrap over documents)\n";
    text += confusionTable(evaluation, width);
    text += confidenceText(evaluation, width);
    text += worstText(evaluation, view);
    if (report.measured.run != nullptr) {
        text += "\n" + runText(*report.measured.run);
    }
    if (report.comparison != nullptr && report.other) {
        text += comparisonText(report, width);
    }
    return text;
}

} // namespace attest::cli
