#include "extract/text/page_layout.h"

#include "base/utf8.h"
#include "extract/document_reader.h"
#include "extract/text/hyphens.h"
#include "support/catch.h"

#include <filesystem>
#include <random>
#include <regex>
#include <string>

using namespace attest;
using namespace attest::extract;

namespace {

// A page of 600 x 800 points in a font of 6 points a character and 11 points height.
class PageMaker {
public:
    PageMaker() {
        page_.width = 600;
        page_.height = 800;
    }

    // Words at a baseline, with 3 points between them.
    PageMaker& line(float x, float y, const std::string& words, float size = 10) {
        std::size_t begin = 0;
        while (begin < words.size()) {
            const std::size_t end = std::min(words.find(' ', begin), words.size());
            x = word(x, y, words.substr(begin, end - begin), size) + 0.3F * size;
            begin = end + 1;
        }
        return *this;
    }

    float word(float x, float y, const std::string& utf8, float size = 10, int turns = 0) {
        PlacedWord word;
        word.quarterTurns = turns;
        for (std::size_t offset = 0; offset < utf8.size();) {
            word.text.push_back(decodeUtf8(utf8, offset));
            word.boxes.push_back({x, y - 0.9F * size, x + 0.6F * size, y + 0.2F * size});
            x += 0.6F * size;
        }
        page_.words.push_back(word);
        return x;
    }

    std::string text() const { return layOutPage(page_).text; }

    PlacedPage& page() { return page_; }

private:
    PlacedPage page_;
};

std::size_t codePoints(const std::string& text) {
    return codePointCount(text);
}

void checkForm(const PageText& page) {
    static const std::regex broken("   |\n\n\n|^[ \n]|[ ]\n|\n[ ]|[ ]$|\n$|[\t\r\f]");
    CAPTURE(page.text);
    REQUIRE_FALSE(std::regex_search(page.text, broken));
    REQUIRE(isValidUtf8(page.text));
    REQUIRE(page.boxes.size() == codePoints(page.text));
    std::size_t index = 0;
    for (std::size_t offset = 0; offset < page.text.size(); ++index) {
        const char32_t codePoint = decodeUtf8(page.text, offset);
        const bool isBlank = codePoint == U' ' || codePoint == U'\n';
        const CharBox& box = page.boxes[index];
        REQUIRE((box == CharBox{}) == isBlank);
        REQUIRE(box.left <= box.right);
        REQUIRE(box.top <= box.bottom);
    }
}

} // namespace

TEST_CASE("words of a line are separated by a space, cells by two", "[extract][layout]") {
    PageMaker page;
    page.line(50, 100, "Serum sodium").line(300, 100, "138").line(400, 100.5F, "mmol/L");
    page.line(50, 115, "Potassium").line(300, 115, "4.1").line(400, 115, "mmol/L");

    CHECK(page.text() == "Serum sodium  138  mmol/L\nPotassium  4.1  mmol/L");
}

TEST_CASE("pieces of a word that touch are one word, and exponents stay in their line",
          "[extract][layout]") {
    PageMaker page;
    float x = page.word(50, 100, "10");
    x = page.word(x + 0.2F, 95.5F, "9", 6); // raised
    page.word(x, 100, "/L");

    CHECK(page.text() == "109/L");
}

TEST_CASE("a clearly larger distance begins a new block, evenly spaced rows do not",
          "[extract][layout]") {
    PageMaker blocks;
    blocks.line(50, 100, "one").line(50, 112, "two").line(50, 140, "three").line(50, 152, "four");
    PageMaker rows;
    rows.line(50, 100, "a").line(50, 112, "b").line(50, 124, "c").line(50, 136, "d");
    rows.line(50, 156, "e").line(50, 176, "f").line(50, 196, "g");

    CHECK(blocks.text() == "one\ntwo\n\nthree\nfour");
    CHECK(rows.text() == "a\nb\nc\nd\ne\nf\ng");
}

TEST_CASE("two columns of prose are read one after the other", "[extract][layout]") {
    const std::vector<std::string> left = {"The patient was seen on",
                                           "the ward and had no new",
                                           "complaints. He walked with",
                                           "a stick and slept well in",
                                           "the night before he went",
                                           "home with his daughter."};
    const std::vector<std::string> right = {"Laboratory values were all",
                                            "within the usual limits but",
                                            "for the ferritin, which was",
                                            "low again. Iron was given",
                                            "by mouth and is to be",
                                            "taken until the spring."};
    PageMaker page;
    page.line(50, 80, "A title across both of the columns of this page goes here in one line");
    std::string expectedLeft;
    std::string expectedRight;
    for (std::size_t i = 0; i < left.size(); ++i) {
        // The right column stands half a line lower: no row fits both.
        page.line(50, 120 + 12 * float(i), left[i]).line(320, 126 + 12 * float(i), right[i]);
        expectedLeft += "\n" + left[i];
        expectedRight += "\n" + right[i];
    }

    const std::string text = page.text();

    CAPTURE(text);
    CHECK(text.find(expectedLeft.substr(1) + "\n\n" + expectedRight.substr(1)) !=
          std::string::npos);
}

