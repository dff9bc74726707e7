#include "gui/library/library_model.h"

#include "base/check.h"
#include "gui/gui_test_support.h"
#include "gui/library/command_palette.h"
#include "gui/library_test_support.h"
#include "storage/job_store.h"
#include "storage/review_store.h"
#include "storage/search.h"
#include "support/catch.h"

#include <QElapsedTimer>
#include <QLocale>
#include <QMimeData>
#include <QSignalSpy>

#include <cstdio>
#include <map>
#include <memory>

namespace attest::gui {

namespace {

using storage::DocumentState;
using storage::SmartList;

constexpr double kThreshold = 0.9;

std::vector<LibraryItem> itemsOf(TestApp& app, ItemSet set = ItemSet::Kept) {
    return app.inLibrary([set](storage::Database& db) { return loadItems(db, set, kThreshold); });
}

// What storage says is in the list, newest first.
std::vector<std::int64_t> expectedIds(TestApp& app, SmartList list, const std::string& collection) {
    std::vector<std::int64_t> ids;
    const auto rows = app.inLibrary([&](storage::Database& db) {
        return storage::listLibrary(db, {list, collection, kThreshold});
    });
    for (const storage::LibraryRow& row : rows) {
        ids.push_back(row.documentId);
    }
    return ids;
}

ItemFilter only(SmartList list, const QString& collection = {}) {
    ItemFilter filter;
    filter.list = list;
    filter.collection = collection;
    return filter;
}

QStringList names(const LibraryModel& model) {
    QStringList shown;
    for (int row = 0; row < model.rowCount(); ++row) {
        shown << model.item(row).name;
    }
    return shown;
}

QString cell(const LibraryModel& model, int row, LibraryModel::Column column) {
    return model.index(row, column).data().toString();
}

// One document of each state that can be made without the model.
struct Sample {
    TestApp app;
    std::vector<std::int64_t> ids; // letter1 … letter6

