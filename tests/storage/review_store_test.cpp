#include "storage/review_store.h"

#include "storage/audit_log.h"
#include "storage/database.h"
#include "storage/storage_support.h"
#include "support/catch.h"

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

using namespace attest::storage;
using attest::ErrorCode;
using attest::SourceSpan;
using attest::test::memoryLibrary;
using attest::test::must;
using attest::test::queryInt;
using attest::test::sampleRun;

namespace {

Review reviewOf(const std::string& field, Verdict verdict, std::int64_t instance = 0) {
    Review review;
    review.pointer =
        "/medications/" + std::to_string(instance) + (field.empty() ? "" : "/") + field;
    review.group = "medications";
    review.instance = instance;
    review.field = field;
    review.verdict = verdict;
    return review;
}

Review correction(const std::string& field, const std::string& text, std::int64_t instance = 0) {
    Review review = reviewOf(field, Verdict::Corrected, instance);
    review.text = text;
    return review;
}

void decide(Database& db, std::int64_t runId, const Review& review, std::int64_t now = 100) {
    must(saveReviews(db, runId, {{review.pointer, review}}, "Kim", now));
}

FinalValue finalValue(Database& db, std::int64_t runId, const std::string& pointer) {
    for (FinalValue& value : must(finalValues(db, runId))) {
        if (value.pointer == pointer) {
            return value;
        }
    }
    FAIL("no value at " + pointer);
    return {};
}

// Everything that reviewing a run can change.
std::string stateOf(Database& db) {
    return attest::test::queryText(
        db,
        "SELECT (SELECT group_concat(quote(run_id) || quote(finished_at) || quote(undecided) ||"
        " quote(lowest_field)) FROM run_review) || '|' ||"
        " (SELECT COALESCE(group_concat(entry), '') FROM (SELECT quote(run_id) || quote(pointer) ||"
        " quote(text) AS entry FROM search_entry ORDER BY run_id, pointer, page_index)) || '|' ||"
        " (SELECT COALESCE(group_concat(quote(pointer) || quote(verdict) || quote(text) ||"
        " quote(reviewer) || quote(reviewed_at)), '') FROM review)");
}

} // namespace

TEST_CASE("a review comes back as it was decided, with who and when", "[storage][review_store]") {
    Database db = memoryLibrary();
    const std::int64_t runId = must(saveRun(db, sampleRun("a.pdf"))).runId;
    Review review = correction("dose", "500");
    review.normalised = "500";
    review.unit = "mg";
    review.comparator = "<";
    review.normRule = "quantity";
    review.span = SourceSpan{0, 10, 13};
    review.boxes = {{0.1F, 0.2F, 0.3F, 0.4F}};
    review.note = "Gr\u00f6\u00dfe, see \"page 2\"";
    review.isFlagged = true;

    decide(db, runId, review, 777);

    const auto stored = must(reviewsOf(db, runId));
    REQUIRE(stored.size() == 1);
    review.reviewer = "Kim";
    review.reviewedAt = 777;
    CHECK(stored[0] == review);
    CHECK(must(reviewsOf(db, 99)).empty());
}

