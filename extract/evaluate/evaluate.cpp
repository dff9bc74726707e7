#include "extract/evaluate.h"

#include "extract/evaluate/add_counts.h"
#include "extract/evaluate/bootstrap.h"
#include "extract/evaluate/document_score.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

std::string fileNameOf(const std::string& path) {
    return std::filesystem::path(path).filename().string();
}

const Labelled* findResult(const std::vector<Labelled>& results, const Labelled& gold) {
    for (const Labelled& result : results) {
        if (!gold.id.empty() && result.id == gold.id) {
            return &result;
        }
    }
    for (const Labelled& result : results) {
        if (!gold.file.empty() && fileNameOf(result.file) == fileNameOf(gold.file) &&
            (gold.id.empty() || result.id.empty() || result.id == fileNameOf(result.file))) {
            return &result;
        }
    }
    return nullptr;
}

Result<ordered_json> objectOf(const Labelled& labelled, std::string_view whose) {
    ordered_json values = ordered_json::parse(labelled.valuesJson, nullptr, false);
    if (!values.is_object()) {
        const std::string& name = labelled.id.empty() ? labelled.file : labelled.id;
        return Error{ErrorCode::InvalidInput,
                     std::string(whose) + " of '" + name + "': values are no object"};
    }
    return values;
}

void add(FieldScore& to, const FieldTally& more) {
    addConfusion(to.confusion, more.confusion);
    addCounts(to.counts, more.confusion.counts());
    addCounts(to.exact, more.exact);
    addCounts(to.lenient, more.lenient);
}

void addIntervals(FieldScore& score, const std::vector<Counts>& byDocument) {
    score.precision = bootstrap(byDocument, precisionOf);
    score.recall = bootstrap(byDocument, recallOf);
    score.f1 = bootstrap(byDocument, f1Of);
}

// Sums over the scored fields for which `isMember` holds.
template <typename IsMember>
FieldScore sumOf(const std::string& name,
                 const std::vector<DocumentTally>& documents,
                 size_t fieldCount,
                 const IsMember& isMember) {
    FieldScore score;
    score.field = name;
    std::vector<Counts> byDocument;
    for (const DocumentTally& document : documents) {
        Counts counts;
        for (size_t i = 0; i < fieldCount; ++i) {
            if (isMember(i)) {
                add(score, document.fields[i]);
                addCounts(counts, document.fields[i].confusion.counts());
            }
        }
        byDocument.push_back(counts);
    }
    addIntervals(score, byDocument);
    return score;
}

double ratio(size_t part, size_t rest) {
    return part + rest == 0 ? 1 : double(part) / double(part + rest);
}

// The documents' scores, of the fields that are judged at all.
void addDocuments(Evaluation& evaluation,
                  const std::vector<Labelled>& gold,
                  std::vector<DocumentTally> tallies,
                  const std::vector<size_t>& judged) {
    for (size_t i = 0; i < gold.size(); ++i) {
        DocumentScore& score = evaluation.byDocument[i];
        score.name = gold[i].id.empty() ? gold[i].file : gold[i].id;
        for (const size_t field : judged) {
            score.fields.push_back(tallies[i].fields[field].confusion.counts());
            addCounts(score.all, score.fields.back());
        }
        score.differences = std::move(tallies[i].differences);
    }
}

// Answers of results that say how sure the model was.
void addJudgements(Evaluation& evaluation,
                   size_t document,
                   const Labelled& result,
                   const std::vector<ScoredField>& fields,
                   const DocumentTally& tally) {
    for (const JudgedAnswer& answer : tally.answers) {
        if (const auto sure = result.confidences.find(answer.pointer);
            sure != result.confidences.end()) {
            const ScoredField& field = fields[answer.field];
            evaluation.judgements.push_back({document,
                                             field.name,
                                             answer.pointer,
                                             field.group != kSingleFields,
                                             answer.isStated,
                                             answer.isRight,
                                             sure->second});
        }
    }
}

