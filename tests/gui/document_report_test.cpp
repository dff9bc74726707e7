#include "gui/report/document_report.h"

#include "gui/gui_test_support.h"
#include "storage/review_store.h"
#include "support/catch.h"
#include "support/run_program.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace attest::gui {

namespace {

// What a reader of the PDF sees, by a program that had no part in making it.
std::string textOf(const std::filesystem::path& pdf) {
    const auto run = test::runProgram("/usr/bin/pdftotext", {"-layout", pdf.string(), "-"});
    REQUIRE(run.exitCode == 0);
    return run.output;
}

Result<std::size_t> report(TestApp& app,
                           const std::vector<std::int64_t>& runs,
                           const std::filesystem::path& target,
                           const std::set<std::string>& leftOut = {},
                           const std::stop_token& stop = {}) {
    return app.store().library().with([&](storage::Database& db) {
        return writePdfReport(
            db, runs, leftOut, target, [](Progress) {}, stop);
    });
}

} // namespace

TEST_CASE("The PDF report has every value, its evidence and what people decided", "[gui][report]") {
    TestApp app;
    const storage::SavedRun run = app.extract(samplePath("medication_list.pdf"), "medications");
    storage::Review rejected;
    rejected.pointer = "/medications/0/dose";
    rejected.group = "medications";
    rejected.instance = 0;
    rejected.field = "dose";
    rejected.verdict = storage::Verdict::Corrected;
    rejected.text = "2.5 <b>mg";
    app.inLibrary([&](storage::Database& db) {
        return storage::saveReviews(
            db, run.runId, {{rejected.pointer, rejected}}, "Dr. Test", 1'790'000'000);
    });
    const std::filesystem::path target = app.folder() / "report.pdf";

    const auto written = report(app, {run.runId}, target);

    REQUIRE(written.ok());
    const std::string text = textOf(target);
    CHECK(text.find("medication_list.pdf") != std::string::npos);
    CHECK(text.find("2.5 <b>mg") != std::string::npos); // as text, not as markup
    CHECK(text.find("Dr. Test") != std::string::npos);
    CHECK(text.find("Page 1") != std::string::npos);
    const auto values =
        app.inLibrary([&](storage::Database& db) { return storage::finalValues(db, run.runId); });
    for (const storage::FinalValue& value : values) {
        if (value.field == "drug" && value.text) {
            CAPTURE(*value.text);
            const std::string firstWord = value.text->substr(0, value.text->find(' '));
            CHECK(text.find(firstWord) != std::string::npos);
        }
    }
}

TEST_CASE("Fields that are left out are not in the report", "[gui][report]") {
    TestApp app;
    const storage::SavedRun run = app.extract(samplePath("medication_list.pdf"), "medications");
    const auto document =
        app.inLibrary([&](storage::Database& db) { return loadReportDocument(db, run.runId); });

    const QString all = reportHtml(document, {});
    const QString without = reportHtml(document, {"medications/drug"});

    CHECK(all.contains(QStringLiteral("<td>drug</td>")));
    CHECK_FALSE(without.contains(QStringLiteral("<td>drug</td>")));
    CHECK(without.contains(QStringLiteral("<td>dose</td>")));
}

TEST_CASE("A report that cannot be written leaves what was there", "[gui][report]") {
    TestApp app;
    const storage::SavedRun run = app.extract(samplePath("referral_note.txt"), "medications");
    const std::filesystem::path target = app.folder() / "report.pdf";
    std::ofstream(target) << "the old one";
    std::stop_source stop;
    stop.request_stop();

    const auto cancelled = report(app, {run.runId}, target, {}, stop.get_token());
    const auto nothing = report(app, {}, target);
    const auto nowhere = report(app, {run.runId}, app.folder() / "no-folder" / "report.pdf");

    REQUIRE_FALSE(cancelled.ok());
    CHECK(cancelled.error().code == ErrorCode::Cancelled);
    REQUIRE_FALSE(nothing.ok());
    CHECK(nothing.error().code == ErrorCode::NotFound);
    REQUIRE_FALSE(nowhere.ok());
    CHECK(nowhere.error().code == ErrorCode::Io);
    std::ostringstream kept;
    kept << std::ifstream(target).rdbuf();
    CHECK(kept.str() == "the old one");
}

} // namespace attest::gui
