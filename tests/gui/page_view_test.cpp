#include "gui/pages/page_view.h"

#include "gui/gui_test_support.h"
#include "gui/page_view_support.h"
#include "support/catch.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>

namespace attest::gui {

TEST_CASE("every value of the samples is found on its page by clicking where it is painted",
          "[gui][page_view]") {
    TestApp app;
    const std::string name = GENERATE(as<std::string>(),
                                      "discharge_letter.pdf",
                                      "invoice.pdf",
                                      "lab_report.pdf",
                                      "lab_report_two_columns.pdf",
                                      "medication_list.pdf",
                                      "patient_record.pdf",
                                      "radiology_report.pdf",
                                      "referral_note.txt",
                                      "service_contract.pdf",
                                      "vital_signs.md");
    CAPTURE(name);
    Viewer viewer(app.theme(), {900, 1000});
    viewer.open(documentOf(samplePath(name)));

    const std::vector<PageMark> marks = goldMarks(name, viewer.pages());
    for (const PageMark& mark : marks) {
        const std::string value = viewer.textOf(mark.span);
        CAPTURE(value, mark.span.pageIndex, mark.span.begin);
        viewer.view.setMarks({mark});
        viewer.view.setSelectedMark(-1);
        viewer.view.goToPage(static_cast<std::size_t>(mark.span.pageIndex));
        viewer.view.ensureVisible(mark);

        const QRect first = viewer.rectAt(mark.span.begin);
        const QRect last = viewer.rectAt(mark.span.end - 1);
        REQUIRE(viewer.view.viewport()->rect().contains(first));
        QSignalSpy clicked(&viewer.view, &PageView::markClicked);
        viewer.click(first.center());
        viewer.click(last.center());
        REQUIRE(clicked.count() == 2);
        CHECK(clicked[0][0].toInt() == mark.id);

        viewer.drag(QPoint(first.left() + 1, first.center().y()),
                    QPoint(last.right(), last.center().y()));
        CHECK(viewer.view.selection().span == mark.span);
        CHECK(viewer.view.selection().text.toStdString() == value);
    }
    const bool hasGold = name != "referral_note.txt" && name != "vital_signs.md";
    CHECK((marks.size() > 3 || !hasGold));
}

TEST_CASE("the image shows ink where the stored text has its characters", "[gui][page_view]") {
    TestApp app;
    const auto mode = GENERATE(ThemeMode::Light, ThemeMode::Dark);
    app.theme().apply(mode, 1);
    Viewer viewer(app.theme(), {900, 1000});
    QSignalSpy shown(&viewer.view, &PageView::imageShown);
    QSignalSpy notices(&viewer.view, &PageView::notice);
    viewer.open(documentOf(samplePath("medication_list.pdf")));
    REQUIRE(waitUntil([&] { return shown.count() > 0; }));

    const QImage image = viewer.view.viewport()->grab().toImage();
    const std::string& text = viewer.pages()[0].text;
    int words = 0;
    for (const char* word : {"Apixaban", "Levothyroxine", "Tamsulosin"}) {
        const std::size_t at = text.find(word);
        REQUIRE(at != std::string::npos);
        CHECK(darkest(image, viewer.rectAt(at)) < 140);
        ++words;
    }
    CHECK(words == 3);
    for (const QList<QVariant>& notice : notices) {
        CHECK(!notice[0].toString().contains(u"changed"));
    }
}

TEST_CASE("a drag across the page selects exactly the stored text between its ends",
          "[gui][page_view]") {
    TestApp app;
    const std::string name = GENERATE(as<std::string>(),
                                      "discharge_letter.pdf",
                                      "lab_report.pdf",
                                      "lab_report_two_columns.pdf",
                                      "referral_note.txt");
    CAPTURE(name);
    Viewer viewer(app.theme(), {1000, 1500});
    viewer.open(documentOf(samplePath(name)));
    viewer.view.setFit(PageView::Fit::Page);
    const std::string& text = viewer.pages()[0].text;
    std::vector<std::size_t> places; // of characters that can be pointed at
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isBegin = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (isBegin && text[i] != ' ' && text[i] != '\n' && viewer.rectAt(i).width() > 4) {
            places.push_back(i);
        }
    }
    REQUIRE(places.size() > 300);

