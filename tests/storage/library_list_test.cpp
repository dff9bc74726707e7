#include "storage/library_list.h"

#include "base/sha256.h"
#include "storage/audit_log.h"
#include "storage/database.h"
#include "storage/library.h"
#include "storage/review_store.h"
#include "storage/storage_support.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace attest::storage;
using attest::ErrorCode;
using attest::sha256Hex;
using attest::test::addSample;
using attest::test::memoryLibrary;
using attest::test::must;
using attest::test::queryInt;
using attest::test::sampleJob;
using attest::test::sampleRun;
using attest::test::sampleSource;
using attest::test::TemporaryFolder;

namespace {

constexpr double kThreshold = 0.9;

LibraryRow rowOf(Database& db, std::int64_t documentId) {
    return must(libraryRow(db, documentId, kThreshold));
}

std::vector<std::int64_t> idsIn(Database& db, SmartList list) {
    std::vector<std::int64_t> ids;
    for (const LibraryRow& row : must(listLibrary(db, {list, "", kThreshold}))) {
        ids.push_back(row.documentId);
    }
    return ids;
}

NewSource note(const std::string& text) {
    NewSource source;
    source.sha256 = sha256Hex(text);
    source.fileName = "Pasted note";
    source.kind = "text";
    source.byteSize = static_cast<std::int64_t>(text.size());
    source.content = text;
    return source;
}

} // namespace

TEST_CASE("a document goes from added through the queue to reviewed", "[storage][library_list]") {
    Database db = memoryLibrary();
    NewSource source = sampleSource("a.pdf");
    source.collection = "Trial 7";
    source.folder = "site 1/visit 2";
    const std::int64_t id = must(registerSources(db, {source}, 1000)).front().documentId;

    LibraryRow row = rowOf(db, id);
    CHECK(row.state == DocumentState::New);
    CHECK(row.fileName == "a.pdf");
    CHECK(row.path == "/in/a.pdf");
    CHECK(row.collection == "Trial 7");
    CHECK(row.folder == "site 1/visit 2");
    CHECK(row.kind == "pdf");
    CHECK(row.byteSize == 1234);
    CHECK(row.pageCount == 0);
    CHECK(row.addedAt == 1000);
    CHECK(row.runId == 0);
    CHECK(row.jobId == 0);
    CHECK(row.lowestConfidence == 1);

    must(enqueue(db, {sampleJob(id)}, 2000));
    row = rowOf(db, id);
    CHECK(row.state == DocumentState::Waiting);
    CHECK(row.templateTitle == "Medications");
    CHECK(row.jobId > 0);

    NewRun run = sampleRun("a.pdf");
    run.jobId = must(claimNextJob(db, 3000))->id;
    CHECK(rowOf(db, id).state == DocumentState::Running);

    const SavedRun saved = must(saveRun(db, run));
    CHECK(saved.documentId == id);
    CHECK(saved.wasKnown);
    row = rowOf(db, id);
    CHECK(row.state == DocumentState::ToReview);
    CHECK(row.runId == saved.runId);
    CHECK(row.pageCount == 2);
    CHECK(row.templateId == "medications");
    CHECK(row.valueCount == 3);
    CHECK(row.toReviewCount == 3);
    CHECK(row.lowestField == "drug");
    CHECK(row.lowestConfidence < 0.61);

    must(setRunFinished(db, saved.runId, true, "Kim", 4000));
    CHECK(rowOf(db, id).state == DocumentState::Reviewed);
    CHECK(rowOf(db, id).toReviewCount == 0);
    must(setRunFinished(db, saved.runId, false, "Kim", 5000));
    CHECK(rowOf(db, id).state == DocumentState::ToReview);
    CHECK(rowOf(db, id).toReviewCount == 3);
}

