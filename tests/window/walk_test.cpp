// The way of a new user with the keyboard: drop, wait, review, undo, export.
#include "window/window_test_support.h"

#include "gui/report/export_dialog.h"
#include "gui/widgets/page.h"
#include "storage/library_list.h"
#include "storage/review_store.h"
#include "support/catch.h"

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace attest::gui {

namespace {

std::vector<storage::Review> reviewsOf(WindowTest& test, std::int64_t runId) {
    return test.inLibrary([&](storage::Database& db) { return storage::reviewsOf(db, runId); });
}

// Waits for `count` reviews of the run; saving happens on another thread.
std::vector<storage::Review>
waitForReviews(WindowTest& test, std::int64_t runId, std::size_t count) {
    const bool isThere =
        waitUntil([&] { return reviewsOf(test, runId).size() == count; }, std::chrono::seconds(10));
    CAPTURE(reviewsOf(test, runId).size(), count);
    REQUIRE(isThere);
    return reviewsOf(test, runId);
}

std::string contentOf(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

template <typename Widget>
Widget* visibleChild(QWidget* parent, const QString& accessibleName) {
    for (Widget* child : parent->findChildren<Widget*>()) {
        if (child->accessibleName() == accessibleName && child->isVisible()) {
            return child;
        }
    }
    return nullptr;
}

} // namespace

TEST_CASE("Drop, read, review by keyboard, undo and export", "[window][walk]") {
    WindowTest test;
    test.settings().setReviewer(QStringLiteral("Dr. Test"));

    // Drop: two documents, and a file that is none.
    const std::filesystem::path other = test.folder() / "given" / "picture.pages";
    const auto letter = test.copyOfSample("medication_list.pdf");
    const auto note = test.copyOfSample("referral_note.txt");
    std::ofstream(other) << "x";
    test.drop({letter, note, other});
    test.waitForJobs(2);

    // The library lists both; Enter opens the first.
    QTreeView* table = nullptr;
    REQUIRE(waitUntil([&] {
        const auto tables = test.window().findChildren<QTreeView*>();
        const auto shown = std::find_if(tables.begin(), tables.end(), [](QTreeView* each) {
            return each->isVisible() && each->model()->rowCount() == 2;
        });
        table = shown != tables.end() ? *shown : nullptr;
        return table != nullptr;
    }));
    const storage::StoredRun run = test.runOf("medication_list.pdf");
    test.navigator().openReview({run.documentId, 0, {}, {run.documentId}});
    REQUIRE(waitUntil([&] { return test.window().currentPage() == PageId::Review; }));
    QTest::qWait(500);

    // Accept, undo, redo.
    test.press(Qt::Key_A);
    const auto accepted = waitForReviews(test, run.id, 1);
    CHECK(accepted[0].verdict == storage::Verdict::Accepted);
    CHECK(accepted[0].reviewer == "Dr. Test");
    test.press(Qt::Key_Z, Qt::ControlModifier);
    waitForReviews(test, run.id, 0);
    test.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    waitForReviews(test, run.id, 1);

    // Correct a dose.
    test.navigator().openReview(
        {run.documentId, 0, QStringLiteral("/medications/1/dose"), {run.documentId}});
    QTest::qWait(300);
    test.press(Qt::Key_E);
    QTest::qWait(100);
    CAPTURE(QApplication::focusWidget()->metaObject()->className());
    REQUIRE(qobject_cast<QLineEdit*>(QApplication::focusWidget()) != nullptr);
    test.press(Qt::Key_A, Qt::ControlModifier);
    test.type(QStringLiteral("750 mg"));
    test.press(Qt::Key_Return);
    const auto corrected = waitForReviews(test, run.id, 2);
    const auto edit = std::find_if(corrected.begin(), corrected.end(), [](const auto& review) {
        return review.verdict == storage::Verdict::Corrected;
    });
    REQUIRE(edit != corrected.end());
    CHECK(edit->text == "750 mg");

    // Reject the one after.
    QTest::qWait(100);
    test.press(Qt::Key_Down);
    test.press(Qt::Key_X);
    waitForReviews(test, run.id, 3);

    // Export what stands now and compare with what is stored.
    const std::filesystem::path target = test.folder() / "report.csv";
    test.navigator().openExport({QStringLiteral("medications"), {run.id}});
    auto* dialog = test.window().findChild<ExportDialog*>();
    REQUIRE(dialog != nullptr);
    auto* profiles = visibleChild<QListWidget>(dialog, QStringLiteral("Profile"));
    REQUIRE(profiles != nullptr);
    profiles->setCurrentRow(1); // Excel CSV
    auto* where = visibleChild<QLineEdit>(dialog, QStringLiteral("Where to write"));
    REQUIRE(where != nullptr);
    where->setText(QString::fromStdString(target.string()));
    QPushButton* write = nullptr;
    for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
        if (button->text() == QLatin1String("Export")) {
            write = button;
        }
    }
    REQUIRE(write != nullptr);
    REQUIRE(waitUntil([&] { return write->isEnabled(); }));
    QTest::mouseClick(write, Qt::LeftButton);
    REQUIRE(waitUntil([&] { return std::filesystem::exists(target); }));

    const std::string csv = contentOf(target);
    CHECK(csv.starts_with("\xEF\xBB\xBF"));
    CHECK(csv.find("750 mg") != std::string::npos);
    for (const storage::FinalValue& value :
         test.inLibrary([&](storage::Database& db) { return storage::finalValues(db, run.id); })) {
        if (value.text) {
            CAPTURE(value.pointer);
            CHECK(csv.find(*value.text) != std::string::npos);
        }
    }
    CHECK(csv.find("referral_note") == std::string::npos);
}

TEST_CASE("Samples fill the library, and the scan says what it needs", "[window][walk]") {
    WindowTest test;

    emit test.navigator().samplesRequested();
    test.waitForJobs(8);

    const storage::LibraryCounts counts =
        test.inLibrary([](storage::Database& db) { return storage::libraryCounts(db, 0.9); });
    CHECK(counts.all == 8);
    CHECK(counts.toReview == 7);
    CHECK(counts.failed == 1); // the scanned page
}

TEST_CASE("What goes to the trash comes back", "[window][walk]") {
    WindowTest test;
    test.extract(test.copyOfSample("referral_note.txt"), "medications");
    emit test.store().documentsChanged();
    QTreeView* table = nullptr;
    REQUIRE(waitUntil([&] {
        for (QTreeView* each : test.window().findChildren<QTreeView*>()) {
            if (each->isVisible() && each->model()->rowCount() == 1) {
                table = each;
            }
        }
        return table != nullptr;
    }));
    const auto inTrash = [&] {
        return test.inLibrary([](storage::Database& db) { return storage::libraryCounts(db, 0.9); })
            .trash;
    };

    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 0));
    test.press(Qt::Key_Delete);
    REQUIRE(waitUntil([&] { return inTrash() == 1; }));
    QPushButton* undo = nullptr;
    REQUIRE(waitUntil([&] {
        for (QPushButton* button : test.window().findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == QLatin1String("Undo")) {
                undo = button;
            }
        }
        return undo != nullptr;
    }));
    QTest::mouseClick(undo, Qt::LeftButton);

    CHECK(waitUntil([&] { return inTrash() == 0; }));
}

} // namespace attest::gui