    std::mt19937 random(7);
    for (int i = 0; i < 60; ++i) {
        const std::size_t a = places[random() % places.size()];
        const std::size_t b = places[random() % places.size()];
        const QRect from = viewer.rectAt(std::min(a, b));
        const QRect to = viewer.rectAt(std::max(a, b));
        std::size_t end = std::max(a, b) + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            ++end;
        }
        const bool isBackwards = random() % 2 == 0;
        const QPoint left(from.left() + 1, from.center().y());
        const QPoint right(to.right(), to.center().y());
        CAPTURE(a, b, isBackwards);

        viewer.drag(isBackwards ? right : left, isBackwards ? left : right);

        const SourceSpan expected{0, std::min(a, b), end};
        CHECK(viewer.view.selection().span == expected);
        CHECK(viewer.view.selection().text.toStdString() == viewer.textOf(expected));
    }
}

TEST_CASE("zooming keeps the middle of the view and the wheel the place under the mouse",
          "[gui][page_view]") {
    TestApp app;
    Viewer viewer(app.theme(), {900, 700});
    viewer.open(documentOf(samplePath("discharge_letter.pdf")));
    viewer.view.setZoom(1.5);
    viewer.view.verticalScrollBar()->setValue(300);
    const QPoint middle = viewer.view.viewport()->rect().center();
    const std::size_t near = viewer.byteNear(middle);
    const QPointF before = QRectF(viewer.rectAt(near)).center() - middle;

    viewer.view.setZoom(3);
    const QPointF after = QRectF(viewer.rectAt(near)).center() - middle;
    CHECK(std::abs(after.x() - before.x() * 2) < 4);
    CHECK(std::abs(after.y() - before.y() * 2) < 4);
    viewer.view.setZoom(1.5);
    const QPointF back = QRectF(viewer.rectAt(near)).center() - middle;
    CHECK((back - before).manhattanLength() < 4);

    const QPoint mouse(200, 150);
    const std::size_t under = viewer.byteNear(mouse);
    const QPointF place = QRectF(viewer.rectAt(under)).center() - mouse;
    const double zoom = viewer.view.zoom();
    viewer.wheel(mouse, 240, Qt::ControlModifier);
    const double factor = viewer.view.zoom() / zoom;
    CHECK(factor > 1.2);
    const QPointF moved = QRectF(viewer.rectAt(under)).center() - mouse;
    CHECK(std::abs(moved.x() - place.x() * factor) < 4);
    CHECK(std::abs(moved.y() - place.y() * factor) < 4);

    viewer.view.setZoom(100);
    CHECK(viewer.view.zoom() == 8);
    viewer.view.setZoom(0);
    CHECK(viewer.view.zoom() == 0.1);
}

TEST_CASE("fitting follows the window and what is read stays in view", "[gui][page_view]") {
    TestApp app;
    Viewer viewer(app.theme(), {900, 700});
    viewer.open(documentOf(samplePath("patient_record.pdf")));
    CHECK(viewer.view.fit() == PageView::Fit::Width);
    const double narrow = viewer.view.zoom();
    viewer.view.goToPage(1);
    REQUIRE(viewer.view.currentPage() == 1);
    CHECK(viewer.view.horizontalScrollBar()->maximum() == 0);

    viewer.view.resize(1300, 900);
    QTest::qWait(10);
    CHECK(viewer.view.zoom() > narrow * 1.3);
    CHECK(viewer.view.currentPage() == 1);
    CHECK(viewer.view.horizontalScrollBar()->maximum() == 0);

    viewer.view.setFit(PageView::Fit::Page);
    CHECK(viewer.view.currentPage() == 1);
    CHECK(viewer.view.zoom() < narrow);
    viewer.view.setZoom(1);
    CHECK(viewer.view.fit() == PageView::Fit::None);
}

