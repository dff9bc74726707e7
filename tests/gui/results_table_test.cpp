#include "gui/results/results_table.h"

#include "gui/gui_test_support.h"
#include "gui/results/cell_edit.h"
#include "gui/results/chart_panel.h"
#include "gui/results/results_model.h"
#include "storage/review_store.h"
#include "support/catch.h"

#include <QUndoStack>

#include <algorithm>
#include <set>

namespace attest::gui {

namespace {

struct Results {
    std::vector<ResultsRun> runs;
    std::vector<ResultsField> fields;
    std::string json;
};

Results resultsOf(TestApp& app, const std::string& templateId) {
    Results results;
    results.runs = app.inLibrary([&](storage::Database& db) -> Result<std::vector<ResultsRun>> {
        std::vector<ResultsRun> runs;
        ATTEST_TRY_ASSIGN(
            auto stored,
            storage::latestRuns(db, {std::string(storage::kRunExtraction), templateId, 0}));
        for (storage::StoredRun& run : stored) {
            ATTEST_TRY_ASSIGN(auto values, storage::finalValues(db, run.id));
            runs.push_back({std::move(run), std::move(values)});
        }
        return runs;
    });
    REQUIRE_FALSE(results.runs.empty());
    results.json =
        app.inLibrary([&](storage::Database& db) {
               return storage::storedTemplate(db, results.runs.front().run.templateSha256);
           })
            .json;
    results.fields = fieldsOf(results.runs, results.json);
    return results;
}

ResultsTable tableOf(const Results& results, ResultsLayout layout, const QString& group = {}) {
    return buildResultsTable(results.runs, results.fields, layout, group, 0.9);
}

std::size_t columnOf(const ResultsTable& table, const QString& title) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].title == title) {
            return i;
        }
    }
    FAIL("no column " << title.toStdString());
    return 0;
}

// Rows of numbers as they come from normal forms.
ResultsTable numbersTable(const QStringList& texts) {
    ResultsTable table;
    table.columns = {{QStringLiteral("Document"), {}, {}, false},
                     {QStringLiteral("value"), {}, QStringLiteral("value"), true}};
    for (const QString& text : texts) {
        ResultsRow row;
        ResultsCell document;
        document.text = QStringLiteral("d");
        ResultsCell value;
        value.text = text;
        value.number = numberOf(text, false);
        value.pointer = QStringLiteral("/value");
        row.cells = {document, value};
        table.rows.push_back(row);
    }
    return table;
}

QStringList shown(const ResultsModel& model, int column) {
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row) {
        texts.append(model.index(row, column).data(Qt::EditRole).toString());
    }
    return texts;
}

} // namespace

TEST_CASE("Each layout shows every value once", "[gui][results]") {
    TestApp app;
    app.extract(samplePath("medication_list.pdf"), "medications");
    app.extract(samplePath("scanned_page.pdf"), "medications");
    const Results results = resultsOf(app, "medications");
    std::size_t values = 0;
    std::size_t items = 0;
    for (const ResultsRun& run : results.runs) {
        std::set<std::int64_t> instances;
        for (const storage::FinalValue& value : run.values) {
            ++values;
            instances.insert(value.instance);
        }
        items += instances.size();
    }
    REQUIRE(values > 5);

    const ResultsTable byValue = tableOf(results, ResultsLayout::Values);
    const ResultsTable byItem =
        tableOf(results, ResultsLayout::Items, QStringLiteral("medications"));
    const ResultsTable byDocument = tableOf(results, ResultsLayout::Documents);

    const std::size_t unreadable = 1; // the scan: one row that says why
    CHECK(byValue.rows.size() == values + unreadable);
    CHECK(byItem.rows.size() == items + unreadable);
    CHECK(byDocument.rows.size() == 2);
    const std::size_t count = columnOf(byDocument, QStringLiteral("medications"));
    CHECK(byDocument.rows[0].cells[count].number == double(items));
    CHECK(byDocument.rows[1].cells[0].state == CellState::Failed);
    const std::size_t drug = columnOf(byItem, QStringLiteral("drug"));
    CHECK_FALSE(byItem.rows[0].cells[drug].text.isEmpty());
    CHECK(byItem.rows[0].cells[drug].pointer == QStringLiteral("/medications/0/drug"));
}

TEST_CASE("A value typed into the table is stored, normalised and undone", "[gui][results]") {
    TestApp app;
    const storage::SavedRun run = app.extract(samplePath("lab_report.pdf"), "laboratory_results");
    const Results results = resultsOf(app, "laboratory_results");
    const auto& values = results.runs.front().values;
    const auto value = std::find_if(values.begin(), values.end(), [](const auto& each) {
        return each.field == "value" && each.text.has_value();
    });
    REQUIRE(value != values.end());
    QObject context;
    int changes = 0;
    QObject::connect(&app.store(), &Store::reviewsChanged, &context, [&] { ++changes; });
    QUndoStack undo;
    const auto stored = [&] {
        return app.inLibrary(
            [&](storage::Database& db) { return storage::reviewsOf(db, run.runId); });
    };

    undo.push(new CellEdit(app.context(),
                           &context,
                           run.runId,
                           value->review,
                           correctionOf(*value, "1,5", results.json)));
    REQUIRE(waitUntil([&] { return changes == 1; }));
    const auto corrected = stored();
    undo.undo();
    REQUIRE(waitUntil([&] { return changes == 2; }));

    REQUIRE(corrected.size() == 1);
    CHECK(corrected[0].verdict == storage::Verdict::Corrected);
    CHECK(corrected[0].text == "1,5");
    CHECK(corrected[0].normalised == "1.5");
    CHECK(stored().empty());
    CHECK(correctionOf(*value, "", results.json).verdict == storage::Verdict::Rejected);
    CHECK(correctionOf(*value, *value->text, results.json).verdict == storage::Verdict::Accepted);
}

