#include "gui/library/library_page.h"

#include "gui/gui_test_support.h"
#include "gui/library/command_palette.h"
#include "gui/library/document_actions.h"
#include "gui/library/document_commands.h"
#include "gui/library/library_model.h"
#include "gui/library/library_state.h"
#include "gui/library/library_table.h"
#include "gui/library/search_box.h"
#include "gui/library/side_bar.h"
#include "gui/library/side_bar_delegate.h"
#include "gui/library/top_bar.h"
#include "gui/library/welcome_view.h"
#include "gui/library/window_actions.h"
#include "gui/library_test_support.h"
#include "gui/widgets/empty_state.h"
#include "storage/job_store.h"
#include "storage/review_store.h"
#include "support/catch.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <algorithm>
#include <latch>
#include <memory>
#include <optional>
#include <set>

namespace attest::gui {

namespace {

using storage::SmartList;
using Ids = std::vector<std::int64_t>;

// The library's parts together, as the window has them, on a library with `count` notes.
struct Desk {
    TestApp app;
    Ids ids;
    std::optional<Toast> toast;
    QWidget window;
    std::unique_ptr<LibraryState> state;
    DocumentCommands* commands = nullptr;
    WindowActions* actions = nullptr;
    TopBar* topBar = nullptr;
    SideBar* sideBar = nullptr;
    LibraryPage* page = nullptr;

    explicit Desk(int count, bool hasRuns = false) {
        ids = app.inLibrary([&](storage::Database& db) -> Result<Ids> {
            Ids added = addNotes(db, count);
            for (std::size_t i = 0; hasRuns && i < added.size(); ++i) {
                addRun(db, added[i], "medications", {0.5 + 0.001 * double(i), 0.95});
            }
            return added;
        });
        state = std::make_unique<LibraryState>(app.context());
        commands = new DocumentCommands(app.context(), *state, &window);
        actions = new WindowActions(app.context(), *state, *commands, &window);
        topBar = new TopBar(app.context(), *state, *actions, &window);
        sideBar = new SideBar(app.context(), *state, *commands, &window);
        page = new LibraryPage(app.context(), *state, *commands, &window);
        auto* rows = new QVBoxLayout(&window);
        auto* columns = new QHBoxLayout;
        rows->addWidget(topBar);
        rows->addLayout(columns, 1);
        columns->addWidget(sideBar);
        columns->addWidget(page, 1);
        QObject::connect(&app.navigator(), &Navigator::pageRequested, page, [this](PageId id) {
            if (id == PageId::Library) {
                page->activate();
            }
        });
        QObject::connect(&app.navigator(),
                         &Navigator::toastRequested,
                         page,
                         [this](const Toast& t) { toast = t; });
        window.resize(1200, 700);
        window.show();
        app.navigator().openLibrary(SmartList::All);
        REQUIRE(waitUntil([this] {
            return page->isLoaded() && state->isCounted() && state->chosenTemplate() != nullptr;
        }));
        page->table().setFocus();
    }

    ~Desk() { page->disconnect(); }

    LibraryModel& model() { return page->model(); }

    LibraryTable& table() { return page->table(); }

    void show(SmartList list, const QString& collection = {}) {
        QSignalSpy loaded(page, &LibraryPage::loaded);
        app.navigator().openLibrary(list, collection);
        REQUIRE(waitUntil([&] { return loaded.count() > 0; }));
    }

    std::set<std::int64_t> stored(SmartList list) {
        std::set<std::int64_t> found;
        for (const auto& row : app.inLibrary([&](storage::Database& db) {
                 return storage::listLibrary(db, {list, "", 0.9});
             })) {
            found.insert(row.documentId);
        }
        return found;
    }