TEST_CASE("keys scroll, zoom, go to the ends and select", "[gui][page_view]") {
    TestApp app;
    Viewer viewer(app.theme(), {900, 700});
    viewer.open(documentOf(samplePath("patient_record.pdf")));
    QScrollBar* bar = viewer.view.verticalScrollBar();

    QTest::keyClick(&viewer.view, Qt::Key_PageDown);
    CHECK(bar->value() > 500);
    QTest::keyClick(&viewer.view, Qt::Key_PageUp);
    CHECK(bar->value() == 0);
    QTest::keyClick(&viewer.view, Qt::Key_End);
    CHECK(bar->value() == bar->maximum());
    CHECK(viewer.view.currentPage() + 1 == viewer.view.pageCount());
    QTest::keyClick(&viewer.view, Qt::Key_Home);
    CHECK(bar->value() == 0);
    QTest::keyClick(&viewer.view, Qt::Key_0, Qt::ControlModifier);
    CHECK(viewer.view.zoom() == 1);
    QTest::keyClick(&viewer.view, Qt::Key_Plus, Qt::ControlModifier);
    CHECK(viewer.view.zoom() == 1.1);
    QTest::keyClick(&viewer.view, Qt::Key_Minus, Qt::ControlModifier);
    CHECK(viewer.view.zoom() == 1);

    QTest::keyClick(&viewer.view, Qt::Key_PageDown, Qt::ControlModifier);
    CHECK(viewer.view.currentPage() == 1);
    QTest::keyClick(&viewer.view, Qt::Key_PageUp, Qt::ControlModifier);
    CHECK(viewer.view.currentPage() == 0);

    const std::string& text = viewer.pages()[0].text;
    QSignalSpy changed(&viewer.view, &PageView::selectionChanged);
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(&viewer.view, Qt::Key_Right, Qt::ShiftModifier);
    }
    CHECK(changed.count() == 4);
    CHECK(viewer.view.selection().text.toStdString() == text.substr(0, 4));
    QTest::keyClick(&viewer.view, Qt::Key_End, Qt::ShiftModifier);
    CHECK(viewer.view.selection().text.toStdString() == text.substr(0, text.find('\n')));
    QTest::keyClick(&viewer.view, Qt::Key_C, Qt::ControlModifier);
    CHECK(QGuiApplication::clipboard()->text() == viewer.view.selection().text);
    const std::size_t before = viewer.view.selection().span.end;
    QTest::keyClick(&viewer.view, Qt::Key_Down, Qt::ShiftModifier);
    CHECK(viewer.view.selection().span.end > before);
    QTest::keyClick(&viewer.view, Qt::Key_Escape);
    CHECK(viewer.view.selection().text.isEmpty());
}

TEST_CASE("a double click takes the whole figure and a third one the line", "[gui][page_view]") {
    TestApp app;
    Viewer viewer(app.theme(), {900, 1000});
    viewer.open(documentOf(samplePath("lab_report.pdf")));
    const std::string& text = viewer.pages()[0].text;
    const std::size_t at = text.find("mmol/L");
    REQUIRE(at != std::string::npos);
    QSignalSpy activated(&viewer.view, &PageView::selectionActivated);

    viewer.doubleClick(viewer.rectAt(at + 5).center());

    CHECK(activated.count() == 1);
    CHECK(viewer.view.selection().text == u"mmol/L");
    CHECK(viewer.view.selection().boxes.size() == 1);
    viewer.press(viewer.rectAt(at + 5).center());
    viewer.release(viewer.rectAt(at + 5).center());
    const std::size_t begin = text.rfind('\n', at) + 1;
    CHECK(viewer.view.selection().span == SourceSpan{0, begin, text.find('\n', at)});
}