TEST_CASE("final values are the machine's until somebody decides otherwise",
          "[storage][review_store]") {
    Database db = memoryLibrary();
    const std::int64_t runId = must(saveRun(db, sampleRun("a.pdf"))).runId;
    const std::string pointer = "/medications/0/dose";

    FinalValue value = finalValue(db, runId, pointer);
    CHECK(value.text == "500 mg");
    CHECK(value.normalised == "500");
    CHECK_FALSE(value.review);
    CHECK(needsReview(value, 0.9));
    CHECK_FALSE(needsReview(value, 0.6));

    SECTION("a note decides nothing") {
        Review note = reviewOf("dose", Verdict::None);
        note.note = "ask";
        decide(db, runId, note);
        value = finalValue(db, runId, pointer);
        CHECK(value.text == "500 mg");
        CHECK(needsReview(value, 0.9));
    }
    SECTION("accepted") {
        decide(db, runId, reviewOf("dose", Verdict::Accepted));
        value = finalValue(db, runId, pointer);
        CHECK(value.text == "500 mg");
        CHECK(value.span == SourceSpan{0, 10, 16});
        CHECK_FALSE(needsReview(value, 1));
    }
    SECTION("corrected by typing: it has no place") {
        Review typed = correction("dose", "1 g");
        typed.unit = "g";
        decide(db, runId, typed);
        value = finalValue(db, runId, pointer);
        CHECK(value.text == "1 g");
        CHECK(value.normalised == std::nullopt);
        CHECK(value.unit == "g");
        CHECK(value.span == std::nullopt);
        CHECK(value.boxes.empty());
        REQUIRE(value.machine);
        CHECK(value.machine->text == "500 mg");
    }
    SECTION("corrected by pointing") {
        Review pointed = correction("dose", "twice daily");
        pointed.span = SourceSpan{0, 18, 29};
        decide(db, runId, pointed);
        CHECK(finalValue(db, runId, pointer).span == SourceSpan{0, 18, 29});
    }
    SECTION("rejected") {
        decide(db, runId, reviewOf("dose", Verdict::Rejected));
        value = finalValue(db, runId, pointer);
        CHECK(value.text == std::nullopt);
        CHECK(value.normalised == std::nullopt);
        CHECK(value.span == std::nullopt);
        CHECK(value.unit.empty());
    }
    SECTION("not stated") {
        Review review = reviewOf("dose", Verdict::NotStated);
        review.reason = "ILL";
        decide(db, runId, review);
        value = finalValue(db, runId, pointer);
        CHECK(value.text == std::nullopt);
        CHECK(value.review->reason == "ILL");
    }
}

TEST_CASE("deleted rows say so in every field, added rows stand together behind the machine's",
          "[storage][review_store]") {
    Database db = memoryLibrary();
    const std::int64_t runId = must(saveRun(db, sampleRun("a.pdf"))).runId;
    must(saveReviews(db,
                     runId,
                     {{"/medications/0", reviewOf("", Verdict::RowDeleted)},
                      {"/medications/10", reviewOf("", Verdict::RowAdded, 10)},
                      {"/medications/10/dose", correction("dose", "5 mg", 10)},
                      {"/medications/10/drug", correction("drug", "Ramipril", 10)},
                      {"/medications/2", reviewOf("", Verdict::RowAdded, 2)},
                      {"/medications/2/dose", correction("dose", "1 g", 2)},
                      {"/medications/2/drug", correction("drug", "Aspirin", 2)}},
                     "Kim",
                     5));

    std::vector<std::string> pointers;
    for (const FinalValue& value : must(finalValues(db, runId))) {
        pointers.push_back(value.pointer);
        CHECK(value.isRowDeleted == (value.instance == 0));
        CHECK(value.machine.has_value() == (value.instance == 0));
        CHECK_FALSE(needsReview(value, 1));
    }

    CHECK(pointers == std::vector<std::string>{"/medications/0/drug",
                                               "/medications/0/dose",
                                               "/medications/0/route",
                                               "/medications/2/drug",
                                               "/medications/2/dose",
                                               "/medications/10/drug",
                                               "/medications/10/dose"});
}

TEST_CASE("changing back restores everything exactly", "[storage][review_store]") {
    Database db = memoryLibrary();
    NewRun run = sampleRun("a.pdf");
    run.values[0].kind = "judged";
    run.values[0].text = "a biguanide";
    const std::int64_t runId = must(saveRun(db, run)).runId;
    const std::string untouched = stateOf(db);
    // Undo as the window does it: the review that stood there before comes back.
    const auto before = [&](const std::string& pointer) -> std::optional<Review> {
        for (const Review& review : must(reviewsOf(db, runId))) {
            if (review.pointer == pointer) {
                return review;
            }
        }
        return std::nullopt;
    };
    const std::vector<Review> decisions = {reviewOf("drug", Verdict::Accepted),
                                           correction("drug", "Metformin XR"),
                                           reviewOf("drug", Verdict::Rejected),
                                           reviewOf("dose", Verdict::Accepted),
                                           correction("drug", "Metformin XR"),
                                           reviewOf("", Verdict::RowDeleted)};
    std::vector<std::string> states;
    std::vector<ReviewChange> undo;
    std::int64_t now = 1000;

    for (const Review& decision : decisions) {
        states.push_back(stateOf(db));
        undo.push_back({decision.pointer, before(decision.pointer)});
        must(saveReviews(db, runId, {{decision.pointer, decision}}, "Kim", ++now));
        CHECK(stateOf(db) != states.back());
    }
    while (!undo.empty()) {
        must(saveReviews(db, runId, {undo.back()}, "Lee", ++now));
        CHECK(stateOf(db) == states.back());
        undo.pop_back();
        states.pop_back();
    }

    CHECK(stateOf(db) == untouched);
    CHECK(queryInt(db, "SELECT COUNT(*) FROM audit WHERE action = 'review.changed'") == 12);
}

