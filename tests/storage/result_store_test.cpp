#include "storage/result_store.h"

#include "storage/database.h"
#include "storage/internal/place_audit.h"
#include "storage/sample_run.h"
#include "storage/statement.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <filesystem>
#include <functional>
#include <string>

using attest::ErrorCode;
using attest::SourceSpan;
using attest::storage::Database;
using attest::storage::NewRun;
using attest::storage::Statement;
using attest::storage::StoredRun;
using attest::test::sampleRun;

namespace {

Database memory() {
    auto db = Database::openInMemory();
    REQUIRE(db.ok());
    return std::move(db).value();
}

std::int64_t count(const Database& db, const std::string& table) {
    auto statement = Statement::prepare(db, "SELECT COUNT(*) FROM " + table);
    REQUIRE(statement.ok());
    REQUIRE(statement.value().step().value());
    return statement.value().int64(0);
}

} // namespace

TEST_CASE("a run comes back as it was stored", "[storage][result_store]") {
    Database db = memory();
    const NewRun run = sampleRun("a.pdf");

    const auto saved = saveRun(db, run);

    REQUIRE(saved.ok());
    CHECK_FALSE(saved.value().wasKnown);
    const auto runs = latestRuns(db, {}).value();
    REQUIRE(runs.size() == 1);
    const StoredRun& stored = runs[0];
    CHECK(stored.id == saved.value().runId);
    CHECK(stored.documentId == saved.value().documentId);
    CHECK(stored.run.fileName == "a.pdf");
    CHECK(stored.run.valuesJson == run.run.valuesJson);
    CHECK(stored.run.timingJson == run.run.timingJson);
    CHECK(stored.run.status == "complete");
    CHECK(stored.documentSha256 == run.document.sha256);
    CHECK(stored.pageCount == 2);
    CHECK(stored.templateId == "medications");
    CHECK(stored.modelName == "tiny");
    CHECK(stored.valueCount == 3);
    CHECK(stored.foundCount == 2);

    const auto values = attest::storage::valuesOf(db, stored.id).value();
    REQUIRE(values.size() == 3);
    CHECK(values[0].text == "Metformin");
    CHECK(values[0].boxes == run.values[0].boxes);
    CHECK(values[0].logProbability == -0.5);
    CHECK(values[0].minFeasibleMass == 0.75);
    CHECK(values[1].span == SourceSpan{0, 10, 16});
    CHECK(values[1].normalised == "500");
    CHECK(values[1].unit == "mg");
    CHECK(values[1].boxes.size() == 2);
    CHECK(values[2].text == std::nullopt);
    CHECK(values[2].status == "not-stated");
    CHECK(values[2].span == std::nullopt);

    const auto pages = attest::storage::pagesOf(db, stored.readingId).value();
    REQUIRE(pages.size() == 2);
    CHECK(pages[0].text == run.document.pages[0].text);
    CHECK(pages[0].charBoxes == run.document.pages[0].charBoxes);
    CHECK(pages[1].heightPoints == 842.0);
    CHECK(attest::storage::storedTemplate(db, stored.templateSha256).value().json == "{}");
}

TEST_CASE("a summary comes back with its citations", "[storage][result_store]") {
    Database db = memory();
    NewRun run = sampleRun("a.pdf");
    run.run.kind = attest::storage::kRunSummary;
    run.values.clear();
    run.sentences = {{"Takes metformin.", false, {{{0, 0, 9}, {{0, 0, 1, 1}}}, {{1, 0, 7}, {}}}},
                     {"Height 1,80 m.", true, {{{1, 8, 14}, {}}}}};

    const auto saved = saveRun(db, run);

    REQUIRE(saved.ok());
    const auto sentences = attest::storage::sentencesOf(db, saved.value().runId).value();
    REQUIRE(sentences.size() == 2);
    CHECK(sentences[0].text == "Takes metformin.");
    REQUIRE(sentences[0].citations.size() == 2);
    CHECK(sentences[0].citations[1].span == SourceSpan{1, 0, 7});
    CHECK(sentences[1].isReplaced);
    CHECK(sentences[1].citations.size() == 1);
}