TEST_CASE("of marks that overlap the selected one answers and else the smallest",
          "[gui][page_view]") {
    TestApp app;
    Viewer viewer(app.theme(), {900, 1000});
    viewer.open(documentOf(samplePath("medication_list.pdf")));
    const std::string& text = viewer.pages()[0].text;
    const std::size_t at = text.find("Apixaban");
    const std::size_t lineEnd = text.find('\n', at);
    viewer.view.setMarks({{1, {0, at, lineEnd}, {}}, {2, {0, at, at + 8}, {}}});
    QSignalSpy clicked(&viewer.view, &PageView::markClicked);

    viewer.click(viewer.rectAt(at + 3).center());
    viewer.view.setSelectedMark(1);
    viewer.click(viewer.rectAt(at + 3).center());

    REQUIRE(clicked.count() == 2);
    CHECK(clicked[0][0].toInt() == 2);
    CHECK(clicked[1][0].toInt() == 1);
    const QImage image = viewer.view.viewport()->grab().toImage();
    const QPointF beside = QPointF(viewer.rectAt(at).topLeft()) * image.devicePixelRatio();
    CHECK(image.pixelColor(beside.toPoint()).blue() < 200); // amber
}

TEST_CASE("a mark that is comfortably in view does not move the page", "[gui][page_view]") {
    TestApp app;
    Viewer viewer(app.theme(), {900, 700});
    viewer.open(documentOf(samplePath("discharge_letter.pdf")));
    const std::string& text = viewer.pages()[0].text;
    const PageMark last{1, {0, text.size() - 5, text.size()}, {}};
    viewer.view.ensureVisible(last);
    const int scrolled = viewer.view.verticalScrollBar()->value();
    CHECK(scrolled > 0);

    viewer.view.ensureVisible(last);
    CHECK(viewer.view.verticalScrollBar()->value() == scrolled);
    viewer.view.ensureVisible({1, {7, 0, 4}, {}});
    viewer.view.ensureVisible({1, {-1, 0, 4}, {}});
    CHECK(viewer.view.verticalScrollBar()->value() == scrolled);
    viewer.view.ensureVisible({1, {0, 0, 4}, {}});
    CHECK(viewer.view.verticalScrollBar()->value() < scrolled);
}

TEST_CASE("finding marks every match across line breaks and goes round", "[gui][page_view]") {
    TestApp app;
    Viewer viewer(app.theme(), {900, 700});
    PageViewDocument document;
    document.pages = {{"One Metformin\n500 mg and metformin 500\nmg", {}, 0, 0},
                      {"METFORMIN  500 mg. Nothing else: \xC3\x84RZTIN", {}, 0, 0}};
    viewer.open(std::move(document));

    CHECK(viewer.view.find(u"metformin 500 mg"_qs) == 3);
    CHECK(viewer.view.find(u"\u00e4rztin"_qs) == 1);
    CHECK(viewer.view.find(u"aspirin"_qs) == 0);
    viewer.view.findNext(false);
    CHECK(viewer.view.find(u" "_qs) > 5);
    CHECK(viewer.view.find(QString()) == 0);
    REQUIRE(viewer.view.find(u"metformin"_qs) == 3);
    viewer.view.findNext(true); // back from the first to the last
    const QImage image = viewer.view.viewport()->grab().toImage();
    CHECK(!image.isNull());
}