    Sample() {
        app.inLibrary([this](storage::Database& db) -> Result<void> {
            ids = addNotes(db, 6);
            addRun(db, ids[1], "medications", {0.5, 0.95, 0.712});
            addRun(db, ids[2], "laboratory", {0.99});
            ATTEST_TRY(storage::setRunFinished(
                db, addRun(db, ids[3], "medications", {0.8}), true, "me", 1'790'200'000));
            ATTEST_TRY(storage::moveToTrash(db, {ids[4]}, 1'790'200'000));
            storage::NewJob job;
            job.documentId = ids[5];
            job.kind = storage::kRunExtraction;
            job.asked = {std::string(64, 'a'), "medications", 1, "Title of medications", "{}"};
            job.parametersJson = "{}";
            ATTEST_TRY(storage::enqueue(db, {job}, 1'790'200'000));
            ATTEST_TRY_ASSIGN(const auto claimed, storage::claimNextJob(db, 1'790'200'001));
            ATTEST_CHECK(claimed);
            return storage::failJob(db, claimed->id, "The file is damaged.", 1'790'200'002);
        });
    }
};

} // namespace

TEST_CASE("Each list shows the documents that the library puts there", "[gui][library]") {
    Sample sample;
    LibraryModel model(kThreshold);

    for (const SmartList list : {SmartList::Inbox,
                                 SmartList::ToReview,
                                 SmartList::Reviewed,
                                 SmartList::Failed,
                                 SmartList::All,
                                 SmartList::Trash}) {
        for (const char* collection : {"", "Ward odd", "Ward even", "Nowhere"}) {
            CAPTURE(int(list), collection);
            const ItemSet set = list == SmartList::Trash ? ItemSet::Trashed : ItemSet::Kept;
            model.setItems(itemsOf(sample.app, set), only(list, QString::fromUtf8(collection)));
            CHECK(model.shownIds() == expectedIds(sample.app, list, collection));
        }
    }
}

TEST_CASE("Rows say their state, what is left to review and the lowest confidence",
          "[gui][library]") {
    QLocale::setDefault(QLocale::c());
    Sample sample;
    LibraryModel model(kThreshold);
    model.setItems(itemsOf(sample.app), only(SmartList::All));
    const auto row = [&](int letter) {
        return model.rowOf(sample.ids[std::size_t(letter - 1)]);
    };

    CHECK(cell(model, row(1), LibraryModel::Status) == QStringLiteral("○ New"));
    CHECK(cell(model, row(1), LibraryModel::ToReview) == QStringLiteral("–"));
    CHECK(cell(model, row(1), LibraryModel::Confidence) == QStringLiteral("–"));
    CHECK(cell(model, row(2), LibraryModel::Status) == QStringLiteral("● To review"));
    CHECK(cell(model, row(2), LibraryModel::ToReview) == QStringLiteral("2 of 3"));
    CHECK(cell(model, row(2), LibraryModel::Confidence) == QStringLiteral("0.50 field 1"));
    CHECK(model.confidenceTone(row(2)) == Tone::Warn);
    CHECK(cell(model, row(2), LibraryModel::Template) == QStringLiteral("Title of medications"));
    CHECK(cell(model, row(3), LibraryModel::ToReview) == QStringLiteral("0 of 1"));
    CHECK(model.confidenceTone(row(3)) == Tone::Ok);
    CHECK(cell(model, row(4), LibraryModel::Status) == QStringLiteral("✓ Reviewed"));
    CHECK(cell(model, row(6), LibraryModel::Status) == QStringLiteral("! The file is damaged."));
    CHECK(model.fieldsToReview() == 2);

    SECTION("a screen reader hears the state with the name") {
        const QString spoken = model.index(row(2), 0).data(Qt::AccessibleTextRole).toString();
        CHECK(spoken.contains(QStringLiteral("letter2.txt")));
        CHECK(spoken.contains(QStringLiteral("To review")));
        CHECK(spoken.contains(QStringLiteral("2 of 3")));
    }
    SECTION("a confidence just below the threshold never reads like it") {
        storage::LibraryRow almost;
        almost.runId = 1;
        almost.lowestField = "dose";
        almost.lowestConfidence = 0.8999;
        CHECK(confidenceText(almost) == QStringLiteral("0.89 dose"));
    }
    SECTION("the row of the running job shows its pages") {
        CurrentJob job;
        job.documentId = sample.ids[0];
        job.stage = QStringLiteral("Reading");
        job.done = 1;
        job.total = 4;
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

        model.setCurrentJob(job);

        CHECK(changed.count() == 1);
        CHECK(cell(model, row(1), LibraryModel::Status) == QStringLiteral("◐ Reading page 2 of 4"));
        model.setCurrentJob(std::nullopt);
        CHECK(cell(model, row(1), LibraryModel::Status) == QStringLiteral("○ New"));
    }
}

TEST_CASE("Sorting counts numbers in names and keeps rows without a run at one end",
          "[gui][library]") {
    TestApp app;
    const auto ids = app.inLibrary([](storage::Database& db) -> Result<std::vector<std::int64_t>> {
        auto added = addNotes(db, 12);
        addRun(db, added[0], "medications", {0.7, 0.8});
        addRun(db, added[4], "medications", {0.4});
        addRun(db, added[5], "medications", {0.95});
        return added;
    });
    LibraryModel model(kThreshold);
    model.setItems(itemsOf(app), only(SmartList::All));

    SECTION("newest first without a sort") {
        CHECK(names(model).front() == QStringLiteral("letter12.txt"));
    }
    SECTION("letter9 stands before letter10") {
        model.sort(LibraryModel::Document, Qt::AscendingOrder);
        CHECK(names(model).mid(7, 4) == QStringList({QStringLiteral("letter8.txt"),
                                                     QStringLiteral("letter9.txt"),
                                                     QStringLiteral("letter10.txt"),
                                                     QStringLiteral("letter11.txt")}));
    }
    SECTION("most to review first") {
        model.sort(LibraryModel::ToReview, Qt::DescendingOrder);
        CHECK(names(model).mid(0, 3) == QStringList({QStringLiteral("letter1.txt"),
                                                     QStringLiteral("letter5.txt"),
                                                     QStringLiteral("letter6.txt")}));
    }
    SECTION("least certain first") {
        model.sort(LibraryModel::Confidence, Qt::AscendingOrder);
        CHECK(names(model).mid(0, 3) == QStringList({QStringLiteral("letter5.txt"),
                                                     QStringLiteral("letter1.txt"),
                                                     QStringLiteral("letter6.txt")}));
    }
    SECTION("no sort again is newest first") {
        model.sort(LibraryModel::Document, Qt::AscendingOrder);
        model.sort(-1, Qt::AscendingOrder);
        CHECK(names(model).front() == QStringLiteral("letter12.txt"));
    }
}

TEST_CASE("Filters narrow the list and a search looks through all of it", "[gui][library]") {
    Sample sample;
    LibraryModel model(kThreshold);
    ItemFilter filter = only(SmartList::All);
    filter.templateIds = {"medications"};
    model.setItems(itemsOf(sample.app), filter);
    CHECK(model.shownIds().size() == 3); // to review, reviewed, failed

    filter.states = {DocumentState::Reviewed};
    model.setFilter(filter);
    CHECK(model.shownIds() == std::vector<std::int64_t>{sample.ids[3]});

    // The Inbox is open, but what was found is elsewhere.
    model.setFilter(only(SmartList::Inbox));
    Findings found;
    found[sample.ids[3]] = {0, 2, parseSnippet("takes \x02metoprolol\x03 daily")};
    found[sample.ids[0]] = {1, -1, parseSnippet("letter1")};
    model.setFindings(found);
    CHECK(model.shownIds() == std::vector<std::int64_t>{sample.ids[3], sample.ids[0]});
    CHECK(model.found(0)->pageIndex == 2);

    model.sort(LibraryModel::Document, Qt::AscendingOrder);
    CHECK(model.shownIds() == std::vector<std::int64_t>{sample.ids[0], sample.ids[3]});
    model.setFindings(std::nullopt);
    CHECK(model.shownIds() == std::vector<std::int64_t>{sample.ids[0]});
}

TEST_CASE("Snippets lose their marks and line breaks but keep where the matches stand",
          "[gui][library]") {
    const MarkedText marked = parseSnippet("takes\n  \x02metoprolol\x03 and \x02meto\x03x");

    CHECK(marked.text == QStringLiteral("takes metoprolol and metox"));
    REQUIRE(marked.matches.size() == 2);
    CHECK(marked.text.mid(marked.matches[0].begin, marked.matches[0].length) ==
          QStringLiteral("metoprolol"));
    CHECK(marked.text.mid(marked.matches[1].begin, marked.matches[1].length) ==
          QStringLiteral("meto"));
    CHECK(parseSnippet("\x03\x02").matches.empty()); // hostile: unbalanced marks
    CHECK(parseSnippet("").text.isEmpty());
}

TEST_CASE("A refresh with the same rows changes them in place, another one resets",
          "[gui][library]") {
    Sample sample;
    LibraryModel model(kThreshold);
    model.setItems(itemsOf(sample.app), only(SmartList::All));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);

    sample.app.inLibrary([&](storage::Database& db) {
        return storage::renameDocument(db, sample.ids[0], "first letter");
    });
    model.setItems(itemsOf(sample.app), only(SmartList::All));

    CHECK(resets.count() == 0);
    CHECK(changes.count() == 1);
    CHECK(names(model).contains(QStringLiteral("first letter")));

    sample.app.inLibrary([&](storage::Database& db) {
        return storage::moveToTrash(db, {sample.ids[0]}, 1'790'300'000);
    });
    model.setItems(itemsOf(sample.app), only(SmartList::All));
    CHECK(resets.count() == 1);
    CHECK_FALSE(names(model).contains(QStringLiteral("first letter")));
}

TEST_CASE("Dragged rows carry their documents and foreign data carries none", "[gui][library]") {
    Sample sample;
    LibraryModel model(kThreshold);
    model.setItems(itemsOf(sample.app), only(SmartList::All));

    const std::unique_ptr<QMimeData> data(
        model.mimeData({model.index(0, 0), model.index(0, 1), model.index(2, 0)}));
    CHECK(documentIdsOf(*data) ==
          std::vector<std::int64_t>{model.item(0).row.documentId, model.item(2).row.documentId});

    QMimeData foreign;
    foreign.setText(QStringLiteral("text"));
    CHECK(documentIdsOf(foreign).empty());
    foreign.setData(QLatin1String(LibraryModel::kMimeType), QByteArray("abc")); // cut short
    CHECK(documentIdsOf(foreign).empty());
}

TEST_CASE("Commands are found by the begins of their words first", "[gui][library]") {
    const QString add = QStringLiteral("Add folder…");

    CHECK(commandRank(add, QString()) == 0);
    CHECK(commandRank(add, QStringLiteral("fo ad")) == 0);
    CHECK(commandRank(add, QStringLiteral("older")) > 0);
    CHECK(commandRank(add, QStringLiteral("export")) < 0);
}

// Numbers for people: attest's tests never fail on time.
TEST_CASE("Ten thousand documents in numbers", "[.][gui][library][bench]") {
    const int count = GENERATE(5'000, 10'000);
    TestApp app;
    app.inLibrary([count](storage::Database& db) -> Result<void> {
        const auto ids = addNotes(db, count);
        for (std::size_t i = 0; i < ids.size(); i += 20) {
            addRun(db, ids[i], "medications", {0.5, 0.95});
        }
        return {};
    });
    QElapsedTimer timer;
    const auto say = [&](const char* what) {
        std::printf(
            "%6d documents: %-28s %6.1f ms\n", count, what, double(timer.nsecsElapsed()) / 1e6);
    };
    LibraryModel model(kThreshold);

    timer.start();
    auto items = itemsOf(app);
    say("read (its own thread)");
    auto again = items;
    timer.start();
    model.setItems(std::move(items), only(SmartList::All));
    say("first rows");
    timer.start();
    model.setItems(std::move(again), only(SmartList::All));
    say("refresh, same rows");
    timer.start();
    model.sort(LibraryModel::Document, Qt::AscendingOrder);
    say("sort by name");
    timer.start();
    model.sort(LibraryModel::Confidence, Qt::AscendingOrder);
    say("sort by confidence");
    timer.start();
    model.setFilter(only(SmartList::ToReview));
    say("switch list");
    timer.start();
    const auto hits = app.inLibrary(
        [](storage::Database& db) { return storage::searchLibrary(db, "metoprolol lett", 500); });
    say("search (its own thread)");
    CHECK(model.rowCount() == count / 20);
    CHECK_FALSE(hits.empty());
}

} // namespace attest::gui
