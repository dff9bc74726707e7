// One document's result against its gold.
#pragma once

#include "extract/evaluate.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace attest::extract {

// A field of a template that has values: a single field, a list, or a field of a group.
struct ScoredField {
    std::string name;             // "medications.drug"
    std::string group;            // "medications"; kSingleFields
    const Field* field = nullptr; // borrowed from the template; of a list its item
    Comparator comparator = Comparator::Exact;
};

// In the order of the template.
std::vector<ScoredField> scoredFields(const Template& asked, const FieldComparators& comparators);

// Of one list; pairing takes the product of both sizes.
inline constexpr std::size_t kMaxScoredItems = 2000;

struct FieldTally {
    bool isJudged = false; // the gold says something about it
    Confusion confusion;
    Counts exact;
    Counts lenient;
};

struct JudgedAnswer {
    std::size_t field = 0; // of the scored fields
    std::string pointer;   // into the result
    bool isStated = false;
    bool isRight = false;
};

struct DocumentTally {
    std::vector<FieldTally> fields; // as the scored fields
    std::vector<JudgedAnswer> answers;
    std::vector<Difference> differences;
};

// REQUIRES: both are objects; `fields` is scoredFields(asked, …).
DocumentTally compareDocument(const Template& asked,
                              const std::vector<ScoredField>& fields,
                              const nlohmann::ordered_json& gold,
                              const nlohmann::ordered_json& result);

// A leaf as it is compared: nullopt is null or no leaf; numbers become text, white space is folded.
std::optional<std::string> leafText(const nlohmann::ordered_json& json);

} // namespace attest::extract