Evaluation summaryOf(const std::vector<ScoredField>& fields,
                     const std::vector<DocumentTally>& tallies) {
    Evaluation evaluation;
    const auto isJudged = [&](size_t field) {
        return std::any_of(tallies.begin(), tallies.end(), [&](const DocumentTally& document) {
            return document.fields[field].isJudged;
        });
    };
    for (size_t i = 0; i < fields.size(); ++i) {
        if (!isJudged(i)) {
            continue;
        }
        FieldScore score =
            sumOf(fields[i].name, tallies, fields.size(), [&](size_t field) { return field == i; });
        score.comparator = fields[i].comparator;
        evaluation.fields.push_back(std::move(score));
        const std::string& group = fields[i].group;
        const bool isKnown =
            std::any_of(evaluation.groups.begin(),
                        evaluation.groups.end(),
                        [&](const FieldScore& each) { return each.field == group; });
        if (!isKnown) {
            evaluation.groups.push_back(sumOf(group, tallies, fields.size(), [&](size_t field) {
                return fields[field].group == group;
            }));
        }
    }
    evaluation.overall = sumOf("all", tallies, fields.size(), [](size_t) { return true; });
    return evaluation;
}

} // namespace

double Counts::precision() const {
    return ratio(found, wrong);
}

double Counts::recall() const {
    return ratio(found, missed);
}

double Counts::f1() const {
    return ratio(2 * found, wrong + missed);
}

Counts Confusion::counts() const {
    return {agreed, different + unfounded + surplus, different + unanswered + lost};
}

double Confusion::nullPrecision() const {
    return ratio(empty, unanswered);
}

double Confusion::nullRecall() const {
    return ratio(empty, unfounded);
}

std::vector<size_t> Evaluation::worstFirst() const {
    std::vector<size_t> order(byDocument.size());
    std::iota(order.begin(), order.end(), size_t{0});
    const auto rank = [this](size_t document) {
        const Counts& all = byDocument[document].all;
        return std::tuple(all.f1(), -double(all.wrong + all.missed));
    };
    std::stable_sort(
        order.begin(), order.end(), [&](size_t a, size_t b) { return rank(a) < rank(b); });
    return order;
}

Result<Evaluation> evaluate(const Template& asked,
                            const std::vector<Labelled>& gold,
                            const std::vector<Labelled>& results,
                            const FieldComparators& comparators) {
    const std::vector<ScoredField> fields = scoredFields(asked, comparators);
    std::vector<DocumentTally> tallies;
    std::vector<const Labelled*> found;
    for (const Labelled& document : gold) {
        ATTEST_TRY_ASSIGN(const ordered_json expected, objectOf(document, "gold"));
        ordered_json answered = ordered_json::object();
        const Labelled* result = findResult(results, document);
        if (result != nullptr) {
            ATTEST_TRY_ASSIGN(answered, objectOf(*result, "result"));
        }
        tallies.push_back(compareDocument(asked, fields, expected, answered));
        found.push_back(result);
    }
    Evaluation evaluation = summaryOf(fields, tallies);
    evaluation.documents = gold.size();
    evaluation.byDocument.resize(gold.size());
    for (size_t i = 0; i < gold.size(); ++i) {
        evaluation.byDocument[i].hasResult = found[i] != nullptr;
        if (found[i] == nullptr) {
            ++evaluation.withoutResult;
        } else {
            addJudgements(evaluation, i, *found[i], fields, tallies[i]);
        }
    }
    std::vector<size_t> judged;
    for (size_t i = 0, next = 0; i < fields.size(); ++i) {
        if (next < evaluation.fields.size() && evaluation.fields[next].field == fields[i].name) {
            judged.push_back(i);
            ++next;
        }
    }
    addDocuments(evaluation, gold, std::move(tallies), judged);
    return evaluation;
}

} // namespace attest::extract