TEST_CASE("a decision made from an old one is of who makes it, now", "[storage][review_store]") {
    Database db = memoryLibrary();
    const std::int64_t runId = must(saveRun(db, sampleRun("a.pdf"))).runId;
    decide(db, runId, reviewOf("drug", Verdict::Accepted), 100);
    Review changed = must(reviewsOf(db, runId)).front();
    changed.verdict = Verdict::Rejected; // a copy that still says Kim, 100

    must(saveReviews(db, runId, {{changed.pointer, changed}}, "Lee", 200));

    const Review stored = must(reviewsOf(db, runId)).front();
    CHECK(stored.reviewer == "Lee");
    CHECK(stored.reviewedAt == 200);
}

TEST_CASE("reviews that cannot be are refused, with all that came along",
          "[storage][review_store]") {
    Database db = memoryLibrary();
    const std::int64_t runId = must(saveRun(db, sampleRun("a.pdf"))).runId;
    const auto spoil = GENERATE(
        as<std::function<void(ReviewChange&)>>{},
        [](ReviewChange& change) {
            change.after->span = SourceSpan{0, 0, 8};
        },
        [](ReviewChange& change) {
            change.after->span = SourceSpan{0, 0, 9000};
        },
        [](ReviewChange& change) {
            change.after->span = SourceSpan{9, 0, 9};
        },
        [](ReviewChange& change) {
            change.after->span = SourceSpan{-1, 0, 9};
        },
        [](ReviewChange& change) {
            change.after->span = SourceSpan{0, 9, 0};
        },
        [](ReviewChange& change) { change.after->text.reset(); },
        [](ReviewChange& change) { change.after->verdict = Verdict::Rejected; },
        [](ReviewChange& change) { change.after->verdict = Verdict::RowAdded; },
        [](ReviewChange& change) { change.after->reason = "because"; },
        [](ReviewChange& change) {
            change.after->verdict = Verdict::NotStated;
            change.after->text.reset();
        },
        [](ReviewChange& change) { change.after->pointer = "/other"; },
        [](ReviewChange& change) { change.pointer = change.after->pointer = "medications"; },
        [](ReviewChange& change) { change.pointer = change.after->pointer = ""; },
        [](ReviewChange& change) {
            change.pointer = change.after->pointer = "/" + std::string(2000, 'x');
        },
        [](ReviewChange& change) { change.after->note = "\xff"; },
        [](ReviewChange& change) { change.after->note = std::string(2U << 20U, 'x'); });
    ReviewChange bad{"/medications/0/drug", correction("drug", "Metformin")};
    spoil(bad);
    const Review good = reviewOf("dose", Verdict::Accepted);

    const auto saved = saveReviews(db, runId, {{good.pointer, good}, bad}, "Kim", 1);

    REQUIRE_FALSE(saved.ok());
    CHECK(saved.error().code == ErrorCode::InvalidInput);
    CHECK(must(reviewsOf(db, runId)).empty());
    CHECK(queryInt(db, "SELECT COUNT(*) FROM audit WHERE action = 'review.changed'") == 0);
}

TEST_CASE("the place of a correction reads like its text, white space aside",
          "[storage][review_store]") {
    Database db = memoryLibrary();
    NewRun run = sampleRun("a.pdf");
    run.values[2].kind = "judged";
    const std::int64_t runId = must(saveRun(db, run)).runId;
    Review review = correction("dose", "500\nmg  twice");
    review.span = SourceSpan{0, 10, 23};

    decide(db, runId, review);

    CHECK(finalValue(db, runId, review.pointer).text == "500\nmg  twice");
    Review wide = correction("drug", "500 mg");
    wide.span = SourceSpan{0, 9, 18}; // with the blanks around it
    decide(db, runId, wide);
    CHECK(finalValue(db, runId, wide.pointer).text == "500 mg");
    // Of a judged value the place is the evidence.
    Review judged = correction("route", "oral");
    judged.span = SourceSpan{0, 18, 29};
    decide(db, runId, judged);
    CHECK(finalValue(db, runId, judged.pointer).span == judged.span);
}

