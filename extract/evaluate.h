// Measures results against a gold standard.
//
// Each field has a comparator, by default what its "normalise" asks for. A value that is in both
// and equal by it counts as found; in the result only, as wrong; in the gold only, as missed;
// different values count as both. Null in both counts as nothing but an agreed "not stated", and
// what the gold does not mention is not judged: a field that is left out of an object, and a field
// that no item of the gold's list has. Items of a list are paired by equal anchors first, and what
// is left in order, where at least one value is equal; a null of an item without a partner is
// nothing.
//
// Beside the comparator's score stand two more: exact (white space folded, letters as they are) and
// lenient (case and punctuation may differ, or one value contains the other as whole words).
//
// All intervals are bootstraps over documents: 1000 resamples, the 25th and the 976th of the sorted
// figures, the same seed every time.
#pragma once

#include "base/result.h"
#include "extract/template.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

// When two values are equal. Where a value has no number or date in it, Normalised decides.
enum class Comparator {
    Exact,      // the same letters; white space folded
    Normalised, // case, width, ligatures and punctuation do not matter; signs and marks in numbers
                // do
    Numeric,    // the same number and comparison sign; of quantities also the same unit (UCUM)
    Date,       // the same day, month or year, however written
    Set,        // the same parts between commas, semicolons and "and", in any order, each once
};
std::string_view toString(Comparator comparator); // "exact", "normalised", …
std::optional<Comparator> comparatorNamed(std::string_view name);

// "normalise": number and quantity give Numeric, date gives Date, all others Exact.
Comparator defaultComparator(const Field& field);

// By field, "medications.dose"; overrides the defaults. Fields that a template does not have are
// passed over; checkComparators() finds them.
using FieldComparators = std::map<std::string, Comparator>;

// Errors: InvalidInput: a field that none of the templates has.
Result<void> checkComparators(const FieldComparators& comparators,
                              const std::vector<const Template*>& templates);

// How sure a model was of an answer, 0 to 1: its own probability, and how often such answers are
// right where that has been measured (extract/confidence/calibration.h).
struct AnswerConfidence {
    double raw = 0;
    std::optional<double> calibrated;

    double best() const { return calibrated.value_or(raw); }
};

// What a document says, by hand or by a model.
struct Labelled {
    std::string id;                  // may be empty
    std::string file;                // may be empty
    std::string valuesJson;          // of the template's shape
    std::optional<std::string> text; // of gold that carries its note
    std::size_t line = 0;            // of the file it comes from, 1-based; 0: from none
    // Of a model's answers, by their place in the values ("/medications/0/dose").
    std::map<std::string, AnswerConfidence> confidences = {};
};

// Lines {"id" and/or "file", "values": {…}}; the output of writeJsonLines() is of that form.
// Errors: NotFound, Io, InvalidInput naming file and line.
Result<std::vector<Labelled>> readLabelled(const std::filesystem::path& path);

struct Counts {
    std::size_t found = 0;  // true positives
    std::size_t wrong = 0;  // false positives
    std::size_t missed = 0; // false negatives

    // 1 when there was nothing to decide.
    double precision() const;
    double recall() const;
    double f1() const;

    bool operator==(const Counts&) const = default;
};

// What the document says against what was answered.
struct Confusion {
    std::size_t agreed = 0;     // stated, answered, equal
    std::size_t different = 0;  // stated, answered with another value
    std::size_t unanswered = 0; // stated, answered "not stated"
    std::size_t unfounded = 0;  // not stated, answered with a value
    std::size_t empty = 0;      // not stated, answered so
    std::size_t lost = 0;       // stated of an item that was not found
    std::size_t surplus = 0;    // answered of an item that the gold does not have

    Counts counts() const;

    // Of the answers "not stated", how many are right, and of what is not stated, how much is
    // answered so. 1 when there was none.
    double nullPrecision() const;
    double nullRecall() const;
};

// 0 to 1, when no resample could say more.
struct Interval {
    double low = 0;
    double high = 1;
};

struct FieldScore {
    std::string field;                         // "medications.drug"; of a group: its name
    Comparator comparator = Comparator::Exact; // of a single field
    Confusion confusion;
    Counts counts; // by the comparator
    Counts exact;
    Counts lenient;
    Interval precision; // of `counts`
    Interval recall;
    Interval f1;
};

// A value that is not as the gold says.
struct Difference {
    std::string field;
    std::optional<std::string> gold;
    std::optional<std::string> result;
};

// An answer, "not stated" included, beside its gold.
struct Judgement {
    std::size_t document = 0; // into Evaluation::byDocument
    std::string field;        // "medications.drug"
    std::string pointer;      // into the result's values, "/medications/0/drug"
    bool isInList = false;
    bool isStated = false; // answered with a value
    bool isRight = false;
    AnswerConfidence confidence;
};

struct DocumentScore {
    std::string name; // as the gold calls it: its id, else its file
    bool hasResult = false;
    std::vector<Counts> fields; // as Evaluation::fields, by the comparators
    Counts all;
    std::vector<Difference> differences; // in the order of the template
};

struct Evaluation {
    std::size_t documents = 0;      // of the gold
    std::size_t withoutResult = 0;  // of them
    std::vector<FieldScore> fields; // in the order of the template
    std::vector<FieldScore> groups; // over the fields of a list of records, or of all single fields
    FieldScore overall;             // micro average
    std::vector<DocumentScore> byDocument; // in the order of the gold
    std::vector<Judgement> judgements;     // of results that say how sure the model was

    // Indices into byDocument: the lowest F1 first, of equal ones the most mistakes.
    std::vector<std::size_t> worstFirst() const;
};

inline constexpr std::string_view kSingleFields = "single fields"; // a group of Evaluation::groups

// Results are found by id, else by file name. Errors: InvalidInput (values that are no object).
Result<Evaluation> evaluate(const Template& asked,
                            const std::vector<Labelled>& gold,
                            const std::vector<Labelled>& results,
                            const FieldComparators& comparators = {});

// F1 of two results on the same documents: two models, or two versions of a template.
struct F1Change {
    std::string field;
    double before = 0;
    double after = 0;
    Interval difference; // after - before, paired: both are resampled with the same documents

    double change() const { return after - before; }
};

struct Comparison {
    std::vector<F1Change> fields;       // that both have
    F1Change overall;                   // over those fields
    std::vector<std::string> onlyInOne; // fields that only one of both has
    std::size_t better = 0;             // documents by their F1
    std::size_t worse = 0;
    std::size_t same = 0;
};

// Errors: InvalidInput: not of the same documents in the same order.
Result<Comparison> compareEvaluations(const Evaluation& before, const Evaluation& after);

} // namespace attest::extract
