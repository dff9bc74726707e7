#include "gui/review/review_page.h"

#include "base/sha256.h"
#include "gui/review/field_list.h"
#include "gui/review/field_pane.h"
#include "gui/review/key_sheet.h"
#include "gui/review/page_pane.h"
#include "gui/review/places.h"
#include "gui/review/review_actions.h"
#include "gui/review/summary_panel.h"
#include "gui/review_test_support.h"
#include "support/catch.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

#include <algorithm>

namespace attest::gui {

using storage::Review;
using storage::Verdict;

namespace {

// The page in a window of its own, as the main window would show it.
class Shown {
public:
    explicit Shown(TestApp& app) : app_(app), page_(app.context(), nullptr) {
        QObject::connect(&app.navigator(), &Navigator::pageRequested, &page_, [this](PageId id) {
            if (id == PageId::Review) {
                page_.activate();
            }
        });
        page_.resize(1280, 720);
        page_.show();
        page_.activateWindow();
        REQUIRE(waitUntil([this] { return page_.isActiveWindow(); }));
    }

    void open(const storage::SavedRun& run, std::vector<std::int64_t> documents = {}) {
        ReviewTarget target;
        target.documentId = run.documentId;
        target.runId = run.runId;
        target.documents = std::move(documents);
        app_.navigator().openReview(target);
        waitForOpening();
    }

    void waitForOpening() {
        REQUIRE(waitUntil([this] { return !session().isOpening(); }));
    }

    ReviewPage& page() { return page_; }

    ReviewSession& session() { return page_.session(); }

    FieldList& fields() { return page_.fields(); }

    std::string at() { return page_.fields().currentPointer(); }

    // To whatever has the focus, as a keyboard would.
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWidget* focus = QApplication::activePopupWidget();
        if (focus == nullptr) {
            page_.activateWindow(); // a popup that closed may have taken the focus along
            REQUIRE(waitUntil([] { return QApplication::focusWidget() != nullptr; }));
            focus = QApplication::focusWidget();
        }
        QTest::keyClick(focus, static_cast<Qt::Key>(key), modifiers);
    }

    void type(const char* text) {
        QTest::keyClicks(QApplication::focusWidget(), QLatin1String(text));
    }

    std::optional<Review> reviewOf(const std::string& pointer) {
        return session().model()->reviewAt(pointer);
    }

private:
    TestApp& app_;
    ReviewPage page_;
};

} // namespace

namespace {

// A button with this begin of a text is or comes into view.
bool offers(QWidget& parent, const QString& text) {
    return waitUntil(
        [&] {
            const auto buttons = parent.findChildren<QPushButton*>();
            return std::any_of(buttons.begin(), buttons.end(), [&](const QPushButton* button) {
                return button->isVisible() && button->text().startsWith(text);
            });
        },
        std::chrono::seconds(5));
}

} // namespace