TEST_CASE("values that do not stand where they say are refused, and nothing is stored",
          "[storage][result_store]") {
    const auto spoil = GENERATE(
        as<std::function<void(NewRun&)>>{},
        // The text differs from the page.
        [](NewRun& run) { run.values[0].text = "Metformim"; },
        // White space is folded to one space, not dropped or kept.
        [](NewRun& run) { run.values[1].text = "500\nmg"; },
        [](NewRun& run) { run.values[1].text = "500mg"; },
        // The place is not on the page, or not at all.
        [](NewRun& run) {
            run.values[0].span = SourceSpan{0, 0, 900};
        },
        [](NewRun& run) {
            run.values[0].span = SourceSpan{0, 9, 9};
        },
        [](NewRun& run) {
            run.values[0].span = SourceSpan{7, 0, 9};
        },
        [](NewRun& run) {
            run.values[0].span = SourceSpan{-1, 0, 9};
        },
        [](NewRun& run) { run.values[0].span.reset(); },
        // Evidence of a judged value has to be on the page as well.
        [](NewRun& run) {
            run.values[0].kind = "judged";
            run.values[0].span = SourceSpan{0, 20, 99};
        },
        // Half a letter: ö is two bytes.
        [](NewRun& run) {
            run.values[0].kind = "judged";
            run.values[0].span = SourceSpan{1, 0, 3};
        },
        // Status and text contradict each other.
        [](NewRun& run) { run.values[0].status = "not-stated"; },
        [](NewRun& run) { run.values[2].status = "ok"; },
        // A sentence cites nothing that is there.
        [](NewRun& run) {
            run.sentences = {{"x", false, {{{0, 0, 5000}, {}}}}};
        });
    Database db = memory();
    NewRun run = sampleRun("a.pdf");
    spoil(run);

    const auto saved = saveRun(db, run);

    REQUIRE_FALSE(saved.ok());
    // Errors never quote a document.
    CHECK(saved.error().message.find("Metform") == std::string::npos);
    for (const char* table : {"document", "reading", "page", "run", "value", "template", "model"}) {
        CAPTURE(table);
        CHECK(count(db, table) == 0);
    }
    CHECK(saveRun(db, sampleRun("a.pdf")).ok());
}

TEST_CASE("white space folds to one space", "[storage][place_audit]") {
    using attest::storage::foldWhitespace;
    CHECK(foldWhitespace("a  b\nc\n\nd") == "a b c d");
    CHECK(foldWhitespace("abc") == "abc");
    CHECK(foldWhitespace("").empty());
    CHECK(foldWhitespace(" a ") == " a ");
}

TEST_CASE("the same document is recognised whatever its name", "[storage][result_store]") {
    Database db = memory();
    REQUIRE(saveRun(db, sampleRun("a.pdf")).ok());
    NewRun again = sampleRun("a.pdf");
    again.document.fileName = "copy.pdf";

    const auto saved = saveRun(db, again);

    REQUIRE(saved.ok());
    CHECK(saved.value().wasKnown);
    CHECK(saved.value().documentId == 1);
    CHECK(count(db, "document") == 1);
    CHECK(count(db, "reading") == 1);
    CHECK(count(db, "page") == 2);
    CHECK(count(db, "run") == 2);
    // Each run can be had by its id; of the document the newest counts.
    const auto both = runsById(db, {1, 2}).value();
    REQUIRE(both.size() == 2);
    CHECK(both[0].id == 1);
    CHECK(runsById(db, {1, 99}).error().code == ErrorCode::NotFound);
    const auto runs = latestRuns(db, {}).value();
    REQUIRE(runs.size() == 1);
    CHECK(runs[0].id == saved.value().runId);
}

TEST_CASE("a document read again with other text keeps both readings", "[storage][result_store]") {
    Database db = memory();
    const auto first = saveRun(db, sampleRun("a.pdf"));
    REQUIRE(first.ok());
    NewRun again = sampleRun("a.pdf");
    again.document.pages[0].text = "Metformin 500 mg twice daily";
    again.document.pages.pop_back();

    REQUIRE(saveRun(db, again).ok());

    CHECK(count(db, "document") == 1);
    CHECK(count(db, "reading") == 2);
    CHECK(attest::storage::pagesOf(db, 1).value()[0].text == "Metformin 500\nmg  twice daily");
    CHECK(attest::storage::listDocuments(db).value()[0].pageCount == 1);
}