    void search(const QString& text) {
        state->setSearchText(text);
        REQUIRE(waitUntil([this] { return model().isSearching(); }));
    }
};

QString sideBarText(const SideBar& bar, SmartList list) {
    for (int i = 0; i < bar.count(); ++i) {
        const QListWidgetItem* item = bar.item(i);
        if (sideBarKind(*item) == SideBarKind::List &&
            item->data(kSideBarList).toInt() == int(list)) {
            return item->data(Qt::AccessibleTextRole).toString();
        }
    }
    return {};
}

template <typename T>
T* shownChild(QWidget& parent) {
    for (T* child : parent.findChildren<T*>()) {
        if (child->isVisible()) {
            return child;
        }
    }
    return nullptr;
}

} // namespace

TEST_CASE("Enter opens the review with the list as its queue", "[gui][library]") {
    Desk desk(8, true);
    QSignalSpy pages(&desk.app.navigator(), &Navigator::pageRequested);
    desk.table().sortByColumn(LibraryModel::Document, Qt::AscendingOrder);
    desk.table().selectOnly(desk.ids[2]);

    QTest::keyClick(&desk.table(), Qt::Key_Return);

    REQUIRE(pages.count() == 1);
    CHECK(pages[0][0].value<PageId>() == PageId::Review);
    CHECK(desk.app.navigator().reviewTarget().documentId == desk.ids[2]);
    CHECK(desk.app.navigator().reviewTarget().runId != 0);
    CHECK(desk.app.navigator().reviewTarget().documents == desk.ids); // by name: as added

    SECTION("several selected documents are the queue") {
        QTest::keyClick(&desk.table(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&desk.table(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&desk.table(), Qt::Key_Return);

        CHECK(desk.app.navigator().reviewTarget().documents ==
              Ids{desk.ids[2], desk.ids[3], desk.ids[4]});
        CHECK(desk.app.navigator().reviewTarget().documentId == desk.ids[4]);
    }
    SECTION("a double click does the same") {
        const QRect cell =
            desk.table().visualRect(desk.model().index(desk.model().rowOf(desk.ids[5]), 1));
        QTest::mouseClick(desk.table().viewport(), Qt::LeftButton, {}, cell.center());
        QTest::mouseDClick(desk.table().viewport(), Qt::LeftButton, {}, cell.center());

        CHECK(desk.app.navigator().reviewTarget().documentId == desk.ids[5]);
    }
}

TEST_CASE("Delete moves to the trash and Undo brings back", "[gui][library]") {
    Desk desk(6);
    desk.table().selectOnly(desk.ids[3]);
    QTest::keyClick(&desk.table(), Qt::Key_Down, Qt::ShiftModifier);
    const std::set<std::int64_t> chosen{desk.ids[3], desk.ids[2]};

    QTest::keyClick(&desk.table(), Qt::Key_Delete);
    REQUIRE(waitUntil([&] { return desk.model().rowCount() == 4 && desk.toast; }));
    CHECK(desk.stored(SmartList::Trash) == chosen);
    CHECK(desk.table().currentRow() >= 0); // the keyboard goes on where it was

    REQUIRE(desk.toast->action);
    desk.toast->action();
    REQUIRE(waitUntil([&] { return desk.model().rowCount() == 6; }));
    CHECK(desk.stored(SmartList::Trash).empty());
}

TEST_CASE("The trash restores, and deletes for good only after the question", "[gui][library]") {
    Desk desk(4);
    desk.app.inLibrary([&](storage::Database& db) {
        return storage::moveToTrash(db, {desk.ids[0], desk.ids[1]}, 1'790'300'000);
    });
    desk.show(SmartList::Trash);
    REQUIRE(desk.model().rowCount() == 2);
    CHECK_FALSE(desk.page->actions().review->isEnabled());
    desk.table().selectOnly(desk.ids[0]);

    desk.page->actions().restore->trigger();
    REQUIRE(waitUntil([&] { return desk.model().rowCount() == 1; }));
    CHECK(desk.stored(SmartList::All).contains(desk.ids[0]));

    desk.table().selectOnly(desk.ids[1]);
    QTest::keyClick(&desk.table(), Qt::Key_Delete);
    auto* question = desk.window.findChild<QMessageBox*>();
    REQUIRE(question != nullptr);
    CHECK(question->text().contains(QStringLiteral("1 document")));
    CHECK(desk.stored(SmartList::Trash).contains(desk.ids[1])); // nothing happened yet

    SECTION("keeping keeps") {
        question->close();
        QTest::qWait(50);
        CHECK(desk.stored(SmartList::Trash).contains(desk.ids[1]));
    }
    SECTION("deleting deletes") {
        for (QAbstractButton* button : question->buttons()) {
            if (question->buttonRole(button) == QMessageBox::DestructiveRole) {
                button->click();
            }
        }
        REQUIRE(waitUntil([&] { return desk.model().rowCount() == 0; }));
        CHECK(desk.stored(SmartList::Trash).empty());
        CHECK(desk.stored(SmartList::All).size() == 3);
    }
}

TEST_CASE("F2 renames in place and the file keeps its name", "[gui][library]") {
    Desk desk(3);
    desk.table().selectOnly(desk.ids[1]);

    QTest::keyClick(&desk.table(), Qt::Key_F2);
    auto* editor = desk.table().viewport()->findChild<QLineEdit*>();
    REQUIRE(editor != nullptr);
    CHECK(editor->text() == QStringLiteral("letter2.txt"));
    REQUIRE(waitUntil([&] { return editor->selectedText() == QStringLiteral("letter2"); }));
    emit desk.app.store().documentsChanged(); // a refresh must not take the editor away
    QTest::qWait(400);
    REQUIRE(desk.table().isEditing());
    QTest::keyClicks(editor, QStringLiteral("Mr A"));
    QTest::keyClick(editor, Qt::Key_Return);

    const auto nameOf = [&] {
        return desk.app
            .inLibrary(
                [&](storage::Database& db) { return storage::libraryRow(db, desk.ids[1], 0.9); })
            .fileName;
    };
    REQUIRE(waitUntil([&] { return nameOf() == "Mr A.txt"; }));
    CHECK(desk.model().item(desk.model().rowOf(desk.ids[1])).name == QStringLiteral("Mr A.txt"));
}

TEST_CASE("Search shows snippets, and answers that came too late are dropped", "[gui][library]") {
    Desk desk(12, true);

    SECTION("found texts replace the list until Escape") {
        QTest::keyClick(&desk.table(), Qt::Key_M); // letters in the list go to the search box
        CHECK(desk.state->searchText() == QStringLiteral("m"));
        desk.search(QStringLiteral("7 metopr"));

        REQUIRE(waitUntil([&] { return desk.model().rowCount() == 1; }));
        CHECK(desk.model().item(0).row.documentId == desk.ids[6]);
        REQUIRE(desk.model().found(0) != nullptr);
        CHECK(desk.model().found(0)->snippet.text.contains(QStringLiteral("metoprolol")));
        CHECK_FALSE(desk.model().found(0)->snippet.matches.empty());
        CHECK(desk.topBar->searchBox()->text() == QStringLiteral("7 metopr"));

        QTest::keyClick(desk.topBar->searchBox(), Qt::Key_Escape);
        CHECK_FALSE(desk.model().isSearching());
        CHECK(desk.model().rowCount() == 12);
    }
    SECTION("only the last question's answer is ever shown") {
        std::latch gate(1);
        desk.app.store().read(
            desk.page,
            [&gate](storage::Database&) -> Result<int> {
                gate.wait(); // the disk is slow
                return 0;
            },
            [](const Result<int>&) {});
        std::vector<Ids> seen;
        QObject::connect(&desk.model(), &QAbstractItemModel::modelReset, desk.page, [&] {
            seen.push_back(desk.model().shownIds());
        });
        desk.state->setSearchText(QStringLiteral("letter3"));
        QTest::qWait(200); // asked
        desk.state->setSearchText(QStringLiteral("letter5"));
        QTest::qWait(200);
        gate.count_down();

        REQUIRE(waitUntil([&] { return !seen.empty(); }));
        QTest::qWait(100);
        CHECK(seen.size() == 1);
        CHECK(seen.back() == Ids{desk.ids[4]});
    }
    SECTION("an answer to a search that was cleared is not shown") {
        desk.state->setSearchText(QStringLiteral("letter3"));
        QTest::qWait(130);
        desk.state->setSearchText({});
        QTest::qWait(300);
        CHECK_FALSE(desk.model().isSearching());
        CHECK(desk.model().rowCount() == 12);
    }
    SECTION("nothing found says so and offers the way back") {
        desk.search(QStringLiteral("unicorn"));
        auto* empty = shownChild<EmptyState>(*desk.page);
        REQUIRE(empty != nullptr);
        CHECK(empty->accessibleName().contains(QStringLiteral("unicorn")));
        REQUIRE(waitUntil([&] { return shownChild<QPushButton>(*empty) != nullptr; }));
        shownChild<QPushButton>(*empty)->click();
        CHECK(desk.model().rowCount() == 12);
    }
}

TEST_CASE("Counts follow what happens in the library", "[gui][library]") {
    Desk desk(5);
    CHECK(sideBarText(*desk.sideBar, SmartList::Inbox) == QStringLiteral("Inbox, 5 documents"));
    CHECK(desk.actions->extract->text() == QStringLiteral("Extract 5"));

    desk.app.inLibrary([&](storage::Database& db) -> Result<void> {
        addRun(db, desk.ids[0], "medications", {0.4});
        return {};
    });
    emit desk.app.store().documentsChanged();

    REQUIRE(waitUntil([&] {
        return sideBarText(*desk.sideBar, SmartList::ToReview) ==
               QStringLiteral("To review, 1 document");
    }));
    CHECK(sideBarText(*desk.sideBar, SmartList::Inbox) == QStringLiteral("Inbox, 4 documents"));
    REQUIRE(
        waitUntil([&] { return desk.actions->extract->text() == QStringLiteral("Extract 4"); }));
    CHECK(desk.page->statusText().startsWith(QStringLiteral("5 documents")));
}

TEST_CASE("Extract takes the selected documents, else all new ones", "[gui][library]") {
    Desk desk(4);
    const auto waiting = [&] {
        std::set<std::int64_t> found;
        for (const storage::Job& job :
             desk.app.inLibrary([](storage::Database& db) { return storage::listJobs(db, 0); })) {
            found.insert(job.documentId);
        }
        return found;
    };
    desk.state->chooseTemplate(QStringLiteral("laboratory"));

    SECTION("selected") {
        desk.table().selectOnly(desk.ids[1]);
        CHECK(desk.actions->extract->text() == QStringLiteral("Extract 1"));
        desk.actions->extract->trigger();
        REQUIRE(waitUntil([&] { return waiting() == std::set<std::int64_t>{desk.ids[1]}; }));
    }
    SECTION("all new ones") {
        desk.table().clearSelection();
        desk.actions->extract->trigger();
        REQUIRE(waitUntil([&] { return waiting().size() == 4; }));
    }
    SECTION("a summary is a job of its own kind") {
        desk.state->chooseTemplate(QStringLiteral("summary"));
        REQUIRE(desk.state->chosenTemplate()->record.id == "summary");
        CHECK(desk.actions->extract->text() == QStringLiteral("Summarize 4"));
        desk.actions->extract->trigger();
        REQUIRE(waitUntil([&] { return waiting().size() == 4; }));
        const auto jobs =
            desk.app.inLibrary([](storage::Database& db) { return storage::listJobs(db, 0); });
        CHECK(jobs.front().kind == storage::kRunSummary);
    }
}

TEST_CASE("Selection and scroll position stay with their documents", "[gui][library]") {
    Desk desk(90);
    desk.table().sortByColumn(LibraryModel::Document, Qt::AscendingOrder);
    desk.table().scrollTo(desk.model().index(50, 0), QAbstractItemView::PositionAtTop);
    desk.table().selectOnly(desk.ids[52]);
    const auto topId = [&] {
        return desk.model().item(desk.table().indexAt(QPoint(1, 1)).row()).row.documentId;
    };
    const std::int64_t top = topId();
    CHECK(top == desk.ids[50]);

    desk.app.inLibrary([&](storage::Database& db) {
        return storage::moveToTrash(db, {desk.ids[0], desk.ids[1]}, 1'790'300'000);
    });
    emit desk.app.store().documentsChanged();
    REQUIRE(waitUntil([&] { return desk.model().rowCount() == 88; }));

    CHECK(desk.table().selectedIds() == Ids{desk.ids[52]});
    CHECK(desk.table().currentRow() == desk.model().rowOf(desk.ids[52]));
    CAPTURE(desk.table().verticalScrollBar()->value(), desk.table().verticalScrollBar()->maximum());
    CHECK(topId() == top);
}

TEST_CASE("An empty library welcomes and every empty list says what to do", "[gui][library]") {
    Desk desk(0);
    auto* welcome = shownChild<WelcomeView>(*desk.page);
    REQUIRE(welcome != nullptr);
    QSignalSpy files(&desk.app.navigator(), &Navigator::addFilesRequested);
    QSignalSpy samples(&desk.app.navigator(), &Navigator::samplesRequested);
    welcome->addButton()->click();
    welcome->samplesButton()->click();
    CHECK(files.count() == 1);
    CHECK(samples.count() == 1);

    // The first document ends the welcome; lists without documents have a way on each.
    desk.app.inLibrary([](storage::Database& db) -> Result<void> {
        addNotes(db, 1);
        return {};
    });
    emit desk.app.store().documentsChanged();
    REQUIRE(waitUntil([&] { return desk.table().isVisible(); }));
    std::set<QString> said;
    for (const SmartList list :
         {SmartList::ToReview, SmartList::Reviewed, SmartList::Failed, SmartList::Trash}) {
        desk.show(list);
        auto* empty = shownChild<EmptyState>(*desk.page);
        REQUIRE(empty != nullptr);
        CHECK_FALSE(empty->accessibleDescription().isEmpty());
        CHECK(waitUntil([&] { return shownChild<QPushButton>(*empty) != nullptr; }));
        said.insert(empty->accessibleName());
    }
    CHECK(said.size() == 4);
    CHECK(desk.app.settings().wasWelcomed());
}

TEST_CASE("Screen readers find the rows with their state", "[gui][library][accessibility]") {
    Desk desk(3, true);
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&desk.table());
    REQUIRE(list != nullptr);
    CHECK(list->text(QAccessible::Name) == QStringLiteral("Documents"));
    REQUIRE(list->tableInterface() != nullptr);
    CHECK(list->tableInterface()->rowCount() == 3);
    QAccessibleInterface* cell = list->tableInterface()->cellAt(0, LibraryModel::Document);
    REQUIRE(cell != nullptr);
    CHECK(cell->text(QAccessible::Name).contains(QStringLiteral("To review")));
    CHECK(list->tableInterface()->cellAt(0, LibraryModel::Status)->text(QAccessible::Name) ==
          QStringLiteral("To review"));

    // Every control that takes the keyboard has a name and says what it does.
    for (const QWidget* widget : desk.window.findChildren<QWidget*>()) {
        const bool isControl = widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) &&
                               widget->window() == &desk.window;
        if (!isControl) {
            continue;
        }
        CAPTURE(widget->metaObject()->className(), widget->objectName().toStdString());
        auto* interface = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
        REQUIRE(interface != nullptr);
        CHECK_FALSE(interface->text(QAccessible::Name).isEmpty());
    }
}

TEST_CASE("Columns are remembered and the top bar fits any window", "[gui][library]") {
    Desk desk(2);

    SECTION("order, sort and hidden columns") {
        desk.table().sortByColumn(LibraryModel::Pages, Qt::DescendingOrder);
        desk.table().header()->moveSection(1, 3);
        LibraryModel model(0.9);
        LibraryTable again(desk.app.context(), model, nullptr);
        CHECK(again.header()->visualIndex(1) == 3);
        CHECK(again.header()->sortIndicatorSection() == LibraryModel::Pages);
        CHECK(again.header()->sortIndicatorOrder() == Qt::DescendingOrder);
        CHECK(again.header()->visualIndex(LibraryModel::Document) == 0);
    }
    SECTION("with large text the least important columns go first") {
        desk.app.theme().apply(ThemeMode::Light, 2);
        desk.window.resize(1280, 720);
        QTest::qWait(10);
        CHECK_FALSE(desk.table().isColumnHidden(LibraryModel::Status));
        CHECK_FALSE(desk.table().isColumnHidden(LibraryModel::ToReview));
        CHECK(desk.table().isColumnHidden(LibraryModel::Pages));
        CHECK(desk.table().header()->length() <= desk.table().viewport()->width() + 1);
        CHECK(desk.topBar->layout()->totalMinimumSize().width() <= desk.topBar->width());
    }
}

TEST_CASE("The palette runs what was typed", "[gui][library]") {
    Desk desk(2);
    CommandPalette palette(desk.app.context(), &desk.window);
    QSignalSpy pages(&desk.app.navigator(), &Navigator::pageRequested);

    palette.openNow();
    auto* typed = palette.findChild<QLineEdit*>();
    REQUIRE(typed != nullptr);
    QTest::keyClicks(typed, QStringLiteral("templ"));
    QTest::keyClick(typed, Qt::Key_Return);

    REQUIRE(pages.count() == 1);
    CHECK(pages[0][0].value<PageId>() == PageId::Templates);
    CHECK_FALSE(palette.isVisible());
}

TEST_CASE("Export asks for the runs shown, or of the selected documents", "[gui][library]") {
    Desk desk(3, true);
    std::optional<ExportTarget> target;
    QObject::connect(&desk.app.navigator(),
                     &Navigator::exportRequested,
                     desk.page,
                     [&](const ExportTarget& asked) { target = asked; });

    desk.table().clearSelection();
    QTest::keyClick(&desk.table(), Qt::Key_E, Qt::ControlModifier);
    REQUIRE(target);
    CHECK(target->runIds.size() == 3);
    CHECK(target->templateId == QStringLiteral("medications"));

    desk.table().selectOnly(desk.ids[0]);
    QTest::keyClick(&desk.table(), Qt::Key_E, Qt::ControlModifier);
    CHECK(target->runIds.size() == 1);
}

TEST_CASE("Five thousand documents can be searched, trashed and brought back", "[gui][library]") {
    Desk desk(5'000);
    REQUIRE(desk.model().rowCount() == 5'000);

    desk.search(QStringLiteral("letter4321"));
    REQUIRE(waitUntil([&] { return desk.model().rowCount() == 1; }));
    desk.state->setSearchText({});
    REQUIRE(desk.model().rowCount() == 5'000);

    desk.table().selectAll();
    CHECK(desk.table().selectedIds().size() == 5'000);
    QTest::keyClick(&desk.table(), Qt::Key_Delete);
    REQUIRE(waitUntil([&] { return desk.model().rowCount() == 0 && desk.toast; }));
    CHECK(desk.stored(SmartList::Trash).size() == 5'000);
    desk.toast->action();
    REQUIRE(waitUntil([&] { return desk.model().rowCount() == 5'000; }));
}

} // namespace attest::gui