TEST_CASE("An empty table may be sorted by a column it does not have", "[gui][results]") {
    TestApp app;
    ResultsModel model;

    model.sort(3, Qt::DescendingOrder);
    model.setTable(numbersTable({"2", "1"}));

    CHECK(shown(model, 1) == QStringList{"2", "1"});
}

TEST_CASE("Numbers sort as numbers and what is missing stands last", "[gui][results]") {
    TestApp app; // for Qt
    ResultsModel model;
    model.setTable(numbersTable({"10", "9", "", "<0.01", "-3", "n/a", "1200.5"}));

    model.sort(1, Qt::AscendingOrder);
    const QStringList rising = shown(model, 1);
    model.sort(1, Qt::DescendingOrder);
    const QStringList falling = shown(model, 1);

    CHECK(rising == QStringList{"-3", "<0.01", "9", "10", "1200.5", "n/a", ""});
    CHECK(falling == QStringList{"1200.5", "10", "9", "<0.01", "-3", "n/a", ""});
}

TEST_CASE("Filters hold together and facets count what the others leave", "[gui][results]") {
    TestApp app;
    ResultsModel model;
    ResultsTable table = numbersTable({"1", "2", "2", "3", ""});
    table.rows[0].cells[0].text = QStringLiteral("a");
    table.rows[1].cells[0].text = QStringLiteral("a");
    model.setTable(table);
    ResultsFilter byDocument;
    byDocument.column = 0;
    byDocument.texts = {QStringLiteral("a")};
    ResultsFilter byNumber;
    byNumber.column = 1;
    byNumber.from = 2;
    byNumber.to = 3;

    model.setFilters({byDocument, byNumber});

    CHECK(shown(model, 1) == QStringList{"2"});
    const auto facet = model.facet(1, 10); // of document a, whatever the number
    REQUIRE(facet.size() == 2);
    CHECK(facet[0].count == 1);
    const auto documents = model.facet(0, 10); // with numbers from 2 to 3
    REQUIRE(documents.size() == 2);
    CHECK(documents[0].text == QStringLiteral("d"));
    CHECK(documents[0].count == 2);
    model.setFilters({});
    CHECK(model.rowCount() == 5);
}

TEST_CASE("A copied table has its titles and keeps its columns", "[gui][results]") {
    TestApp app;
    ResultsModel model;
    ResultsTable table = numbersTable({"1", "two\twords\nand a line"});
    model.setTable(table);

    CHECK(model.asTsv() == QStringLiteral("Document\tvalue\nd\t1\nd\ttwo words and a line\n"));
    CHECK(model.asTsv({model.index(1, 1)}) == QStringLiteral("value\ntwo words and a line\n"));
}

TEST_CASE("Every number is in one bar and dates make the time axis", "[gui][results]") {
    const std::vector<double> numbers{1, 1, 2, 5, 5, 5, 9.5, 10};
    int sum = 0;
    for (const HistogramBin& bin : histogramOf(numbers, 12)) {
        CHECK(bin.from < bin.to);
        sum += bin.count;
    }
    CHECK(sum == 8);
    CHECK(histogramOf({3, 3, 3}, 12).size() == 1);
    CHECK(histogramOf({}, 12).empty());
    CHECK(numberOf(QStringLiteral("1970-01-11"), true) == 10.0);
    CHECK(numberOf(QStringLiteral("1971"), true) == 365.0);
    CHECK_FALSE(numberOf(QStringLiteral("2020-02-31"), true));

    TestApp app;
    ResultsModel model;
    ResultsTable table = numbersTable({"7", "5", "6"});
    table.columns.push_back({QStringLiteral("date"), {}, QStringLiteral("date"), true});
    const char* dates[] = {"2024-03-03", "2024-03-01", ""};
    for (std::size_t i = 0; i < 3; ++i) {
        ResultsCell date;
        date.text = QLatin1String(dates[i]);
        date.number = numberOf(date.text, true);
        table.rows[i].cells.push_back(date);
    }
    model.setTable(table);
    const std::vector<ResultsField> fields{{{}, QStringLiteral("value"), false, false},
                                           {{}, QStringLiteral("date"), false, true}};

    const auto points = timePoints(model, fields, 1);

    REQUIRE(points.size() == 2); // the one without a date has no place
    CHECK(points[0].number == 5);
    CHECK(points[1].number == 7);
    CHECK(points[1].day - points[0].day == 2);
}

TEST_CASE("A column's numbers are summed up without what is missing", "[gui][results]") {
    TestApp app;
    ResultsModel model;
    model.setTable(numbersTable({"1", "2", "9", ""}));

    const ColumnSummary summary = summarizeColumn(model.shownRows(), 1);

    CHECK(summary.count == 3);
    CHECK(summary.missing == 1);
    CHECK(summary.mean == 4);
    CHECK(summary.median == 2);
    CHECK(summary.smallest == 1);
    CHECK(summary.largest == 9);
}

} // namespace attest::gui