TEST_CASE("how reading failed is shown", "[storage][library_list]") {
    Database db = memoryLibrary();
    NewRun run = sampleRun("a.pdf");
    run.run.status = "nothing-to-read";
    run.values.clear();
    run.document.pages.clear();
    run.document.statusMessage = "The file needs a password.";

    SECTION("a scan") {
        run.document.status = "no-text";
        CHECK(rowOf(db, must(saveRun(db, run)).documentId).state == DocumentState::NoText);
    }
    SECTION("not readable") {
        run.document.status = "password-needed";
        CHECK(rowOf(db, must(saveRun(db, run)).documentId).state == DocumentState::Failed);
    }
    SECTION("the job failed") {
        const std::int64_t id = addSample(db, "a.pdf");
        must(enqueue(db, {sampleJob(id)}, 1));
        must(failJob(db, must(claimNextJob(db, 2))->id, "The file needs a password.", 3));
    }
    const auto failed = must(listLibrary(db, {SmartList::Failed, "", kThreshold}));
    REQUIRE(failed.size() == 1);
    CHECK(failed[0].detail == "The file needs a password.");
    CHECK(must(libraryCounts(db, kThreshold)).failed == 1);
}

TEST_CASE("a run stays in sight when a later job is cancelled or fails",
          "[storage][library_list]") {
    Database db = memoryLibrary();
    const std::int64_t id = must(saveRun(db, sampleRun("a.pdf"))).documentId;
    must(enqueue(db, {sampleJob(id)}, 1));
    CHECK(rowOf(db, id).state == DocumentState::Waiting);
    CHECK(rowOf(db, id).runId > 0);

    must(cancelJobs(db, {}, 2));

    CHECK(rowOf(db, id).state == DocumentState::ToReview);

    const std::int64_t other = addSample(db, "b.pdf");
    must(enqueue(db, {sampleJob(other)}, 3));
    must(cancelJobs(db, {}, 4));
    CHECK(rowOf(db, other).state == DocumentState::Cancelled);
    must(clearEndedJobs(db));
    CHECK(rowOf(db, other).state == DocumentState::New);
    CHECK(rowOf(db, other).jobId == 0);
}

TEST_CASE("the newest extraction is shown, before any summary", "[storage][library_list]") {
    Database db = memoryLibrary();
    NewRun summary = sampleRun("a.pdf");
    summary.run.kind = kRunSummary;
    summary.values.clear();
    summary.sentences = {{"Takes metformin.", false, {}}};
    const SavedRun first = must(saveRun(db, summary));
    CHECK(rowOf(db, first.documentId).runId == first.runId);
    const SavedRun second = must(saveRun(db, sampleRun("a.pdf")));
    const SavedRun third = must(saveRun(db, sampleRun("a.pdf")));
    must(saveRun(db, summary));

    CHECK(second.runId < third.runId);
    CHECK(rowOf(db, first.documentId).runId == third.runId);
}

TEST_CASE("the number of fields to review follows threshold and decisions",
          "[storage][library_list]") {
    Database db = memoryLibrary();
    NewRun run = sampleRun("a.pdf");
    run.values[0].logProbability = -0.01; // 0.990
    run.values[1].logProbability = -0.2;  // 0.819
    run.values[2].logProbability = 0;     // 1
    const SavedRun saved = must(saveRun(db, run));
    const auto toReview = [&](double threshold) {
        const LibraryRow row = must(libraryRow(db, saved.documentId, threshold));
        // The list says what a look at every value would.
        std::int64_t counted = 0;
        for (const FinalValue& value : must(finalValues(db, saved.runId))) {
            counted += needsReview(value, threshold) ? 1 : 0;
        }
        CHECK(row.toReviewCount == counted);
        CHECK(must(libraryCounts(db, threshold)).fieldsToReview == counted);
        return row.toReviewCount;
    };

    CHECK(toReview(0) == 0);
    CHECK(toReview(0.5) == 0);
    CHECK(toReview(0.9) == 1);
    CHECK(toReview(0.995) == 2);
    CHECK(toReview(1) == 2);
    CHECK(rowOf(db, saved.documentId).lowestField == "dose");

    Review accepted;
    accepted.pointer = "/medications/0/dose";
    accepted.group = "medications";
    accepted.instance = 0;
    accepted.field = "dose";
    accepted.verdict = Verdict::Accepted;
    must(saveReviews(db, saved.runId, {{accepted.pointer, accepted}}, "Kim", 1));
    CHECK(toReview(0.9) == 0);
    CHECK(toReview(0.995) == 1);
    CHECK(rowOf(db, saved.documentId).lowestField == "drug");
    must(saveReviews(db, saved.runId, {{accepted.pointer, std::nullopt}}, "Kim", 2));
    CHECK(toReview(0.9) == 1);
}

