#include "gui/pages/boxed_text.h"
#include "gui/pages/sheet_stack.h"
#include "gui/pages/text_map.h"
#include "gui/pages/text_range.h"
#include "gui/pages/tile_cache.h"
#include "support/catch.h"

#include <string>

namespace attest::gui {

TEST_CASE("a word holds its figures and signs together and nothing else", "[gui][page_view]") {
    const std::string text = "K+ 5.6 mmol/L (12/03/1951), b.i.d. \xC3\xA9t\xC3\xA9. <200 end";
    const auto word = [&](const std::string& at) {
        const TextRange range = wordAround(text, text.find(at));
        return text.substr(range.begin, range.end - range.begin);
    };
    CHECK(word("5.6") == "5.6");
    CHECK(word(".6") == "5.6");
    CHECK(word("/L") == "mmol/L");
    CHECK(word("03") == "12/03/1951");
    CHECK(word("i.d") == "b.i.d");
    CHECK(word("t\xC3\xA9") == "\xC3\xA9t\xC3\xA9");
    CHECK(word("<") == "<");
    CHECK(word("200") == "200");
    CHECK(word(" 5").empty());
    CHECK(wordAround(text, text.size()).isEmpty());
    CHECK(nextWordBorder(text, 0) == 1);
    CHECK(previousWordBorder(text, text.size()) == text.find("end"));
}

TEST_CASE("steps by characters keep combining marks with their letter", "[gui][page_view]") {
    const std::string text = "a\x65\xCC\x81\xF0\x9F\x98\x80";
    CHECK(nextBorder(text, 0) == 1);
    CHECK(nextBorder(text, 1) == 4);
    CHECK(nextBorder(text, 4) == 8);
    CHECK(nextBorder(text, 8) == 8);
    CHECK(previousBorder(text, 8) == 4);
    CHECK(previousBorder(text, 4) == 1);
    CHECK(previousBorder(text, 0) == 0);
    CHECK(soundRange(text, {2, 3}) == TextRange{2, 4});
    CHECK(soundRange(text, {900, 2}) == TextRange{8, 8});
}

TEST_CASE("places in UTF-8 and UTF-16 map to each other", "[gui][page_view]") {
    const std::string text = "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80z\xFFy";
    const TextMap map(text);
    CHECK(map.string() == QString::fromStdString(text));
    const std::size_t bytes[] = {0, 1, 3, 6, 6, 10, 11, 12, 13}; // per UTF-16 unit
    for (qsizetype unit = 0; unit <= map.string().size(); ++unit) {
        CAPTURE(unit);
        CHECK(map.byteAt(unit) == bytes[unit]);
    }
    CHECK(map.unitAt(2) == 1);
    CHECK(map.unitAt(6) == 3);
    CHECK(map.unitAt(8) == 3);
    CHECK(map.unitAt(10) == 5);
    CHECK(map.unitAt(13) == 8);
    CHECK(map.unitAt(9000) == 8);
    CHECK(TextMap("plain").byteAt(3) == 3);
    CHECK(TextMap("").unitAt(3) == 0);
}

TEST_CASE("the cache of images drops what was not used for longest", "[gui][page_view]") {
    const QImage image(100, 100, QImage::Format_RGB32); // 40,000 bytes
    TileCache cache(130'000);
    for (std::size_t page = 0; page < 3; ++page) {
        cache.insert({page, 100, 0, 0, 0}, image);
    }
    CHECK(cache.find({0, 100, 0, 0, 0}) != nullptr);

    cache.insert({3, 100, 0, 0, 0}, image);

    CHECK(cache.bytes() == 120'000);
    CHECK(cache.contains({0, 100, 0, 0, 0}));
    CHECK(!cache.contains({1, 100, 0, 0, 0}));
    cache.insert({0, 400, 1, 0, 40}, image);
    CHECK(cache.standIns(0, 500).size() == 2);
    cache.insert({0, 400, 1, 0, 40}, image); // the same again
    CHECK(cache.bytes() == 120'000);
}

TEST_CASE("tiles cover the wanted part of a page and no more", "[gui][page_view]") {
    const QSize page(5000, 7000);
    const auto tiles = tilesIn(2, page, {1399, 1399, 3, 3});
    REQUIRE(tiles.size() == 4);
    QRect covered;
    for (const TileKey& key : tilesIn(2, page, {{}, page})) {
        covered = covered.united(tileRect(key, page));
        CHECK(QRect(QPoint(), page).contains(tileRect(key, page)));
    }
    CHECK(covered == QRect(QPoint(), page));
    CHECK(tilesIn(2, page, {-50, -50, 20, 20}).empty());
    CHECK(tilesIn(0, {1000, 1400}, {10, 10, 5, 5}).front().side == 0);
}

TEST_CASE("sheets stand on device pixels at every density and places survive a zoom",
          "[gui][page_view]") {
    const double ratio = GENERATE(1.0, 1.25, 1.5, 2.0);
    SheetStack stack;
    stack.setSizes({{793.3, 1122.5}, {600, 300}, {793.3, 1122.5}});
    stack.layOut(1.37, {900, 16, 12, ratio});
    for (std::size_t i = 0; i < stack.count(); ++i) {
        const QRectF rect = stack.rect(i);
        CHECK(std::abs(rect.left() * ratio - std::round(rect.left() * ratio)) < 1e-6);
        CHECK(std::abs(rect.top() * ratio - std::round(rect.top() * ratio)) < 1e-6);
        CHECK(stack.at(rect.center().y()) == i);
    }
    const QPointF point(440, 1800);
    const SheetPlace place = stack.placeAt(point);
    CHECK((stack.pointOf(place) - point).manhattanLength() < 1e-6);
    stack.layOut(2, {900, 16, 12, ratio});
    const SheetPlace again = stack.placeAt(stack.pointOf(place));
    CHECK(again.sheet == place.sheet);
    CHECK(std::abs(again.fraction.y() - place.fraction.y()) < 1e-6);
}

TEST_CASE("between two columns the nearer one is meant and a short line owns the room beside it",
          "[gui][page_view]") {
    // Two columns of two lines each; the left one's second line is short.
    storage::PageRecord page;
    page.text = "aaaa\na\n\nbbbb\nbbbb";
    const auto line = [&](int count, int left, int top) {
        for (int i = 0; i < count; ++i) {
            const auto at = [](int value) {
                return static_cast<std::uint16_t>(value);
            };
            page.charBoxes.insert(
                page.charBoxes.end(),
                {at(left + i * 5000), at(top), at(left + 5000 + i * 5000), at(top + 4000)});
        }
    };
    const auto lineBreak = [&] {
        page.charBoxes.insert(page.charBoxes.end(), 4, 0);
    };
    line(4, 5000, 5000);
    lineBreak();
    line(1, 5000, 10000);
    lineBreak();
    lineBreak();
    line(4, 40000, 5000);
    lineBreak();
    line(4, 40000, 10000);
    const BoxedText text(page, {65535, 65535});

    CHECK(text.borderAt({21000, 12000}) == 6);  // behind the short line's end
    CHECK(text.borderAt({30000, 7000}) == 4);   // nearer to the left column
    CHECK(text.borderAt({38000, 12000}) == 13); // and to the right one
    CHECK(text.borderAt({7400, 7000}) == 0);
    CHECK(text.borderAt({7600, 7000}) == 1);
    CHECK(text.characterAt({12000, 7000}) == 1U);
    CHECK(!text.characterAt({30000, 7000}));
    CHECK(text.rectsOf({0, 6}).size() == 2);
    CHECK(text.rectsOf({4, 5}).empty());
    CHECK(text.caretAt(6).left() == 10000);
}

} // namespace attest::gui