TEST_CASE("A document is reviewed from begin to end with the keyboard alone", "[gui][review]") {
    TestApp app;
    const auto first = storeRun(app, "first.txt", letterValues());
    const auto second = storeRun(app, "second.txt", letterValues());
    Shown shown(app);
    shown.open(first, {first.documentId, second.documentId});
    CHECK(shown.at() == "/medications/0/drug"); // the first to review
    CHECK(shown.fields().hasFocus());

    shown.press(Qt::Key_Return); // accept and on
    CHECK(shown.reviewOf("/medications/0/drug")->verdict == Verdict::Accepted);
    CHECK(shown.at() == "/medications/0/dose");

    shown.press(Qt::Key_E);
    REQUIRE(shown.fields().isEditing());
    shown.type("75 mg");
    shown.press(Qt::Key_Return);
    CHECK_FALSE(shown.fields().isEditing());
    CHECK(shown.reviewOf("/medications/0/dose")->text == "75 mg");
    CHECK(shown.reviewOf("/medications/0/dose")->normalised == "75");
    CHECK(shown.at() == "/medications/0/dose");

    shown.press(Qt::Key_F2); // Esc leaves it as it was
    shown.type("nonsense");
    shown.press(Qt::Key_Escape);
    CHECK(shown.reviewOf("/medications/0/dose")->text == "75 mg");

    shown.press(Qt::Key_Return); // decided already: only on
    CHECK(shown.at() == "/medications/0/status");
    shown.press(Qt::Key_X);
    CHECK(shown.reviewOf("/medications/0/status")->verdict == Verdict::Rejected);
    shown.press(Qt::Key_Up);
    CHECK(shown.at() == "/medications/0/indication");
    shown.press(Qt::Key_Tab);
    CHECK(shown.at() == "/medications/0/status");
    shown.press(Qt::Key_Tab, Qt::ShiftModifier);
    CHECK(shown.at() == "/medications/0/indication");

    shown.press(Qt::Key_N);
    REQUIRE(waitUntil([] { return QApplication::activePopupWidget() != nullptr; }));
    shown.press(Qt::Key_3);
    CHECK(shown.reviewOf("/medications/0/indication")->verdict == Verdict::NotStated);
    CHECK(shown.reviewOf("/medications/0/indication")->reason == "NEG");

    shown.press(Qt::Key_Z, Qt::ControlModifier);
    CHECK_FALSE(shown.reviewOf("/medications/0/indication"));
    shown.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(shown.reviewOf("/medications/0/indication")->reason == "NEG");

    shown.press(Qt::Key_Return);
    CHECK(shown.at() == "/medications/1/route");
    shown.press(Qt::Key_A);
    CHECK(shown.reviewOf("/medications/1/route")->verdict == Verdict::Accepted);
    CHECK(shown.session().model()->toReviewCount() == 0);

    shown.press(Qt::Key_Return, Qt::ControlModifier);
    waitForSaves(shown.session());
    REQUIRE(waitUntil([&] {
        return shown.session().data() != nullptr &&
               shown.session().data()->document.documentId == second.documentId &&
               !shown.session().isOpening();
    }));
    CHECK(storedReviews(app, first.runId).size() == 5);
    const auto runs =
        app.inLibrary([&](storage::Database& db) { return storage::runsById(db, {first.runId}); });
    CHECK(runs.front().finishedReviewAt != 0);

    shown.press(Qt::Key_K);
    shown.waitForOpening();
    CHECK(shown.session().data()->document.documentId == first.documentId);
    CHECK(shown.session().isFinished());
    shown.press(Qt::Key_J);
    shown.waitForOpening();
    CHECK(shown.session().data()->document.documentId == second.documentId);
}

TEST_CASE("Enter sets nothing off while a document is being opened", "[gui][review]") {
    TestApp app;
    const auto first = storeRun(app, "first.txt", letterValues());
    const auto second = storeRun(app, "second.txt", letterValues());
    Shown shown(app);
    shown.open(first, {first.documentId, second.documentId});
    shown.press(Qt::Key_A); // nothing required is left: the first could be finished
    waitForSaves(shown.session());
    shown.press(Qt::Key_J);
    REQUIRE(shown.session().isOpening());

    CHECK(QApplication::focusWidget() == &shown.page());
    shown.press(Qt::Key_Return);
    shown.press(Qt::Key_Return, Qt::ControlModifier);
    shown.waitForOpening();

    CHECK(shown.fields().hasFocus());
    CHECK_FALSE(shown.session().isFinished());
    waitForSaves(shown.session());
    CHECK(storedReviews(app, first.runId).size() == 1);
    CHECK(storedReviews(app, second.runId).empty());
    const auto runs =
        app.inLibrary([&](storage::Database& db) { return storage::runsById(db, {first.runId}); });
    CHECK(runs.front().finishedReviewAt == 0);
}

TEST_CASE("Finishing is refused with a list while a required field is open", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    Shown shown(app);
    shown.open(run);
    shown.fields().setCurrent("/medications/1/dose");

    shown.press(Qt::Key_Return, Qt::ControlModifier);

    CHECK_FALSE(shown.session().isFinished());
    CHECK(shown.at() == "/medications/0/drug");
    CHECK(offers(shown.page().fieldPane(), QStringLiteral("Drug · Metoprolol")));
    shown.press(Qt::Key_A);
    shown.press(Qt::Key_Return, Qt::ControlModifier);
    CHECK(shown.session().isFinished());
}

