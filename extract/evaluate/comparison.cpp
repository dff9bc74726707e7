#include "extract/evaluate/add_counts.h"
#include "extract/evaluate/bootstrap.h"

#include <algorithm>
#include <utility>

namespace attest::extract {

namespace {

// Where in both evaluations a field is.
using FieldPair = std::pair<size_t, size_t>;

std::optional<size_t> indexOf(const Evaluation& evaluation, const std::string& field) {
    for (size_t i = 0; i < evaluation.fields.size(); ++i) {
        if (evaluation.fields[i].field == field) {
            return i;
        }
    }
    return std::nullopt;
}

F1Change
changeOf(std::string name, const std::vector<Counts>& before, const std::vector<Counts>& after) {
    Counts sumBefore;
    Counts sumAfter;
    for (size_t i = 0; i < before.size(); ++i) {
        addCounts(sumBefore, before[i]);
        addCounts(sumAfter, after[i]);
    }
    return {std::move(name), sumBefore.f1(), sumAfter.f1(), pairedBootstrap(before, after)};
}

} // namespace

Result<Comparison> compareEvaluations(const Evaluation& before, const Evaluation& after) {
    const bool areSame =
        std::equal(before.byDocument.begin(),
                   before.byDocument.end(),
                   after.byDocument.begin(),
                   after.byDocument.end(),
                   [](const DocumentScore& a, const DocumentScore& b) { return a.name == b.name; });
    if (!areSame) {
        return Error{ErrorCode::InvalidInput, "the two evaluations are of different documents"};
    }
    Comparison comparison;
    std::vector<FieldPair> common;
    for (size_t i = 0; i < before.fields.size(); ++i) {
        if (const auto other = indexOf(after, before.fields[i].field)) {
            common.emplace_back(i, *other);
        } else {
            comparison.onlyInOne.push_back(before.fields[i].field);
        }
    }
    for (const FieldScore& score : after.fields) {
        if (!indexOf(before, score.field)) {
            comparison.onlyInOne.push_back(score.field);
        }
    }
    const size_t documents = before.byDocument.size();
    std::vector<Counts> allBefore(documents);
    std::vector<Counts> allAfter(documents);
    for (const auto& [inBefore, inAfter] : common) {
        std::vector<Counts> fieldBefore;
        std::vector<Counts> fieldAfter;
        for (size_t i = 0; i < documents; ++i) {
            fieldBefore.push_back(before.byDocument[i].fields[inBefore]);
            fieldAfter.push_back(after.byDocument[i].fields[inAfter]);
            addCounts(allBefore[i], fieldBefore[i]);
            addCounts(allAfter[i], fieldAfter[i]);
        }
        comparison.fields.push_back(
            changeOf(before.fields[inBefore].field, fieldBefore, fieldAfter));
    }
    for (size_t i = 0; i < documents; ++i) {
        const double change = allAfter[i].f1() - allBefore[i].f1();
        ++(change > 0 ? comparison.better : change < 0 ? comparison.worse : comparison.same);
    }
    comparison.overall = changeOf("all", allBefore, allAfter);
    return comparison;
}

} // namespace attest::extract