TEST_CASE("smart lists, counts and collections agree", "[storage][library_list]") {
    Database db = memoryLibrary();
    NewSource inA = sampleSource("new");
    inA.collection = "A";
    const std::int64_t fresh = must(registerSources(db, {inA}, 1)).front().documentId;
    const std::int64_t toReview = must(saveRun(db, sampleRun("to-review"))).documentId;
    const SavedRun done = must(saveRun(db, sampleRun("reviewed")));
    must(setRunFinished(db, done.runId, true, "Kim", 2));
    const std::int64_t trashed = addSample(db, "trashed");
    must(moveToTrash(db, {trashed}, 3));
    must(setCollection(db, {toReview, done.documentId}, "B"));

    CHECK(idsIn(db, SmartList::Inbox) == std::vector{fresh});
    CHECK(idsIn(db, SmartList::ToReview) == std::vector{toReview});
    CHECK(idsIn(db, SmartList::Reviewed) == std::vector{done.documentId});
    CHECK(idsIn(db, SmartList::Failed).empty());
    CHECK(idsIn(db, SmartList::Trash) == std::vector{trashed});
    CHECK(idsIn(db, SmartList::All) == std::vector{done.documentId, toReview, fresh});
    CHECK(must(listLibrary(db, {SmartList::All, "B", kThreshold})).size() == 2);
    const LibraryCounts counts = must(libraryCounts(db, kThreshold));
    CHECK(counts.inbox == 1);
    CHECK(counts.toReview == 1);
    CHECK(counts.reviewed == 1);
    CHECK(counts.failed == 0);
    CHECK(counts.all == 3);
    CHECK(counts.trash == 1);
    CHECK(counts.fieldsToReview == 3);
    CHECK(counts.documentBytes == 4 * 1234);
    CHECK(counts.collections ==
          std::vector<std::pair<std::string, std::int64_t>>{{"A", 1}, {"B", 2}});
}

TEST_CASE("the same bytes are one document, which comes back from the trash",
          "[storage][library_list]") {
    Database db = memoryLibrary();
    const std::int64_t id = addSample(db, "a.pdf");
    must(moveToTrash(db, {id}, 5));
    CHECK(rowOf(db, id).trashedAt == 5);

    const auto again = must(registerSources(db, {sampleSource("a.pdf"), sampleSource("a.pdf")}, 9));

    REQUIRE(again.size() == 2);
    CHECK(again[0].documentId == id);
    CHECK(again[0].wasKnown);
    CHECK(again[1].wasKnown);
    CHECK(rowOf(db, id).trashedAt == 0);
    CHECK(queryInt(db, "SELECT COUNT(*) FROM document") == 1);
}

TEST_CASE("a known document takes the new place only when its old file is gone",
          "[storage][library_list]") {
    Database db = memoryLibrary();
    const TemporaryFolder folder;
    const std::string old = (folder.path() / "old.pdf").string();
    std::ofstream(old) << "x";
    NewSource source = sampleSource("a.pdf");
    source.path = old;
    const std::int64_t id = must(registerSources(db, {source}, 1)).front().documentId;
    source.path = "/elsewhere/a.pdf";

    must(registerSources(db, {source}, 2));
    CHECK(rowOf(db, id).path == old);
    std::filesystem::remove(old);
    must(registerSources(db, {source}, 3));
    CHECK(rowOf(db, id).path == "/elsewhere/a.pdf");
    must(relocateDocument(db, id, "/third/a.pdf"));
    CHECK(rowOf(db, id).path == "/third/a.pdf");
}