TEST_CASE("notes with signs beyond the basic plane keep every place exact", "[gui][page_view]") {
    TestApp app;
    Viewer viewer(app.theme(), {800, 600});
    const std::string text = "Pat. \xF0\x9F\x98\x80 took 5 mg of \xF0\x9D\x92\x9Cspirin, "
                             "caf\x65\xCC\x81 au lait.\n\n"
                             "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D 10 mg \xD7\x90\xD7\x91\xD7\x92\n"
                             "x\xF0\x9F\x91\xA9\xE2\x80\x8D\xE2\x9A\x95\xEF\xB8\x8Fy the end";
    PageViewDocument document;
    document.pages = {{text, {}, 0, 0}};
    viewer.open(std::move(document));

    for (const std::string value : {"5 mg",
                                    "\xF0\x9D\x92\x9Cspirin",
                                    "caf\x65\xCC\x81",
                                    "10 mg",
                                    "the end",
                                    "\xF0\x9F\x98\x80"}) {
        const std::size_t begin = text.find(value);
        const SourceSpan span{0, begin, begin + value.size()};
        CAPTURE(value);
        viewer.view.setMarks({{9, span, {}}});
        QSignalSpy clicked(&viewer.view, &PageView::markClicked);
        viewer.click(viewer.rectAt(begin).center());
        CHECK(clicked.count() == 1);
        if (value != "10 mg") { // in a line from right to left the ends stand elsewhere
            viewer.click(viewer.rectAt(begin - 2).center() - QPoint(4, 0));
            CHECK(clicked.count() == 1);
            std::size_t last = span.end - 1;
            while ((static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80U ||
                   static_cast<unsigned char>(text[last]) == 0xCCU) {
                --last;
            }
            const QRect from = viewer.rectAt(begin);
            const QRect to = viewer.rectAt(last);
            viewer.drag({from.left() + 1, from.center().y()}, {to.right(), to.center().y()});
            CHECK(viewer.view.selection().span == span);
        }
    }
    CHECK(viewer.view.selection().boxes.empty());
}

TEST_CASE("a larger text size makes notes larger and keeps the place", "[gui][page_view]") {
    TestApp app;
    Viewer viewer(app.theme(), {800, 600});
    viewer.open(documentOf(samplePath("referral_note.txt")));
    const std::size_t at = viewer.pages()[0].text.find("Sumatriptan");
    const QRect before = viewer.rectAt(at);

    app.theme().apply(ThemeMode::Light, 2);
    QTest::qWait(50);
    viewer.view.ensureVisible({1, {0, at, at + 11}, {}});

    const QRect after = viewer.rectAt(at);
    CHECK(after.height() > before.height() * 1.7);
    viewer.view.setMarks({{1, {0, at, at + 11}, {}}});
    QSignalSpy clicked(&viewer.view, &PageView::markClicked);
    viewer.click(after.center());
    CHECK(clicked.count() == 1);
    app.theme().apply(ThemeMode::Light, 1);
}

TEST_CASE("a file that has changed, is gone or is broken is told and its stored text shown",
          "[gui][page_view]") {
    TestApp app;
    const std::filesystem::path copy = app.folder() / "letter.pdf";
    std::filesystem::copy_file(samplePath("discharge_letter.pdf"), copy);
    PageViewDocument document = documentOf(copy);
    const auto what = GENERATE(0, 1, 2, 3);
    QString expected;
    if (what == 0) {
        std::ofstream(copy, std::ios::app) << "% one more line\n";
        expected = u"changed"_qs;
    } else if (what == 1) {
        std::filesystem::remove(copy);
        expected = u"not in its folder"_qs;
    } else if (what == 2) {
        std::ofstream(copy, std::ios::trunc) << "%PDF-1.7\nnothing";
        expected = u"cannot be opened"_qs;
    } else {
        document.pdf.clear();
        expected = u"not known"_qs;
    }
    Viewer viewer(app.theme(), {900, 1000});
    QSignalSpy notices(&viewer.view, &PageView::notice);
    QSignalSpy shown(&viewer.view, &PageView::imageShown);

    viewer.open(std::move(document));

    REQUIRE(waitUntil([&] { return notices.count() > 1 && shown.count() > 0; }));
    CHECK(notices[0][0].toString().isEmpty());
    CHECK(notices[1][0].toString().contains(expected));
    const QImage image = viewer.view.viewport()->grab().toImage();
    const std::size_t at = viewer.pages()[0].text.find("Metoprolol");
    CHECK(darkest(image, viewer.rectAt(at)) < 160);
    viewer.view.setMarks({{3, {0, at, at + 10}, {}}});
    QSignalSpy clicked(&viewer.view, &PageView::markClicked);
    viewer.click(viewer.rectAt(at + 2).center());
    CHECK(clicked.count() == 1);
}

TEST_CASE("three hundred pages are scrolled through within the memory that is set aside",
          "[gui][page_view]") {
    TestApp app;
    const std::filesystem::path path = app.folder() / "long.pdf";
    writeLongPdf(path, 300);
    PageViewDocument document = documentOf(path);
    REQUIRE(document.pages.size() == 300);
    Viewer viewer(app.theme(), {1200, 1000});
    QSignalSpy shown(&viewer.view, &PageView::imageShown);
    viewer.open(std::move(document));
    REQUIRE(waitUntil([&] { return shown.count() > 0; }));
    const std::size_t before = residentBytes();

    std::set<std::size_t> pages;
    QObject::connect(&viewer.view, &PageView::imageShown, &viewer.view, [&](std::size_t page) {
        pages.insert(page);
    });
    for (std::size_t page = 2; page < 300; page += 9) {
        CAPTURE(page);
        viewer.view.goToPage(page);
        REQUIRE(waitUntil([&] { return pages.contains(page); }));
    }

    // The images of all these pages and their neighbours would be half a gigabyte.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    constexpr std::size_t kOther = std::size_t{640} << 20; // freed memory is kept to be watched
#else
    constexpr std::size_t kOther = std::size_t{64} << 20;
#endif
    CHECK(residentBytes() < before + PageView::kImageCacheBytes + kOther);
}

TEST_CASE("documents without sense are shown without harm", "[gui][page_view]") {
    TestApp app;
    Viewer viewer(app.theme(), {700, 500});
    PageViewDocument document;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<std::uint16_t> odd = {9, 8, 7, 6, 5, 65535, 65535, 65535, 65535, 1, 2};
    document.pages = {{"\xFF\xFE broken \xC3", odd, 595, 842},
                      {"", {}, 1e300, 5},
                      {"nan", odd, nan, nan},
                      {"thin", odd, 0.0001, 900000},
                      {std::string(40'000, 'w'), {}, 0, 0},
                      {"\n\n\n", {}, -5, -5}};
    viewer.open(std::move(document));
    std::vector<PageMark> marks;
    for (int page = -2; page < 8; ++page) {
        marks.push_back({page, {page, 1, 2}, {}});
        marks.push_back({page, {page, 3, 900'000}, {{float(nan), 0, 2, 5}}});
        marks.push_back({page, {page, 9, 1}, {{-9, -9, 1e9F, 1e9F}}});
    }
    viewer.view.setMarks(marks);
    viewer.view.setSelectedMark(2);
    for (const double zoom : {0.1, 1.0, 8.0}) {
        viewer.view.setZoom(zoom);
        for (std::size_t page = 0; page < 6; ++page) {
            viewer.view.goToPage(page);
            viewer.drag({10, 10}, {600, 480});
            viewer.doubleClick({350, 250});
            CHECK(!viewer.view.viewport()->grab().isNull());
        }
    }
    for (const PageMark& mark : marks) {
        viewer.view.ensureVisible(mark);
    }
    viewer.view.find(u"w"_qs);
    viewer.view.clear();
    CHECK(viewer.view.pageCount() == 0);
    viewer.view.findNext(false);
    viewer.drag({10, 10}, {600, 480});
    QTest::keyClick(&viewer.view, Qt::Key_Right, Qt::ShiftModifier);
    CHECK(viewer.view.selection().text.isEmpty());
}

TEST_CASE("a screen reader is told the page, its text and what is selected", "[gui][page_view]") {
    TestApp app;
    Viewer viewer(app.theme(), {900, 1000});
    viewer.open(documentOf(samplePath("patient_record.pdf")));
    QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(&viewer.view);
    REQUIRE(tree != nullptr);
    CHECK(tree->role() == QAccessible::Document);
    CHECK(tree->text(QAccessible::Name) == u"Document");
    CHECK(tree->text(QAccessible::Value).startsWith(u"Page 1 of "));
    CHECK(tree->state().readOnly);
    QAccessibleTextInterface* text = tree->textInterface();
    REQUIRE(text != nullptr);
    CHECK(text->text(0, text->characterCount()).toStdString() == viewer.pages()[0].text);

    text->setSelection(0, 3, 9);
    int start = 0;
    int end = 0;
    text->selection(0, &start, &end);
    CHECK(text->selectionCount() == 1);
    CHECK(start == 3);
    CHECK(end == 9);
    viewer.view.goToPage(1);
    CHECK(tree->text(QAccessible::Value).startsWith(u"Page 2 of "));
    CHECK(text->text(0, text->characterCount()).toStdString() == viewer.pages()[1].text);
}

} // namespace attest::gui