TEST_CASE("runs are chosen by template, kind and document", "[storage][result_store]") {
    Database db = memory();
    REQUIRE(saveRun(db, sampleRun("a.pdf")).ok());
    REQUIRE(saveRun(db, sampleRun("b.pdf")).ok());
    NewRun labs = sampleRun("b.pdf");
    labs.asked.sha256 = attest::sha256Hex("labs");
    labs.asked.id = "laboratory_results";
    REQUIRE(saveRun(db, labs).ok());
    // Notes of one file: the same text under two ids gives one document and two runs.
    for (const char* id : {"n1", "n2"}) {
        NewRun note = sampleRun("note");
        note.run.fileName = "notes.jsonl";
        note.run.sourceId = id;
        REQUIRE(saveRun(db, note).ok());
    }

    CHECK(latestRuns(db, {}).value().size() == 5);
    CHECK(latestRuns(db, {"extraction", "laboratory_results", 0}).value().size() == 1);
    CHECK(latestRuns(db, {"summary", "", 0}).value().empty());
    CHECK(latestRuns(db, {"", "", 2}).value().size() == 2);
    CHECK(latestRuns(db, {"", "", 3}).value().size() == 2);
}

TEST_CASE("documents are found by id, hash and name", "[storage][document_store]") {
    using attest::storage::findDocuments;
    Database db = memory();
    for (const char* name : {"a.pdf", "b.pdf", "77"}) {
        REQUIRE(saveRun(db, sampleRun(name)).ok());
    }
    const std::string hash = attest::sha256Hex("b.pdf");

    CHECK(findDocuments(db, "2").value().at(0).fileName == "b.pdf");
    CHECK(findDocuments(db, hash).value().at(0).id == 2);
    CHECK(findDocuments(db, hash.substr(0, 8)).value().size() == 1);
    CHECK(findDocuments(db, hash.substr(0, 7)).value().empty());
    CHECK(findDocuments(db, "a.pdf").value().size() == 1);
    CHECK(findDocuments(db, "77").value().at(0).id == 3); // no such id, but a file of that name
    CHECK(findDocuments(db, "' OR 1=1 --").value().empty());
    CHECK(findDocuments(db, "").value().empty());
}

TEST_CASE("ten thousand documents are listed through one query and its index",
          "[storage][document_store]") {
    const attest::test::TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    auto opened = Database::open(temp / "l.sqlite", attest::storage::Access::ReadWrite);
    REQUIRE(opened.ok());
    Database& db = opened.value();
    REQUIRE(db.execute("PRAGMA synchronous = OFF").ok()); // 10,000 fsyncs prove nothing here
    constexpr int kDocuments = 10000;
    for (int i = 0; i < kDocuments; ++i) {
        REQUIRE(saveRun(db, sampleRun("d" + std::to_string(i))).ok());
    }

    const auto rows = attest::storage::listDocuments(db).value();

    REQUIRE(rows.size() == kDocuments);
    CHECK(rows.front().fileName == "d0");
    CHECK(rows.back().lastFoundCount == 2);
    CHECK(rows.back().lastTemplateId == "medications");
    CHECK(latestRuns(db, {}).value().size() == kDocuments);
    // No step may walk all runs once per document.
    auto plan = Statement::prepare(
        db,
        "EXPLAIN QUERY PLAN SELECT d.id FROM document AS d LEFT JOIN run AS r ON r.id ="
        " (SELECT MAX(newest.id) FROM run AS newest WHERE newest.document_id = d.id)");
    REQUIRE(plan.ok());
    while (plan.value().step().value()) {
        const std::string step = plan.value().text(3);
        CAPTURE(step);
        CHECK((step.find("SCAN") == std::string::npos || step.starts_with("SCAN d")));
    }
}