TEST_CASE("pasted text is kept with its bytes", "[storage][library_list]") {
    Database db = memoryLibrary();
    const std::string text("Gr\u00f6\u00dfe 1,80 m\r\n\0 ends", 22);
    const std::int64_t id = must(registerSources(db, {note(text)}, 1)).front().documentId;

    CHECK(must(contentOf(db, id)) == text);
    CHECK(rowOf(db, id).path.empty());
    const auto none = contentOf(db, addSample(db, "a.pdf"));
    REQUIRE_FALSE(none.ok());
    CHECK(none.error().code == ErrorCode::NotFound);
    // A file with the same bytes adds nothing: the library has them.
    NewSource file = note(text);
    file.path = "/in/note.txt";
    must(registerSources(db, {file}, 2));
    CHECK(rowOf(db, id).path.empty());
    CHECK(must(contentOf(db, id)) == text);
}

TEST_CASE("content that is not what its hash says is refused with all that came along",
          "[storage][library_list]") {
    Database db = memoryLibrary();
    NewSource forged = note("text");
    forged.content = "other";

    const auto added = registerSources(db, {sampleSource("a.pdf"), forged}, 1);

    REQUIRE_FALSE(added.ok());
    CHECK(added.error().code == ErrorCode::InvalidInput);
    CHECK(queryInt(db, "SELECT COUNT(*) FROM document") == 0);
}

TEST_CASE("the trash keeps everything and gives it back", "[storage][library_list]") {
    Database db = memoryLibrary();
    const SavedRun saved = must(saveRun(db, sampleRun("a.pdf")));
    const std::int64_t waiting = addSample(db, "b.pdf");
    must(enqueue(db, {sampleJob(waiting)}, 1));

    must(moveToTrash(db, {saved.documentId, waiting}, 2));

    CHECK(idsIn(db, SmartList::All).empty());
    CHECK(must(listDocuments(db)).empty());
    CHECK(must(latestRuns(db, {})).empty());
    CHECK(must(claimNextJob(db, 3)) == std::nullopt);
    CHECK(must(jobCounts(db, 0)).cancelled == 1);
    must(restoreFromTrash(db, {saved.documentId, waiting}));
    CHECK(idsIn(db, SmartList::All).size() == 2);
    CHECK(must(latestRuns(db, {})).size() == 1);
    CHECK(must(valuesOf(db, saved.runId)).size() == 3);
}

TEST_CASE("a job that was running when its document was thrown away leaves it there",
          "[storage][library_list]") {
    Database db = memoryLibrary();
    const std::int64_t id = addSample(db, "a.pdf");
    must(enqueue(db, {sampleJob(id)}, 1));
    NewRun run = sampleRun("a.pdf");
    run.jobId = must(claimNextJob(db, 2))->id;
    must(moveToTrash(db, {id}, 3));

    must(saveRun(db, run));

    CHECK(rowOf(db, id).trashedAt == 3);
    // Asking for it on the command line brings it back.
    must(saveRun(db, sampleRun("a.pdf")));
    CHECK(rowOf(db, id).trashedAt == 0);
}

TEST_CASE("deleting for good takes only what is in the trash, and all of it",
          "[storage][library_list]") {
    Database db = memoryLibrary();
    const SavedRun gone = must(saveRun(db, sampleRun("gone.pdf")));
    const SavedRun kept = must(saveRun(db, sampleRun("kept.pdf")));
    must(enqueue(db, {sampleJob(gone.documentId)}, 1));
    Review review;
    review.pointer = "/medications/0/drug";
    review.verdict = Verdict::Accepted;
    must(saveReviews(db, gone.runId, {{review.pointer, review}}, "Kim", 1));
    must(moveToTrash(db, {gone.documentId}, 2));

    must(deleteForGood(db, {gone.documentId, kept.documentId}));

    CHECK(idsIn(db, SmartList::All) == std::vector{kept.documentId});
    for (const char* table : {"document", "reading", "run", "run_review"}) {
        CAPTURE(table);
        CHECK(queryInt(db, std::string("SELECT COUNT(*) FROM ") + table) == 1);
    }
    CHECK(queryInt(db, "SELECT COUNT(*) FROM review") == 0);
    CHECK(queryInt(db, "SELECT COUNT(*) FROM review_past") == 0);
    CHECK(queryInt(db, "SELECT COUNT(*) FROM job") == 0);
    CHECK(queryInt(db, "SELECT COUNT(*) FROM value") == 3);
    must(db.verify());
    CHECK(must(verifyAudit(db)) > 0);
}

