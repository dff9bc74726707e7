#include "window/window_test_support.h"

#include "window/virtual_display.h"

#include "gui/window/pages.h"
#include "storage/job_store.h"
#include "support/catch.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QTest>
#include <QUrl>

#include <algorithm>

namespace attest::gui {

DisplayFirst::DisplayFirst() {
    static const test::VirtualDisplay display(1440, 900);
}

WindowTest::WindowTest() : window_(std::make_unique<MainWindow>(context())) {
    addPages(*window_, context());
    navigator().openPage(PageId::Library);
    window_->resize(1440, 900);
    window_->show();
    jobs().start();
    REQUIRE(QTest::qWaitForWindowExposed(window_.get()));
    window_->activateWindow();
}

WindowTest::~WindowTest() {
    window_.reset(); // before the store and the queue it uses
}

void WindowTest::drop(const std::vector<std::filesystem::path>& paths) {
    QMimeData data;
    QList<QUrl> urls;
    for (const std::filesystem::path& path : paths) {
        urls.append(QUrl::fromLocalFile(QString::fromStdString(path.string())));
    }
    data.setUrls(urls);
    const QPoint middle = window_->rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &enter);
    REQUIRE(enter.isAccepted());
    QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &drop);
    CHECK(drop.isAccepted());
}

void WindowTest::press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QWidget* focus = QApplication::focusWidget();
    QTest::keyClick(focus != nullptr ? focus : window_.get(), key, modifiers);
    QApplication::processEvents();
}

void WindowTest::type(const QString& text) {
    QWidget* focus = QApplication::focusWidget();
    REQUIRE(focus != nullptr);
    QTest::keyClicks(focus, text);
}

std::filesystem::path WindowTest::copyOfSample(const std::string& name) {
    const std::filesystem::path to = folder() / "given" / name;
    std::filesystem::create_directories(to.parent_path());
    std::filesystem::copy_file(
        samplePath(name), to, std::filesystem::copy_options::overwrite_existing);
    return to;
}

void WindowTest::waitForJobs(std::int64_t count) {
    const bool isDone = waitUntil(
        [&] {
            const storage::JobCounts counts =
                inLibrary([](storage::Database& db) { return storage::jobCounts(db, 0); });
            return counts.waiting + counts.running == 0 && counts.done + counts.failed >= count;
        },
        std::chrono::minutes(3));
    REQUIRE(isDone);
    // The window hears of it a moment later.
    REQUIRE(waitUntil([&] { return !jobs().status().isWorking; }));
}

storage::StoredRun WindowTest::runOf(const std::string& fileName) {
    const auto runs = inLibrary([](storage::Database& db) {
        return storage::latestRuns(db, {std::string(storage::kRunExtraction), "", 0});
    });
    const auto found = std::find_if(runs.begin(), runs.end(), [&](const storage::StoredRun& run) {
        return run.run.fileName == fileName;
    });
    REQUIRE(found != runs.end());
    return *found;
}

} // namespace attest::gui
