#include "gui/app/store.h"

#include "gui/gui_test_support.h"
#include "support/catch.h"

#include <QObject>
#include <QThread>

#include <memory>
#include <vector>

namespace attest::gui {

TEST_CASE("The store answers on the thread that asked, in order", "[gui][store]") {
    TestApp app;
    QObject context;
    std::vector<int> answers;
    const QThread* const here = QThread::currentThread();

    for (int i = 0; i < 20; ++i) {
        app.store().read(
            &context,
            [i, here](storage::Database&) -> Result<int> {
                return QThread::currentThread() == here ? -1 : i;
            },
            [&](const Result<int>& answer) {
                CHECK(QThread::currentThread() == here);
                answers.push_back(answer.value());
            });
    }

    REQUIRE(waitUntil([&] { return answers.size() == 20; }));
    for (int i = 0; i < 20; ++i) {
        CHECK(answers[static_cast<std::size_t>(i)] == i);
    }
}

TEST_CASE("An answer for a widget that is gone is dropped", "[gui][store]") {
    TestApp app;
    bool isAnswered = false;
    bool isLaterAnswered = false;
    QObject stays;
    auto goes = std::make_unique<QObject>();

    app.store().read(
        goes.get(),
        [](storage::Database&) -> Result<int> { return 1; },
        [&](const Result<int>&) { isAnswered = true; });
    goes.reset();
    app.store().read(
        &stays,
        [](storage::Database&) -> Result<int> { return 2; },
        [&](const Result<int>&) { isLaterAnswered = true; });

    REQUIRE(waitUntil([&] { return isLaterAnswered; }));
    CHECK_FALSE(isAnswered);
}

TEST_CASE("A write is done even when the store goes away right after", "[gui][store]") {
    QTemporaryDir folder;
    const std::filesystem::path library = folder.path().toStdString() + "/library";
    bool isDone = false;
    {
        auto store = Store::open(library);
        REQUIRE(store.ok());
        store.value()->write(
            store.value().get(),
            [&](storage::Database& db) -> Result<void> {
                QThread::msleep(20);
                isDone = true;
                return db.execute("CREATE TABLE kept(x INTEGER) STRICT");
            },
            [](const Result<void>&) {});
    }

    CHECK(isDone);
    auto again = storage::Library::open(library, storage::Access::ReadWrite);
    REQUIRE(again.ok());
    CHECK(again.value().database().execute("SELECT x FROM kept").ok());
}

} // namespace attest::gui
