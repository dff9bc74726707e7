// Reviewed values of many documents as one table, in the shape that is asked for. No widgets.
#pragma once

#include "storage/result_store.h"
#include "storage/review_store.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace attest::gui {

enum class ResultsLayout {
    Documents, // a row per document: single fields, and how many items each group has
    Items,     // a row per item of one group
    Values,    // a row per value
};

// A document's newest run of the template.
struct ResultsRun {
    storage::StoredRun run;
    std::vector<storage::FinalValue> values;
};

struct ResultsField {
    QString group; // empty: single
    QString name;
    bool isIdentifier = false;
    bool isDate = false;
};

enum class CellState {
    Plain,    // text that is no value: document, counts
    ToReview, // undecided, below the threshold
    Machine,  // undecided, above it
    Accepted,
    Corrected,
    Rejected,
    NotStated,
    Failed, // the document could not be read
};

struct ResultsCell {
    QString text;
    CellState state = CellState::Plain;
    std::optional<double> number; // of the normal form, for sorting and charts
    QString pointer;              // into the run's values; empty: not a value
    QString toolTip;
    QString unit;
};

struct ResultsRow {
    std::int64_t documentId = 0;
    std::int64_t runId = 0;
    std::vector<ResultsCell> cells; // one per column
};

struct ResultsColumn {
    QString title;
    QString group;
    QString field;          // empty: not a field's
    bool isNumeric = false; // most of its values have a number
};

struct ResultsTable {
    std::vector<ResultsColumn> columns; // the first is the document
    std::vector<ResultsRow> rows;
};

// The fields of a template, in its order.
std::vector<ResultsField> fieldsOf(const std::vector<ResultsRun>& runs, const std::string& json);

// Names of the groups, in the template's order.
std::vector<QString> groupsOf(const std::vector<ResultsField>& fields);

// `group` is the one of ResultsLayout::Items. Deleted rows are left out; a document without values
// is one row that says why. `reviewThreshold` as storage::needsReview().
ResultsTable buildResultsTable(const std::vector<ResultsRun>& runs,
                               const std::vector<ResultsField>& fields,
                               ResultsLayout layout,
                               const QString& group,
                               double reviewThreshold);

// The number of a normal form: "5", "1200.5", "<0.01" (0.01), a date as days since 1970.
std::optional<double> numberOf(const QString& normalised, bool isDate);

// Of the cells with a number; the rest count as missing.
struct ColumnSummary {
    int count = 0;
    int missing = 0;
    double mean = 0;
    double median = 0;
    double smallest = 0;
    double largest = 0;
};

ColumnSummary summarizeColumn(const std::vector<const ResultsRow*>& rows, std::size_t column);

// Equal steps over the range, at most `most` of them; the counts add up to the numbers there are.
struct HistogramBin {
    double from = 0;
    double to = 0;
    int count = 0;
};

std::vector<HistogramBin> histogramOf(const std::vector<double>& numbers, int most);

} // namespace attest::gui
