#include "extract/evaluate.h"

#include "extract/evaluate/pairing.h"
#include "extract/page_text.h"
#include "extract/text/line_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <tuple>
#include <utility>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

constexpr size_t kMaxItems = 2000;    // of one list; pairing takes the product of both sizes
constexpr size_t kResamples = 1000;   // of the bootstrap
constexpr double kTail = 0.025;       // on either side of a 95 % interval
constexpr std::uint32_t kSeed = 2026; // results have to be the same every time

// The value at a key: nullopt is null or not there; strings and numbers become text.
std::optional<std::string> textOf(const ordered_json& json) {
    if (json.is_null() || json.is_structured()) {
        return std::nullopt;
    }
    std::string text = spanValue(json.is_string() ? json.get<std::string>() : json.dump());
    const size_t begin = std::min(text.find_first_not_of(' '), text.size());
    text.erase(0, begin);
    text.erase(text.find_last_not_of(' ') + 1);
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

std::optional<std::string> textAt(const ordered_json& object, const std::string& key) {
    const auto found = object.find(key);
    return found == object.end() ? std::nullopt : textOf(*found);
}

// Lower-case words between blanks, so that containment means whole words: " 500 mg ".
std::string words(const std::string& text) {
    std::string all = " ";
    for (const char c : text) {
        const bool isUpper = c >= 'A' && c <= 'Z';
        const bool isPart = isUpper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                            static_cast<unsigned char>(c) >= 0x80;
        if (isPart) {
            all += isUpper ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (all.back() != ' ') {
            all += ' ';
        }
    }
    return all.back() == ' ' ? all : all + " ";
}

bool isLenientlyEqual(const std::string& a, const std::string& b) {
    const std::string left = words(a);
    const std::string right = words(b);
    if (left == " " || right == " ") {
        return a == b;
    }
    return left.find(right) != std::string::npos || right.find(left) != std::string::npos;
}

void add(Counts& to, const Counts& more) {
    to.found += more.found;
    to.wrong += more.wrong;
    to.missed += more.missed;
}

Counts countsOf(bool hasGold, bool hasResult, bool areEqual) {
    Counts counts;
    counts.found = areEqual ? 1 : 0;
    counts.missed = hasGold && !areEqual ? 1 : 0;
    counts.wrong = hasResult && !areEqual ? 1 : 0;
    return counts;
}

// Scores of one document by field name.
class DocumentScore {
public:
    void compareSingle(const std::string& name,
                       const std::optional<std::string>& gold,
                       const std::optional<std::string>& result) {
        FieldScore& score = fields[name];
        const bool isEqual = gold && result && *gold == *result;
        const bool isAlike = gold && result && isLenientlyEqual(*gold, *result);
        add(score.exact, countsOf(gold.has_value(), result.has_value(), isEqual));
        add(score.lenient, countsOf(gold.has_value(), result.has_value(), isAlike));
    }

    void compareGroup(const Field& group, const ordered_json& gold, const ordered_json& result);
    void compareList(const Field& list, const ordered_json& gold, const ordered_json& result);

    std::map<std::string, FieldScore> fields;
};

void DocumentScore::compareGroup(const Field& group,
                                 const ordered_json& gold,
                                 const ordered_json& result) {
    const ordered_json none = ordered_json::object();
    const auto likeness = [&](size_t g, size_t r) {
        Likeness like;
        for (const Field& field : group.fields) {
            const auto expected = textAt(gold[g], field.name);
            const bool isEqual = expected && expected == textAt(result[r], field.name);
            like.equalValues += isEqual ? 1 : 0;
            like.hasSameAnchor = like.hasSameAnchor || (isEqual && field.isAnchor);
        }
        return like;
    };
    for (const ItemPair& pair : pairItems(gold.size(), result.size(), likeness)) {
        const ordered_json& expected = pair.gold ? gold[*pair.gold] : none;
        const ordered_json& found = pair.result ? result[*pair.result] : none;
        for (const Field& field : group.fields) {
            if (pair.gold && !expected.contains(field.name)) {
                continue; // the gold says nothing about it
            }
            compareSingle(group.name + "." + field.name,
                          textAt(expected, field.name),
                          textAt(found, field.name));
        }
    }
}

void DocumentScore::compareList(const Field& list,
                                const ordered_json& gold,
                                const ordered_json& result) {
    const auto likeness = [&](size_t g, size_t r) {
        const auto expected = textOf(gold[g]);
        const bool isEqual = expected && expected == textOf(result[r]);
        return Likeness{isEqual, isEqual ? size_t{1} : size_t{0}};
    };
    for (const ItemPair& pair : pairItems(gold.size(), result.size(), likeness)) {
        compareSingle(list.name,
                      pair.gold ? textOf(gold[*pair.gold]) : std::nullopt,
                      pair.result ? textOf(result[*pair.result]) : std::nullopt);
    }
}

// Only the items that have the shape the template asks for.
ordered_json itemsAt(const ordered_json& values, const Field& list) {
    ordered_json items = ordered_json::array();
    const auto found = values.find(list.name);
    if (found != values.end() && found->is_array()) {
        for (const ordered_json& item : *found) {
            if (items.size() < kMaxItems && item.is_object() == (list.kind == FieldKind::Group)) {
                items.push_back(item);
            }
        }
    }
    return items;
}

DocumentScore
compareDocuments(const Template& asked, const ordered_json& gold, const ordered_json& result) {
    DocumentScore score;
    for (const Field& field : asked.fields()) {
        if (!gold.contains(field.name)) {
            continue;
        }
        if (field.kind == FieldKind::Group) {
            score.compareGroup(field, itemsAt(gold, field), itemsAt(result, field));
        } else if (field.kind == FieldKind::List) {
            score.compareList(field, itemsAt(gold, field), itemsAt(result, field));
        } else {
            score.compareSingle(field.name, textAt(gold, field.name), textAt(result, field.name));
        }
    }
    return score;
}

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

std::vector<std::string> fieldNames(const Template& asked) {
    std::vector<std::string> names;
    for (const Field& field : asked.fields()) {
        if (field.kind == FieldKind::Group) {
            for (const Field& inner : field.fields) {
                names.push_back(field.name + "." + inner.name);
            }
        } else {
            names.push_back(field.name);
        }
    }
    return names;
}

std::pair<double, double> bootstrap(const std::vector<Counts>& documents) {
    if (documents.empty()) {
        return {0, 0};
    }
    std::mt19937 random(kSeed);
    std::vector<double> scores;
    for (size_t i = 0; i < kResamples; ++i) {
        Counts sum;
        for (size_t j = 0; j < documents.size(); ++j) {
            add(sum, documents[random() % documents.size()]);
        }
        scores.push_back(sum.f1());
    }
    std::sort(scores.begin(), scores.end());
    const auto low = static_cast<size_t>(kTail * double(kResamples));
    return {scores[low], scores[kResamples - 1 - low]};
}

double ratio(size_t part, size_t rest) {
    return part + rest == 0 ? 1 : double(part) / double(part + rest);
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

Result<std::vector<Labelled>> readLabelled(const std::filesystem::path& path) {
    std::vector<Labelled> all;
    ATTEST_TRY(forEachJsonLine(path, [&](const ordered_json& line, size_t) -> Result<void> {
        const auto text = [&](const char* key) -> std::string {
            const auto found = line.find(key);
            if (found == line.end() || found->is_null() || found->is_structured()) {
                return {};
            }
            return found->is_string() ? found->get<std::string>() : found->dump();
        };
        Labelled labelled{text("id"), text("file"), {}};
        const auto values = line.find("values");
        if (values == line.end() || !values->is_object()) {
            return Error{ErrorCode::InvalidInput, "no object \"values\""};
        }
        if (labelled.id.empty() && labelled.file.empty()) {
            return Error{ErrorCode::InvalidInput, "neither \"id\" nor \"file\""};
        }
        labelled.valuesJson = values->dump(-1, ' ', false, ordered_json::error_handler_t::replace);
        all.push_back(std::move(labelled));
        return {};
    }));
    return all;
}

Result<Evaluation> evaluate(const Template& asked,
                            const std::vector<Labelled>& gold,
                            const std::vector<Labelled>& results) {
    Evaluation evaluation;
    evaluation.documents = gold.size();
    std::map<std::string, FieldScore> byField;
    std::vector<Counts> byDocument;
    for (const Labelled& document : gold) {
        const std::string& name = document.id.empty() ? document.file : document.id;
        const auto expected = ordered_json::parse(document.valuesJson, nullptr, false);
        if (!expected.is_object()) {
            return Error{ErrorCode::InvalidInput, "gold of '" + name + "': values are no object"};
        }
        ordered_json found = ordered_json::object();
        if (const Labelled* result = findResult(results, document); result == nullptr) {
            ++evaluation.withoutResult;
        } else {
            found = ordered_json::parse(result->valuesJson, nullptr, false);
            if (!found.is_object()) {
                return Error{ErrorCode::InvalidInput,
                             "result of '" + name + "': values are no object"};
            }
        }
        Counts all;
        for (const auto& [field, score] : compareDocuments(asked, expected, found).fields) {
            add(byField[field].exact, score.exact);
            add(byField[field].lenient, score.lenient);
            add(all, score.exact);
        }
        byDocument.push_back(all);
    }
    evaluation.overall.field = "all";
    for (const std::string& name : fieldNames(asked)) {
        if (const auto found = byField.find(name); found != byField.end()) {
            add(evaluation.overall.exact, found->second.exact);
            add(evaluation.overall.lenient, found->second.lenient);
            evaluation.fields.push_back({name, found->second.exact, found->second.lenient});
        }
    }
    std::tie(evaluation.f1Low, evaluation.f1High) = bootstrap(byDocument);
    return evaluation;
}

} // namespace attest::extract