TEST_CASE("Letters typed into an editor are text, not commands", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    Shown shown(app);
    shown.open(run);

    shown.press(Qt::Key_E);
    shown.type("axnsjkfgu,.?");
    auto* editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    REQUIRE(editor != nullptr);
    CHECK(editor->text() == QLatin1String("axnsjkfgu,.?"));
    CHECK(shown.session().model()->reviews().empty());
    CHECK(shown.session().data()->document.documentId == run.documentId);
    shown.press(Qt::Key_Escape);

    shown.press(Qt::Key_F, Qt::ControlModifier); // find in the document
    auto* find = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    REQUIRE(find != nullptr);
    shown.type("ax");
    CHECK(find->text() == QLatin1String("ax"));
    CHECK(shown.session().model()->reviews().empty());
    shown.press(Qt::Key_Escape);
    CHECK(shown.fields().hasFocus());

    shown.press(Qt::Key_G); // the page number takes digits only
    CHECK(QApplication::focusWidget() != &shown.fields());
    shown.press(Qt::Key_A);
    CHECK(shown.session().model()->reviews().empty());
}

TEST_CASE("Text selected on the page becomes the value of the field in focus", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    Shown shown(app);
    shown.open(run);
    shown.fields().setCurrent("/medications/1/dose");
    PageView& view = shown.page().pagePane().view();
    REQUIRE(view.find(QStringLiteral("100 mg")) == 1);
    // A double click on a word selects it: on the "100" that was found.
    const auto places = placesOf(shown.session().data()->pages, "100");
    REQUIRE(places.size() == 1);
    view.ensureVisible({0, places.front(), {}});
    QPoint hit;
    for (int y = 0; y < view.viewport()->height() && hit.isNull(); y += 6) {
        for (int x = 0; x < view.viewport()->width() && hit.isNull(); x += 12) {
            QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, QPoint(x, y));
            if (view.selection().span == places.front()) {
                hit = QPoint(x, y);
            }
        }
    }
    REQUIRE_FALSE(hit.isNull());

    view.setFocus();
    shown.press(Qt::Key_Return, Qt::ControlModifier);

    waitForSaves(shown.session());
    const auto review = shown.reviewOf("/medications/1/dose");
    REQUIRE(review);
    CHECK(review->text == "100");
    CHECK(review->span == places.front());
    CHECK(shown.fields().hasFocus());
    CHECK_FALSE(shown.session().isFinished()); // Ctrl+Enter was for the selection
    CHECK(storedReviews(app, run.runId).size() == 1);
}

TEST_CASE("The stepper shows every place of a value, and one of them can be used",
          "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    Shown shown(app);
    shown.open(run);
    shown.fields().setCurrent("/medications/0/dose"); // "50 mg" stands twice
    const auto places = placesOf(shown.session().data()->pages, "50 mg");
    REQUIRE(places.size() == 2);

    shown.press(Qt::Key_U); // it stands there already
    CHECK_FALSE(shown.reviewOf("/medications/0/dose"));
    shown.press(Qt::Key_Period);
    shown.press(Qt::Key_U);
    CHECK(shown.reviewOf("/medications/0/dose")->span == places[1]);
    shown.press(Qt::Key_Comma);
    shown.press(Qt::Key_U);
    CHECK(shown.reviewOf("/medications/0/dose")->span == places[0]);
}

TEST_CASE("Rows are added, deleted and restored from the keyboard", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    Shown shown(app);
    shown.open(run);

    shown.press(Qt::Key_Insert);
    REQUIRE(shown.fields().isEditing());
    shown.type("Aspirin");
    shown.press(Qt::Key_Return);
    CHECK(shown.reviewOf("/medications/2/drug")->text == "Aspirin");
    shown.press(Qt::Key_Down);
    CHECK(shown.at() == "/medications/2/dose");
    shown.press(Qt::Key_Delete);
    CHECK_FALSE(shown.reviewOf("/medications/2/drug"));
    shown.press(Qt::Key_Z, Qt::ControlModifier);
    CHECK(shown.reviewOf("/medications/2/drug")->text == "Aspirin");

    shown.fields().setCurrent("/medications/1"); // the header
    shown.press(Qt::Key_X);
    CHECK(shown.reviewOf("/medications/1")->verdict == Verdict::RowDeleted);
    shown.press(Qt::Key_Delete);
    CHECK_FALSE(shown.reviewOf("/medications/1"));
    shown.press(Qt::Key_A); // accepts the whole record
    CHECK(shown.reviewOf("/medications/1/status")->verdict == Verdict::Accepted);
    CHECK(shown.session().model()->toReviewCount(shown.session().model()->records()[1]) == 0);
}

