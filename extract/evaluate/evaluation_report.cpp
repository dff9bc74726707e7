#include "extract/evaluation_report.h"

#include "extract/export/csv_writer.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

// Six decimals say all there is, and the same on every machine.
double rounded(double number) {
    constexpr double kMillion = 1e6;
    return std::round(number * kMillion) / kMillion;
}

ordered_json pairOf(const Interval& interval) {
    return {rounded(interval.low), rounded(interval.high)};
}

ordered_json jsonOf(const std::optional<std::string>& text) {
    return text ? ordered_json(*text) : ordered_json();
}

ordered_json jsonOf(const Counts& counts) {
    return {{"found", counts.found}, {"wrong", counts.wrong}, {"missed", counts.missed}};
}

ordered_json jsonOf(const FieldScore& score, bool isField) {
    const Confusion& confusion = score.confusion;
    ordered_json json;
    json["field"] = score.field;
    if (isField) {
        json["comparator"] = toString(score.comparator);
    }
    json["counts"] = jsonOf(score.counts);
    json["precision"] = rounded(score.counts.precision());
    json["precision_interval"] = pairOf(score.precision);
    json["recall"] = rounded(score.counts.recall());
    json["recall_interval"] = pairOf(score.recall);
    json["f1"] = rounded(score.counts.f1());
    json["f1_interval"] = pairOf(score.f1);
    json["exact_f1"] = rounded(score.exact.f1());
    json["lenient_f1"] = rounded(score.lenient.f1());
    json["confusion"] = {{"agreed", confusion.agreed},
                         {"different", confusion.different},
                         {"unanswered", confusion.unanswered},
                         {"unfounded", confusion.unfounded},
                         {"empty", confusion.empty},
                         {"lost", confusion.lost},
                         {"surplus", confusion.surplus}};
    json["null_precision"] = rounded(confusion.nullPrecision());
    json["null_recall"] = rounded(confusion.nullRecall());
    return json;
}

ordered_json jsonOf(const std::vector<FieldScore>& scores, bool isField) {
    ordered_json all = ordered_json::array();
    for (const FieldScore& score : scores) {
        all.push_back(jsonOf(score, isField));
    }
    return all;
}

ordered_json documentsOf(const Evaluation& evaluation, const GoldSet& gold) {
    ordered_json all = ordered_json::array();
    for (const size_t index : evaluation.worstFirst()) {
        const DocumentScore& score = evaluation.byDocument[index];
        ordered_json json;
        json["document"] = score.name;
        json["file"] = gold.documents[index].file;
        json["line"] = gold.documents[index].line;
        json["has_result"] = score.hasResult;
        json["f1"] = rounded(score.all.f1());
        json["counts"] = jsonOf(score.all);
        json["differences"] = ordered_json::array();
        for (const Difference& difference : score.differences) {
            json["differences"].push_back({{"field", difference.field},
                                           {"gold", jsonOf(difference.gold)},
                                           {"result", jsonOf(difference.result)}});
        }
        all.push_back(std::move(json));
    }
    return all;
}

ordered_json jsonOf(const Reliability& reliability) {
    return {{"answers", reliability.answers},
            {"right", reliability.right},
            {"calibration_error", rounded(reliability.calibrationError)},
            {"auroc", rounded(reliability.auroc)}};
}

ordered_json jsonOf(const ConfidenceBand& band) {
    return {{"from", band.from},
            {"to", band.to},
            {"answers", band.answers},
            {"right", band.right},
            {"confidence", rounded(band.confidence)}};
}

ordered_json jsonOf(const ConfidenceReport& report) {
    ordered_json bands = ordered_json::array();
    for (const ConfidenceBand& band : report.valueBands) {
        bands.push_back(jsonOf(band));
    }
    return {{"calibrated", report.isCalibrated},
            {"values", jsonOf(report.values)},
            {"value_bands", std::move(bands)},
            {"nulls", jsonOf(report.nulls)}};
}

ordered_json sideOf(const MeasuredSide& side, const GoldSet& gold) {
    ordered_json json;
    json["template"] = {{"id", side.asked->id()},
                        {"version", side.asked->version()},
                        {"sha256", side.asked->sha256()}};
    if (const GoldRun* run = side.run) {
        json["model"] = {{"name", run->modelName}, {"sha256", run->modelSha256}};
        json["failures"] = run->failures;
        json["grounding"] = {{"values", run->grounding.values},
                             {"not_in_the_text", run->grounding.invented}};
        json["speed"] = {{"pages", run->pages},
                         {"seconds", rounded(run->seconds)},
                         {"median_seconds_per_page", rounded(run->medianSecondsPerPage)}};
    }
    json["without_result"] = side.evaluation->withoutResult;
    json["all"] = jsonOf(side.evaluation->overall, false);
    if (const auto confidence = confidenceReport(*side.evaluation)) {
        json["confidence"] = jsonOf(*confidence);
    }
    json["groups"] = jsonOf(side.evaluation->groups, false);
    json["fields"] = jsonOf(side.evaluation->fields, true);
    json["documents_worst_first"] = documentsOf(*side.evaluation, gold);
    return json;
}

ordered_json jsonOf(const F1Change& change) {
    return {{"field", change.field},
            {"before", rounded(change.before)},
            {"after", rounded(change.after)},
            {"difference", rounded(change.change())},
            {"difference_interval", pairOf(change.difference)}};
}

