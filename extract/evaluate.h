// Measures results against a gold standard.
//
// Values are compared one by one, white space folded, letters as they are. A value that is in both
// counts as found; in the result only, as a false positive; in the gold only, as a false negative;
// different values count as both. Null in both counts as nothing, and so does a field that the gold
// does not mention at all. Items of a list are paired by equal anchors first, and what is left in
// order, where at least one value is equal.
//
// The lenient score also accepts values that differ in case and punctuation, or of which one
// contains the other as whole words.
#pragma once

#include "base/result.h"
#include "extract/template.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace attest::extract {

// What a document says, by hand or by a model.
struct Labelled {
    std::string id;         // may be empty
    std::string file;       // may be empty
    std::string valuesJson; // of the template's shape
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
};

struct FieldScore {
    std::string field; // "medications.drug"
    Counts exact;
    Counts lenient;
};

struct Evaluation {
    std::size_t documents = 0;      // of the gold
    std::size_t withoutResult = 0;  // of them
    std::vector<FieldScore> fields; // in the order of the template
    FieldScore overall;             // micro average
    double f1Low = 0; // of the exact F1: 95 % bootstrap interval over documents, fixed seed
    double f1High = 0;
};

// Results are found by id, else by file name. Errors: InvalidInput (values that are no object).
Result<Evaluation> evaluate(const Template& asked,
                            const std::vector<Labelled>& gold,
                            const std::vector<Labelled>& results);

} // namespace attest::extract