TEST_CASE("turned text is laid out upright, after the main text", "[extract][layout]") {
    PageMaker page;
    page.line(50, 100, "Main text of the page").line(50, 112, "and more");
    // "Ab" reading upwards at the left edge: the second letter stands above the first.
    PlacedWord turned;
    turned.text = U"Ab";
    turned.boxes = {{10, 400, 21, 406}, {10, 394, 21, 400}};
    turned.quarterTurns = 3;
    page.page().words.push_back(turned);

    CHECK(page.text() == "Main text of the page\nand more\n\nAb");
}

TEST_CASE("bullets keep to their item and symbol fonts' bullets become real ones",
          "[extract][layout]") {
    PageMaker page;
    page.word(50, 100, "\xEF\x82\xB7");
    page.line(75, 100, "Aspirin daily");

    CHECK(page.text() == "\xE2\x80\xA2 Aspirin daily");
}

TEST_CASE("boxes follow ligatures and composed letters", "[extract][layout]") {
    PageMaker page;
    page.word(50,
              100,
              "\xEF\xAC\x81"
              "e\xCC\x81"); // fi ligature, e, combining acute

    const PageText text = layOutPage(page.page());

    CHECK(text.text == "fi\xC3\xA9");
    REQUIRE(text.boxes.size() == 3);
    CHECK(text.boxes[0] == text.boxes[1]);
    CHECK(text.boxes[2].left < text.boxes[2].right);
    checkForm(text);
}

TEST_CASE("boxes follow their characters when a cut word is joined", "[extract][layout]") {
    PageMaker page;
    page.line(50, 100, "a hyper-").line(50, 112, "tension, hypertension end");
    std::vector<PageText> pages = {layOutPage(page.page())};
    REQUIRE(pages[0].text == "a hyper-\ntension, hypertension end");
    const CharBox t = pages[0].boxes[9];

    joinHyphenatedWords(pages);

    CHECK(pages[0].text == "a hypertension,\nhypertension end");
    checkForm(pages[0]);
    CHECK(pages[0].boxes[7] == t);
}

TEST_CASE("whatever words a page has, its text has the promised form", "[extract][layout]") {
    const std::vector<std::string> words = {"a",
                                            "Aspirin",
                                            "5",
                                            "mg.",
                                            "-",
                                            "\xC2\xA0",
                                            "\xC2\xAD",
                                            "e\xCC\x81",
                                            "\xCC\x81",
                                            "x\ty",
                                            "\n",
                                            "\xEF\xAC\x81",
                                            "\xE2\x80\xAE",
                                            "\xF3\xA0\x81\x81",
                                            "infor-",
                                            "\xEF\xBF\xBF",
                                            "\xE6\x97\xA5\xE6\x9C\xAC",
                                            "a\xC2\xA0 b",
                                            "\xEF\x82\xB7"};
    std::mt19937 random(11);
    const auto pick = [&random](std::size_t n) {
        return std::size_t(random() % n);
    };
    for (int round = 0; round < 400; ++round) {
        CAPTURE(round);
        PageMaker page;
        const std::size_t count = pick(60);
        for (std::size_t i = 0; i < count; ++i) {
            const float size = pick(12) == 0 ? 0.5F : float(4 + pick(20));
            page.word(float(pick(550)),
                      float(30 + pick(740)),
                      words[pick(words.size())],
                      size,
                      pick(8) == 0 ? int(pick(4)) : 0);
        }
        std::vector<PageText> pages = {layOutPage(page.page())};
        checkForm(pages[0]);
        joinHyphenatedWords(pages);
        checkForm(pages[0]);
    }
}

TEST_CASE("a page of very many words is laid out in linear order of time", "[extract][layout]") {
    PageMaker page;
    for (int i = 0; i < 60'000; ++i) {
        page.word(float(i % 50) * 11, float(20 + i / 50 % 700), "x", 2);
    }

    const PageText text = layOutPage(page.page());

    CHECK(text.text.size() > 100'000);
}