ordered_json jsonOf(const Comparison& comparison) {
    ordered_json json;
    json["all"] = jsonOf(comparison.overall);
    json["fields"] = ordered_json::array();
    for (const F1Change& change : comparison.fields) {
        json["fields"].push_back(jsonOf(change));
    }
    json["only_in_one"] = comparison.onlyInOne;
    json["documents"] = {
        {"better", comparison.better}, {"worse", comparison.worse}, {"same", comparison.same}};
    return json;
}

Cell number(double value) {
    std::array<char, 32> text = {};
    std::snprintf(text.data(), text.size(), "%.6f", value);
    return numberCell(text.data());
}

Cell number(size_t value) {
    return integerCell(static_cast<long long>(value));
}

const F1Change*
changeOf(const EvaluationReport& report, const std::string& level, const std::string& field) {
    if (report.comparison == nullptr || level == "group") {
        return nullptr;
    }
    if (level == "all") {
        return &report.comparison->overall;
    }
    for (const F1Change& change : report.comparison->fields) {
        if (change.field == field) {
            return &change;
        }
    }
    return nullptr;
}

Row rowOf(const EvaluationReport& report, const std::string& level, const FieldScore& score) {
    const Counts& counts = score.counts;
    const Confusion& confusion = score.confusion;
    Row row = {codeCell(level),
               textCell(score.field),
               level == "field" ? codeCell(toString(score.comparator)) : Cell{},
               number(counts.found + counts.missed),
               number(counts.found + counts.wrong),
               number(counts.precision()),
               number(score.precision.low),
               number(score.precision.high),
               number(counts.recall()),
               number(score.recall.low),
               number(score.recall.high),
               number(counts.f1()),
               number(score.f1.low),
               number(score.f1.high),
               number(score.exact.f1()),
               number(score.lenient.f1()),
               number(confusion.agreed),
               number(confusion.different),
               number(confusion.unanswered),
               number(confusion.unfounded),
               number(confusion.empty),
               number(confusion.lost),
               number(confusion.surplus),
               number(confusion.nullPrecision()),
               number(confusion.nullRecall())};
    if (report.comparison != nullptr) {
        const F1Change* change = changeOf(report, level, score.field);
        row.push_back(change == nullptr ? Cell{} : number(change->before));
        row.push_back(change == nullptr ? Cell{} : number(change->change()));
        row.push_back(change == nullptr ? Cell{} : number(change->difference.low));
        row.push_back(change == nullptr ? Cell{} : number(change->difference.high));
    }
    return row;
}

} // namespace

std::optional<ConfidenceReport> confidenceReport(const Evaluation& evaluation) {
    if (evaluation.judgements.empty()) {
        return std::nullopt;
    }
    ConfidenceReport report;
    report.isCalibrated = true;
    std::vector<Confident> values;
    std::vector<Confident> nulls;
    for (const Judgement& judgement : evaluation.judgements) {
        report.isCalibrated = report.isCalibrated && judgement.confidence.calibrated.has_value();
        (judgement.isStated ? values : nulls)
            .push_back({judgement.confidence.best(), judgement.isRight});
    }
    report.valueBands = confidenceBands(values);
    report.values = reliabilityOf(std::move(values));
    report.nulls = reliabilityOf(std::move(nulls));
    return report;
}

std::string evaluationJson(const EvaluationReport& report) {
    ordered_json json;
    json["gold"] = report.gold->file.string();
    json["documents"] = report.gold->documents.size();
    json.update(sideOf(report.measured, *report.gold));
    if (report.other && report.comparison != nullptr) {
        json["against"] = sideOf(*report.other, *report.gold);
        json["comparison"] = jsonOf(*report.comparison);
    }
    return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

Result<void> writeJudgements(const Evaluation& evaluation, TextSink& sink) {
    for (const Judgement& judgement : evaluation.judgements) {
        const AnswerConfidence& confidence = judgement.confidence;
        ordered_json json;
        json["document"] = evaluation.byDocument[judgement.document].name;
        json["field"] = judgement.field;
        json["pointer"] = judgement.pointer;
        json["part"] = judgement.isInList ? "list" : "single";
        json["answer"] = judgement.isStated ? "value" : "null";
        json["right"] = judgement.isRight;
        json["probability"] = confidence.raw;
        json["confidence"] =
            confidence.calibrated ? ordered_json(*confidence.calibrated) : ordered_json();
        ATTEST_TRY(
            sink.write(json.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n"));
    }
    return {};
}

Result<void> writeEvaluationCsv(const EvaluationReport& report, TextSink& sink) {
    std::vector<std::string> names = {
        "level",      "field",        "comparator",   "gold",           "answered",
        "precision",  "precision_lo", "precision_hi", "recall",         "recall_lo",
        "recall_hi",  "f1",           "f1_lo",        "f1_hi",          "exact_f1",
        "lenient_f1", "agreed",       "different",    "unanswered",     "unfounded",
        "empty",      "lost",         "surplus",      "null_precision", "null_recall"};
    if (report.comparison != nullptr) {
        names.insert(names.end(),
                     {"f1_against", "f1_difference", "f1_difference_lo", "f1_difference_hi"});
    }
    CsvWriter writer(sink, {});
    ATTEST_TRY(writer.header(names));
    const Evaluation& evaluation = *report.measured.evaluation;
    for (const FieldScore& score : evaluation.fields) {
        ATTEST_TRY(writer.row(rowOf(report, "field", score)));
    }
    for (const FieldScore& score : evaluation.groups) {
        ATTEST_TRY(writer.row(rowOf(report, "group", score)));
    }
    return writer.row(rowOf(report, "all", evaluation.overall));
}

} // namespace attest::extract