TEST_CASE("nothing of a document that was deleted for good is left in the files",
          "[storage][library_list]") {
    const TemporaryFolder temp;
    const auto filesHold = [&temp](const std::string& word) {
        bool isThere = false;
        for (const auto& entry : std::filesystem::directory_iterator(temp.path() / "l")) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            isThere = isThere || bytes.find(word) != std::string::npos;
        }
        return isThere;
    };
    auto library = must(Library::open(temp.path() / "l", Access::ReadWrite));
    Database& db = library.database();
    NewRun run = sampleRun("qzfilename.pdf");
    run.document.pages[1].text = "qzpagetext stands here";
    run.values[2].kind = "judged";
    run.values[2].status = kStatusOk;
    run.values[2].text = "qzjudged";
    const SavedRun gone = must(saveRun(db, run));
    Review review;
    review.pointer = "/medications/0/drug";
    review.verdict = Verdict::Corrected;
    review.text = "qzcorrected";
    review.note = "qznote";
    must(saveReviews(db, gone.runId, {{review.pointer, review}}, "Kim", 1));
    const std::string pasted = "qzpasted note";
    const auto note = must(registerSources(db, {::note(pasted)}, 1)).front().documentId;
    for (int i = 0; i < 20; ++i) {
        must(saveRun(db, sampleRun("other" + std::to_string(i))));
    }
    const std::vector<std::string> words = {
        "qzfilename", "qzpagetext", "qzjudged", "qzcorrected", "qznote", "qzpasted"};
    for (const std::string& word : words) {
        CAPTURE(word);
        REQUIRE(filesHold(word));
    }

    must(moveToTrash(db, {gone.documentId, note}, 2));
    must(deleteForGood(db, {gone.documentId, note}));

    for (const std::string& word : words) {
        CAPTURE(word);
        CHECK_FALSE(filesHold(word));
    }
}

TEST_CASE("ids of what was deleted are not given to others", "[storage][library_list]") {
    Database db = memoryLibrary();
    const SavedRun gone = must(saveRun(db, sampleRun("gone.pdf")));
    must(moveToTrash(db, {gone.documentId}, 2));
    must(deleteForGood(db, {gone.documentId}));

    const SavedRun next = must(saveRun(db, sampleRun("next.pdf")));

    CHECK(next.documentId > gone.documentId);
    CHECK(next.runId > gone.runId);
}

TEST_CASE("renaming changes what is shown and never the file", "[storage][library_list]") {
    Database db = memoryLibrary();
    const std::int64_t id = addSample(db, "a.pdf");

    must(renameDocument(db, id, "Letter of 3 May"));

    CHECK(rowOf(db, id).fileName == "Letter of 3 May");
    CHECK(rowOf(db, id).path == "/in/a.pdf");
    CHECK(must(findDocuments(db, "Letter of 3 May")).size() == 1);
    CHECK(must(findDocuments(db, "a.pdf")).size() == 1);
    CHECK(renameDocument(db, 99, "x").error().code == ErrorCode::NotFound);
    CHECK(libraryRow(db, 99, kThreshold).error().code == ErrorCode::NotFound);
}

TEST_CASE("every change of the library is recorded without the names of files",
          "[storage][library_list]") {
    Database db = memoryLibrary();
    const std::int64_t id = addSample(db, "Jane Doe.pdf");
    must(renameDocument(db, id, "Doe, Jane"));
    must(moveToTrash(db, {id}, 1));
    must(restoreFromTrash(db, {id}));
    must(relocateDocument(db, id, "/home/Jane Doe.pdf"));
    must(moveToTrash(db, {id}, 2));
    must(deleteForGood(db, {id}));

    std::vector<std::string> actions;
    for (const AuditRecord& record : must(auditRecords(db, 0, 100))) {
        actions.push_back(record.action);
        CHECK(record.subject == "{\"documents\":[" + std::to_string(id) + "]}");
    }
    CHECK(actions == std::vector<std::string>{"document.deleted",
                                              "document.trashed",
                                              "document.moved",
                                              "document.restored",
                                              "document.trashed",
                                              "document.renamed",
                                              "document.added"});
}
