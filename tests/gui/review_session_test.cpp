#include "gui/review/review_session.h"

#include "gui/review/places.h"
#include "gui/review_test_support.h"
#include "support/catch.h"

#include <QSignalSpy>
#include <QUndoStack>

#include <algorithm>
#include <random>

namespace attest::gui {

using storage::Review;
using storage::Verdict;

namespace {

std::size_t fieldAt(const ReviewSession& session, const char* pointer) {
    const auto field = session.model()->fieldAt(pointer);
    REQUIRE(field);
    return *field;
}

std::optional<Review> stored(TestApp& app, std::int64_t run, const std::string& pointer) {
    for (const Review& review : storedReviews(app, run)) {
        if (review.pointer == pointer) {
            return review;
        }
    }
    return std::nullopt;
}

// One of all decisions a person can make, at random.
Changes randomDecision(const ReviewModel& model, std::mt19937& random) {
    const auto pick = [&random](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    const std::size_t field = pick(model.fields().size());
    const std::size_t record = pick(model.records().size());
    switch (pick(10)) {
    case 0:
        return acceptField(model, field);
    case 1:
        return rejectField(model, field);
    case 2:
        return markNotStated(model, field, storage::kReasonCodes[pick(6)]);
    case 3:
        return correctField(model, field, {"20 mg", std::nullopt, {}});
    case 4: {
        const auto places = placesOf({{letterText(), {}, 0, 0}}, "100 mg");
        return correctField(model, field, {"100 mg", places.front(), {}});
    }
    case 5:
        return flagField(model, field, pick(2) == 0, "look again");
    case 6:
        return clearDecision(model, field);
    case 7:
        return addRow(model, "medications");
    case 8:
        return model.records()[record].isDeleted ? restoreRow(model, record)
                                                 : deleteRow(model, record);
    default: {
        std::vector<std::size_t> all(model.fields().size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i] = i;
        }
        return acceptFields(model, acceptable(model, all, 0.95));
    }
    }
}

// The model says what the library would say.
void requireSameAsLibrary(TestApp& app, const ReviewSession& session, std::int64_t run) {
    const auto finals =
        app.inLibrary([run](storage::Database& db) { return storage::finalValues(db, run); });
    for (const storage::FinalValue& expected : finals) {
        const auto field = session.model()->fieldAt(expected.pointer);
        CAPTURE(expected.pointer);
        REQUIRE(field);
        const storage::FinalValue value = session.model()->finalValue(*field);
        CHECK(value.text == expected.text);
        CHECK(value.normalised == expected.normalised);
        CHECK(value.unit == expected.unit);
        CHECK(value.span == expected.span);
        CHECK(value.isRowDeleted == expected.isRowDeleted);
    }
}

} // namespace

TEST_CASE("Every kind of decision is stored and there when the document is opened again",
          "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    app.settings().setReviewer(QStringLiteral("anna"));
    {
        ReviewSession session(app.store(), app.settings(), nullptr);
        openRun(session, run);
        const auto decide = [&](Changes changes) {
            REQUIRE_FALSE(changes.empty());
            session.perform(std::move(changes), QStringLiteral("decide"));
        };
        const ReviewModel& model = *session.model();
        decide(acceptField(model, fieldAt(session, "/medications/0/drug")));
        decide(correctField(
            model, fieldAt(session, "/medications/0/dose"), {" 47,5  mg ", std::nullopt, {}}));
        decide(rejectField(model, fieldAt(session, "/medications/0/frequency")));
        decide(markNotStated(model, fieldAt(session, "/medications/0/route"), "NOPAGE"));
        decide(flagField(model, fieldAt(session, "/medications/0/status"), true, "ask the ward"));
        decide(deleteRow(model, *model.recordAt("/medications/1")));
        decide(addRow(model, "medications"));
        decide(correctField(
            model, fieldAt(session, "/medications/2/drug"), {"Aspirin", std::nullopt, {}}));
        waitForSaves(session);
        CHECK(model.toReviewCount() == 1); // the flagged one is not decided
        requireSameAsLibrary(app, session, run.runId);
    }
    ReviewSession again(app.store(), app.settings(), nullptr);
    openRun(again, run);
    const ReviewModel& model = *again.model();
    const auto reviewOf = [&](const char* pointer) {
        return *model.fields()[fieldAt(again, pointer)].review;
    };
    CHECK(reviewOf("/medications/0/drug").verdict == Verdict::Accepted);
    CHECK(reviewOf("/medications/0/drug").reviewer == "anna");
    CHECK(reviewOf("/medications/0/dose").text == "47,5 mg");
    CHECK(reviewOf("/medications/0/dose").normalised == "47.5");
    CHECK(reviewOf("/medications/0/dose").unit == "mg");
    CHECK(reviewOf("/medications/0/frequency").verdict == Verdict::Rejected);
    CHECK(reviewOf("/medications/0/route").reason == "NOPAGE");
    CHECK(reviewOf("/medications/0/status").isFlagged);
    CHECK(reviewOf("/medications/0/status").note == "ask the ward");
    CHECK(model.records()[*model.recordAt("/medications/1")].isDeleted);
    CHECK(model.records()[*model.recordAt("/medications/2")].isAdded);
    CHECK(model.titleOf(model.records()[*model.recordAt("/medications/2")]) == "Aspirin");
    // The machine's value stays beside the correction.
    CHECK(model.fields()[fieldAt(again, "/medications/0/dose")].machine->text == "50 mg");
}

TEST_CASE("All six reasons of not stated are stored with their code", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    ReviewSession session(app.store(), app.settings(), nullptr);
    openRun(session, run);

    for (const std::string_view reason : storage::kReasonCodes) {
        const std::size_t field = fieldAt(session, "/medications/0/route");
        session.perform(markNotStated(*session.model(), field, reason), QStringLiteral("n"));
        waitForSaves(session);
        CHECK(stored(app, run.runId, "/medications/0/route")->reason == reason);
    }
}

TEST_CASE("Undo and redo walk through the very states there were", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    ReviewSession session(app.store(), app.settings(), nullptr);
    openRun(session, run);
    const unsigned seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    std::mt19937 random(seed);
    QUndoStack* stack = session.undoGroup().activeStack();
    REQUIRE(stack != nullptr);

    // By index of the stack: the reviews as they were then.
    std::vector<std::map<std::string, Review>> states{session.model()->reviews()};
    for (int step = 0; step < 100; ++step) {
        const auto choice = std::uniform_int_distribution<int>(0, 3)(random);
        if (choice == 0 && stack->canUndo()) {
            stack->undo();
        } else if (choice == 1 && stack->canRedo()) {
            stack->redo();
        } else {
            Changes changes = randomDecision(*session.model(), random);
            if (changes.empty()) {
                continue;
            }
            session.perform(std::move(changes), QStringLiteral("step"));
            states.resize(static_cast<std::size_t>(stack->index()));
            states.push_back(session.model()->reviews());
        }
        CAPTURE(step);
        CHECK(session.model()->reviews() == states[static_cast<std::size_t>(stack->index())]);
        if (step % 10 == 0) {
            waitForSaves(session);
        }
    }
    waitForSaves(session);
    requireSameAsLibrary(app, session, run.runId);

    // What is on the disk is the very same, also for who and when.
    const auto requireStored = [&] {
        const auto reviews = storedReviews(app, run.runId);
        REQUIRE(reviews.size() == session.model()->reviews().size());
        for (const Review& review : reviews) {
            CAPTURE(review.pointer);
            CHECK(review == session.model()->reviews().at(review.pointer));
        }
    };
    requireStored();
    while (stack->canUndo()) {
        stack->undo();
    }
    waitForSaves(session);
    CHECK(storedReviews(app, run.runId).empty());
    while (stack->canRedo()) {
        stack->redo();
    }
    waitForSaves(session);
    CHECK(session.model()->reviews() == states.back());
    requireStored();
}

TEST_CASE("Accepting all above a threshold is one step back", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    ReviewSession session(app.store(), app.settings(), nullptr);
    openRun(session, run);
    std::vector<std::size_t> all(session.model()->fields().size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = i;
    }

    const auto open = acceptable(*session.model(), all, 0.95);
    session.perform(acceptFields(*session.model(), open), QStringLiteral("accept"));
    waitForSaves(session);

    const auto values = letterValues();
    const auto expected = std::count_if(values.begin(), values.end(), [](const TestValue& value) {
        return value.confidence >= 0.95;
    });
    CHECK(storedReviews(app, run.runId).size() == static_cast<std::size_t>(expected));
    session.undoGroup().undo();
    waitForSaves(session);
    CHECK(storedReviews(app, run.runId).empty());
    CHECK_FALSE(session.undoGroup().canUndo());
}

TEST_CASE("An added row goes with everything written into it, and undo brings it back",
          "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    ReviewSession session(app.store(), app.settings(), nullptr);
    openRun(session, run);

    session.perform(addRow(*session.model(), "medications"), QStringLiteral("add"));
    CHECK(session.model()->records().size() == 3);
    CHECK(session.model()->needsReview(fieldAt(session, "/medications/2/drug")));
    session.perform(correctField(*session.model(),
                                 fieldAt(session, "/medications/2/drug"),
                                 {"Aspirin", std::nullopt, {}}),
                    QStringLiteral("name"));
    session.perform(deleteRow(*session.model(), *session.model()->recordAt("/medications/2")),
                    QStringLiteral("delete"));
    waitForSaves(session);
    CHECK(session.model()->records().size() == 2);
    CHECK(storedReviews(app, run.runId).empty());

    session.undoGroup().undo();
    waitForSaves(session);
    CHECK(stored(app, run.runId, "/medications/2")->verdict == Verdict::RowAdded);
    CHECK(stored(app, run.runId, "/medications/2/drug")->text == "Aspirin");
}

TEST_CASE("A place on the page becomes the value with exactly its span", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    ReviewSession session(app.store(), app.settings(), nullptr);
    openRun(session, run);
    const auto places = placesOf(session.data()->pages, "50 mg");
    REQUIRE(places.size() == 2);

    session.perform(correctField(*session.model(),
                                 fieldAt(session, "/medications/0/dose"),
                                 {"50 mg", places[1], {}}),
                    QStringLiteral("point"));
    waitForSaves(session);

    const auto review = stored(app, run.runId, "/medications/0/dose");
    REQUIRE(review);
    CHECK(review->span == places[1]);
    CHECK(letterText().substr(review->span->begin, review->span->end - review->span->begin) ==
          "50 mg");
}

TEST_CASE("A decision that cannot be written is taken back and can be tried again",
          "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    ReviewSession session(app.store(), app.settings(), nullptr);
    openRun(session, run);
    QSignalSpy failed(&session, &ReviewSession::saveFailed);
    session.perform(acceptField(*session.model(), fieldAt(session, "/medications/0/drug")),
                    QStringLiteral("accept"));
    waitForSaves(session);
    app.inLibrary([](storage::Database& db) {
        return db.execute("CREATE TRIGGER full BEFORE INSERT ON review BEGIN"
                          " SELECT RAISE(ABORT, 'the disk is full'); END");
    });

    // Two at once: the second has not begun when the first one fails.
    session.perform(acceptField(*session.model(), fieldAt(session, "/medications/0/dose")),
                    QStringLiteral("accept"));
    session.perform(rejectField(*session.model(), fieldAt(session, "/medications/0/status")),
                    QStringLiteral("reject"));
    CHECK(session.model()->isDecided(fieldAt(session, "/medications/0/dose"))); // at once
    REQUIRE(waitUntil([&] { return failed.count() == 1; }));
    REQUIRE(waitUntil(
        [&] { return !session.model()->isDecided(fieldAt(session, "/medications/0/dose")); }));

    CHECK_FALSE(failed.front().front().toString().isEmpty());
    CHECK_FALSE(session.model()->isDecided(fieldAt(session, "/medications/0/status")));
    CHECK(session.model()->isDecided(fieldAt(session, "/medications/0/drug")));
    CHECK(storedReviews(app, run.runId).size() == 1);
    CHECK(session.undoGroup().activeStack()->index() == 1);

    app.inLibrary([](storage::Database& db) { return db.execute("DROP TRIGGER full"); });
    session.undoGroup().redo();
    session.undoGroup().redo();
    waitForSaves(session);
    CHECK(storedReviews(app, run.runId).size() == 3);
}

TEST_CASE("A document is finished only when its required fields are settled", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    ReviewSession session(app.store(), app.settings(), nullptr);
    openRun(session, run);
    const std::size_t drug = fieldAt(session, "/medications/0/drug");
    CHECK(session.model()->unresolvedRequired() == std::vector<std::size_t>{drug});

    session.perform(rejectField(*session.model(), drug), QStringLiteral("reject"));
    CHECK(session.model()->unresolvedRequired() == std::vector<std::size_t>{drug});
    session.perform(markNotStated(*session.model(), drug, "ILL"), QStringLiteral("n"));
    CHECK(session.model()->unresolvedRequired().empty());

    session.setFinished(true);
    waitForSaves(session);
    const auto finishedAt = [&] {
        return app
            .inLibrary([&](storage::Database& db) { return storage::runsById(db, {run.runId}); })
            .front()
            .finishedReviewAt;
    };
    CHECK(finishedAt() != 0);
    session.undoGroup().undo();
    waitForSaves(session);
    CHECK(finishedAt() == 0);
    CHECK_FALSE(session.isFinished());
}

TEST_CASE("Undo still works after another document was open in between", "[gui][review]") {
    TestApp app;
    const auto first = storeRun(app, "first.txt", letterValues());
    const auto second = storeRun(app, "second.txt", letterValues());
    ReviewSession session(app.store(), app.settings(), nullptr);
    openRun(session, first);
    session.perform(acceptField(*session.model(), 0), QStringLiteral("accept"));

    openRun(session, second);
    CHECK_FALSE(session.undoGroup().canUndo());
    session.perform(rejectField(*session.model(), 0), QStringLiteral("reject"));
    openRun(session, first);
    CHECK(session.model()->isDecided(0));
    session.undoGroup().undo();
    waitForSaves(session);

    CHECK(storedReviews(app, first.runId).empty());
    CHECK(storedReviews(app, second.runId).size() == 1);
}

TEST_CASE("The place where a person left is there after a restart", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    {
        ReviewSession session(app.store(), app.settings(), nullptr);
        openRun(session, run);
        session.setPosition("/medications/1/dose");
    }
    ReviewSession session(app.store(), app.settings(), nullptr);
    openRun(session, run);
    CHECK(session.data()->position == "/medications/1/dose");
}

TEST_CASE("Decisions made elsewhere show in an open review", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    ReviewSession session(app.store(), app.settings(), nullptr);
    openRun(session, run);
    Review review;
    review.pointer = "/medications/0/dose";
    review.group = "medications";
    review.instance = 0;
    review.field = "dose";
    review.verdict = Verdict::Rejected;
    app.inLibrary([&](storage::Database& db) {
        return storage::saveReviews(db, run.runId, {{review.pointer, review}}, "grid", 1);
    });

    emit app.store().reviewsChanged(run.runId);

    REQUIRE(waitUntil(
        [&] { return session.model()->isDecided(fieldAt(session, "/medications/0/dose")); }));
}

TEST_CASE("Places are whole words, and white space may differ", "[gui][review]") {
    const std::vector<storage::PageRecord> pages{{"15 mg, 5 mg\nand 5\n mg; 5 mgs", {}, 0, 0},
                                                 {"5 mg", {}, 0, 0}};
    const auto places = placesOf(pages, "5 mg");
    REQUIRE(places.size() == 3);
    CHECK(places[0] == SourceSpan{0, 7, 11});
    CHECK(places[1] == SourceSpan{0, 16, 21});
    CHECK(places[2] == SourceSpan{1, 0, 4});
    CHECK(placesOf(pages, "").empty());
    CHECK(placesOf(pages, "7 mg").empty());
    CHECK(snippetOf(pages, {5, 0, 1}).value.empty());
    CHECK(snippetOf(pages, places[0]).before == "15 mg, ");
}

} // namespace attest::gui