TEST_CASE("Accept all shown takes what is shown and is one step back", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    Shown shown(app);
    shown.open(run);
    auto& rows = shown.fields().rows();
    if (rows.isExpanded(1)) {
        rows.setExpanded(1, false);
    }

    shown.press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);

    for (const auto& [pointer, review] : shown.session().model()->reviews()) {
        CHECK(pointer.rfind("/medications/0/", 0) == 0); // the closed record is not shown
        CHECK(review.verdict == Verdict::Accepted);
    }
    CHECK(shown.session().model()->reviews().size() == 4); // 0.93, 0.96, 0.99, 0.97
    shown.press(Qt::Key_Z, Qt::ControlModifier);
    CHECK(shown.session().model()->reviews().empty());
}

TEST_CASE("The footer says what the confidence is, and a measured one decides", "[gui][review]") {
    TestApp app;
    std::vector<TestValue> values = letterValues();
    const auto raw = storeRun(app, "raw.txt", values);
    for (TestValue& value : values) {
        value.calibrated = value.confidence - 0.1; // 0.89 at most
    }
    const auto measured = storeRun(app, "measured.txt", values);
    Shown shown(app);
    const auto isSaid = [&](const char* words) {
        const auto labels = shown.page().findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text() == QLatin1String(words);
        });
    };

    shown.open(raw);
    CHECK(isSaid("Confidence is raw, not calibrated"));
    CHECK(shown.session().model()->toReviewCount() == 4);

    shown.open(measured);
    CHECK(isSaid("Confidence is calibrated"));
    CHECK(shown.session().model()->toReviewCount() == 14);
    CHECK(shown.fields().rows().rowCount() > 2);
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&shown.fields());
    REQUIRE(list != nullptr);
    QStringList names;
    for (int i = 0; i < list->childCount(); ++i) {
        names << list->child(i)->text(QAccessible::Name);
    }
    INFO(names.join(QLatin1Char('\n')).toStdString());
    CHECK(names.join(QLatin1Char('\n')).contains(QLatin1String("To review, confidence 0.61")));
}

TEST_CASE("Filters show what they say, and rows stay while they are decided", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    Shown shown(app);
    shown.open(run);

    shown.fields().setOrder(FieldOrder::OnlyToReview);
    CHECK(shown.fields().rows().shownFields().size() == 4);
    shown.fields().setCurrent("/medications/0/dose");
    shown.press(Qt::Key_A);
    CHECK(shown.fields().rows().shownFields().size() == 4);
    CHECK(shown.at() == "/medications/0/dose");
    shown.fields().setOrder(FieldOrder::OnlyToReview);
    CHECK(shown.fields().rows().shownFields().size() == 3);
    shown.fields().setOrder(FieldOrder::Template);
    CHECK(shown.fields().rows().shownFields().size() == 14);
}

