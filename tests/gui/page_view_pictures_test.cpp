// Not run by default: pictures of the page view for people to look at, and its times.
//   ATTEST_PICTURES=/tmp/pictures test_gui "[page_view_pictures]"
//   test_gui "[page_view_times]"
#include "gui/gui_test_support.h"
#include "gui/page_view_support.h"
#include "support/catch.h"

#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace attest::gui {

namespace {

void save(Viewer& viewer, const std::string& name) {
    QTest::qWait(400); // neighbours too
    const char* folder = std::getenv("ATTEST_PICTURES");
    REQUIRE(folder != nullptr);
    const std::filesystem::path path = std::filesystem::path(folder) / (name + ".png");
    REQUIRE(viewer.view.grab().save(QString::fromStdString(path.string())));
}

double milliseconds(const QElapsedTimer& timer) {
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace

TEST_CASE("pictures of the page view", "[.][page_view_pictures]") {
    TestApp app;
    for (const auto& [mode, look] :
         {std::pair(ThemeMode::Light, "light"), std::pair(ThemeMode::Dark, "dark")}) {
        app.theme().apply(mode, 1);
        for (const std::string name :
             {"discharge_letter.pdf", "lab_report.pdf", "referral_note.txt"}) {
            Viewer viewer(app.theme(), {860, 800});
            QSignalSpy shown(&viewer.view, &PageView::imageShown);
            viewer.open(documentOf(samplePath(name)));
            const std::vector<PageMark> marks = goldMarks(name, viewer.pages());
            viewer.view.setMarks(marks);
            viewer.view.setSelectedMark(marks[marks.size() / 2].id);
            CHECK(waitUntil([&] { return shown.count() > 0; }));
            const std::string stem = std::string(look) + "_" + name;
            save(viewer, stem);
            viewer.view.setFocus(Qt::TabFocusReason);
            viewer.drag({200, 300}, {500, 360});
            viewer.view.find(u"the"_qs);
            viewer.view.setZoom(2);
            save(viewer, stem + "_zoomed");
            viewer.view.setFit(PageView::Fit::Page);
            save(viewer, stem + "_page");
        }
        Viewer viewer(app.theme(), {860, 800});
        PageViewDocument document = documentOf(samplePath("discharge_letter.pdf"));
        document.pdf = "/gone/discharge_letter.pdf";
        viewer.open(std::move(document));
        viewer.view.setMarks(goldMarks("discharge_letter.pdf", viewer.pages()));
        save(viewer, std::string(look) + "_without_file");
    }
}

TEST_CASE("times of the page view", "[.][page_view_times]") {
    TestApp app;
    for (const std::string name :
         {"discharge_letter.pdf", "lab_report.pdf", "scanned_page.pdf", "service_contract.pdf"}) {
        Viewer viewer(app.theme(), {900, 900});
        const PageViewDocument document = documentOf(samplePath(name));
        std::vector<double> times;
        for (int i = 0; i < 5; ++i) {
            viewer.view.clear();
            QTest::qWait(50);
            QSignalSpy shown(&viewer.view, &PageView::imageShown);
            QElapsedTimer timer;
            timer.start();
            viewer.view.setDocument(document);
            const double setTime = milliseconds(timer);
            REQUIRE(waitUntil([&] { return shown.count() > 0; }));
            times.push_back(milliseconds(timer));
            CHECK(setTime < 50);
        }
        std::sort(times.begin(), times.end());
        WARN(name << ": first image after " << times[2] << " ms (median), " << times[4] << " most");
    }

    const std::filesystem::path path = app.folder() / "long.pdf";
    writeLongPdf(path, 300);
    Viewer viewer(app.theme(), {1400, 1000});
    QSignalSpy shown(&viewer.view, &PageView::imageShown);
    QElapsedTimer timer;
    const PageViewDocument document = documentOf(path);
    timer.start();
    viewer.view.setDocument(document);
    WARN("300 pages: setDocument " << milliseconds(timer) << " ms");
    REQUIRE(waitUntil([&] { return shown.count() > 0; }));
    WARN("300 pages: first image after " << milliseconds(timer) << " ms");
    std::vector<double> frames;
    QScrollBar* bar = viewer.view.verticalScrollBar();
    for (int y = 0; y < 60'000; y += 120) {
        timer.start();
        bar->setValue(y);
        viewer.view.viewport()->repaint();
        frames.push_back(milliseconds(timer));
        QTest::qWait(5);
    }
    std::sort(frames.begin(), frames.end());
    WARN("scrolling: a frame takes " << frames[frames.size() / 2] << " ms (median), "
                                     << frames[frames.size() * 99 / 100] << " (99 %), "
                                     << frames.back() << " most; pages shown " << shown.count());
}

} // namespace attest::gui