TEST_CASE("a run that is not there is not found", "[storage][review_store]") {
    Database db = memoryLibrary();
    const Review review = reviewOf("drug", Verdict::Accepted);

    CHECK(saveReviews(db, 7, {{review.pointer, review}}, "Kim", 1).error().code ==
          ErrorCode::NotFound);
    CHECK(saveReviews(db, 7, {}, "Kim", 1).error().code == ErrorCode::NotFound);
    CHECK(setRunFinished(db, 7, true, "Kim", 1).error().code == ErrorCode::NotFound);
}

TEST_CASE("a finished run says by whom and when", "[storage][review_store]") {
    Database db = memoryLibrary();
    const std::int64_t runId = must(saveRun(db, sampleRun("a.pdf"))).runId;

    must(setRunFinished(db, runId, true, "Kim", 4000));

    StoredRun run = must(runsById(db, {runId})).front();
    CHECK(run.finishedReviewAt == 4000);
    CHECK(run.finishedReviewBy == "Kim");
    // Deciding more does not unfinish it.
    decide(db, runId, reviewOf("drug", Verdict::Accepted));
    CHECK(must(runsById(db, {runId})).front().finishedReviewAt == 4000);
    must(setRunFinished(db, runId, false, "Kim", 5000));
    run = must(runsById(db, {runId})).front();
    CHECK(run.finishedReviewAt == 0);
    CHECK(run.finishedReviewBy.empty());
}

TEST_CASE("the audit log tells what was decided where, and no text", "[storage][review_store]") {
    Database db = memoryLibrary();
    const std::int64_t runId = must(saveRun(db, sampleRun("a.pdf"))).runId;
    Review review = correction("drug", "Jane Doe");
    review.note = "secret";
    must(saveReviews(
        db,
        runId,
        {{review.pointer, review}, {"/medications/0/dose", reviewOf("dose", Verdict::Accepted)}},
        "Kim",
        50));

    const AuditRecord record = must(auditRecords(db, runId, 1)).front();

    CHECK(record.action == "review.changed");
    CHECK(record.actor == "Kim");
    CHECK(record.at == 50);
    CHECK(record.subject == "{\"run\":" + std::to_string(runId) +
                                ",\"changes\":[{\"at\":\"/medications/0/drug\","
                                "\"verdict\":\"corrected\"},{\"at\":\"/medications/0/dose\","
                                "\"verdict\":\"accepted\"}]}");
}

TEST_CASE("a measured confidence decides what is to review, else the model's own probability",
          "[storage][review_store]") {
    FinalValue value;
    value.machine.emplace();
    value.machine->logProbability = std::log(0.97);
    CHECK_THAT(confidenceOf(*value.machine), Catch::Matchers::WithinAbs(0.97, 1e-12));
    CHECK_FALSE(needsReview(value, 0.9));

    value.machine->confidence = 0.8;
    CHECK(confidenceOf(*value.machine) == 0.8);
    CHECK_THAT(rawConfidence(*value.machine), Catch::Matchers::WithinAbs(0.97, 1e-12));
    CHECK(needsReview(value, 0.9));
}

TEST_CASE("a measured confidence is kept, and so is that there is none",
          "[storage][review_store]") {
    Database db = memoryLibrary();
    NewRun run = sampleRun("a.pdf");
    REQUIRE(run.values.size() > 1);
    run.values[0].confidence = 0.625;
    const std::int64_t runId = must(saveRun(db, run)).runId;

    const auto values = must(valuesOf(db, runId));
    CHECK(values[0].confidence == 0.625);
    CHECK_FALSE(values[1].confidence);

    run.values[0].confidence = 1.5;
    CHECK_FALSE(saveRun(db, run).ok());
}

TEST_CASE("raw confidence is a probability whatever is stored", "[storage][review_store]") {
    ValueRecord value;
    value.logProbability = 0.5;
    CHECK(rawConfidence(value) == 1);
    value.logProbability = -1e9;
    CHECK(rawConfidence(value) == 0);
    value.logProbability = std::numeric_limits<double>::quiet_NaN();
    CHECK(rawConfidence(value) == 0);
}