TEST_CASE("A screen reader hears name, value, place and state of every row", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    Shown shown(app);
    shown.open(run);
    shown.fields().setOrder(FieldOrder::Template);

    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&shown.fields());
    REQUIRE(list != nullptr);
    CHECK(list->role() == QAccessible::List);
    CHECK(list->text(QAccessible::Name) == QLatin1String("Fields"));
    REQUIRE(list->childCount() == shown.fields().rows().rowCount());
    QStringList names;
    for (int i = 0; i < list->childCount(); ++i) {
        QAccessibleInterface* row = list->child(i);
        REQUIRE(row != nullptr);
        CHECK(row->role() == QAccessible::ListItem);
        names << row->text(QAccessible::Name);
    }
    CHECK(names.value(0).startsWith(QLatin1String("Metoprolol, 2 places, 3 to review")));
    CHECK(names.value(2).startsWith(
        QStringLiteral("Dose: 50 mg. read · page 1. To review, raw confidence 0.71")));
    CHECK(names.value(3) == QStringLiteral("Quantity, computed: 50 · mg"));

    for (QWidget* widget : shown.page().findChildren<QWidget*>()) {
        const bool isControl = qobject_cast<QAbstractButton*>(widget) != nullptr ||
                               qobject_cast<QLineEdit*>(widget) != nullptr;
        if (isControl && widget->isVisible() && widget->focusPolicy() != Qt::NoFocus) {
            QAccessibleInterface* control = QAccessible::queryAccessibleInterface(widget);
            CAPTURE(widget->metaObject()->className(), widget->toolTip().toStdString());
            CHECK_FALSE(control->text(QAccessible::Name).isEmpty());
            CHECK_FALSE(widget->toolTip().isEmpty());
        }
    }
}

TEST_CASE("The sheet lists every key and lets no command through", "[gui][review]") {
    TestApp app;
    const auto run = storeRun(app, "letter.txt", letterValues());
    Shown shown(app);
    shown.open(run);
    auto* sheet = shown.page().findChild<KeySheet*>();
    REQUIRE(sheet != nullptr);

    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Question, Qt::ShiftModifier);
    CHECK(sheet->isVisible());
    shown.press(Qt::Key_X); // closes the sheet and rejects nothing
    CHECK_FALSE(sheet->isVisible());
    CHECK(shown.session().model()->reviews().empty());
    CHECK(shown.fields().hasFocus());
    std::size_t lines = 0;
    for (const KeySection& section : shown.page().actions().sections()) {
        for (const KeyLine& line : section.lines) {
            CHECK_FALSE(line.keys.isEmpty());
            CHECK_FALSE(line.text.isEmpty());
            ++lines;
        }
    }
    CHECK(lines >= 25);
}

TEST_CASE("A real run opens with every value painted where it stands", "[gui][review]") {
    TestApp app;
    const auto run = app.extract(samplePath("discharge_letter.pdf"), "discharge_summary");
    const auto summary = app.summarize(samplePath("discharge_letter.pdf"));
    REQUIRE(summary.documentId == run.documentId);
    Shown shown(app);
    shown.open(run);
    const ReviewModel& model = *shown.session().model();
    CHECK(model.fields().size() > 10);

    for (std::size_t i = 0; i < model.fields().size(); ++i) {
        const storage::FinalValue value = model.finalValue(i);
        if (model.askedOf(model.fields()[i]).kind == extract::FieldKind::Verbatim && value.span) {
            const Snippet snippet = snippetOf(shown.session().data()->pages, *value.span);
            CHECK(snippet.value == *value.text);
        }
    }
    // Clicking a painted place selects its field.
    emit shown.page().pagePane().view().markClicked(3);
    CHECK(shown.at() == model.fields()[3].pointer);

    const SummaryPanel& panel = shown.page().fieldPane().summary();
    REQUIRE_FALSE(panel.sentences().empty());
    CHECK(panel.citedText().contains(QLatin1String("[p. 1]")));
    CHECK(panel.citedText().contains(QLatin1String("discharge_letter.pdf")));
}

TEST_CASE("A document without a run says what to do next", "[gui][review]") {
    TestApp app;
    storage::NewSource source;
    source.content = "Aspirin 100 mg daily";
    source.sha256 = sha256Hex(source.content);
    source.fileName = "new.txt";
    source.kind = "text";
    source.byteSize = 20;
    const auto added = app.inLibrary([&](storage::Database& db) {
        return storage::registerSources(db, {source}, 1'790'000'000);
    });
    Shown shown(app);
    ReviewTarget target;
    target.documentId = added.front().documentId;

    app.navigator().openReview(target);
    shown.waitForOpening();

    CHECK(shown.session().model() == nullptr);
    CHECK(offers(shown.page().fieldPane(), QStringLiteral("Extract with")));

    target.documentId = 4711; // no such document
    app.navigator().openReview(target);
    shown.waitForOpening();
    CHECK(offers(shown.page().fieldPane(), QStringLiteral("Try again")));
}

} // namespace attest::gui
