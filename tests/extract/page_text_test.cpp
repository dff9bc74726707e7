#include "extract/page_text.h"

#include "support/catch.h"

#include <string>

using namespace attest;
using namespace attest::extract;

namespace {

// "ab cd\néf": every character 100 units wide, the second line below the first.
PageText twoLines() {
    PageText page;
    page.text = "ab cd\n\xC3\xA9"
                "f";
    page.boxes = {{0, 0, 100, 50},
                  {100, 0, 200, 50},
                  {},
                  {300, 0, 400, 50},
                  {400, 0, 500, 60},
                  {},
                  {0, 100, 100, 150},
                  {100, 100, 200, 150}};
    page.widthPoints = 600;
    page.heightPoints = 800;
    return page;
}

} // namespace

TEST_CASE("boxesOf joins the characters of a line and starts a new box on the next line",
          "[extract][page_text]") {
    const PageText page = twoLines();

    const auto boxes = boxesOf(page, 1, page.text.size());

    REQUIRE(boxes.size() == 2);
    CHECK(boxes[0] == PageBox{100 / 65535.0F, 0, 500 / 65535.0F, 60 / 65535.0F});
    CHECK(boxes[1] == PageBox{0, 100 / 65535.0F, 200 / 65535.0F, 150 / 65535.0F});
}

TEST_CASE("boxesOf is empty for notes, for empty ranges and for ranges behind the text",
          "[extract][page_text]") {
    const PageText page = twoLines();
    const PageText note{"plain text", {}, 0, 0};

    CHECK(boxesOf(note, 0, 5).empty());
    CHECK(boxesOf(page, 3, 3).empty());
    CHECK(boxesOf(page, 2, 3).empty()); // only a space
    CHECK(boxesOf(page, 100, 200).empty());
    CHECK(boxesOf(page, 6, 1000).size() == 1);
}

TEST_CASE("spanValue shows column gaps and line breaks as one space", "[extract][page_text]") {
    CHECK(spanValue("Type 2  diabetes\nmellitus") == "Type 2 diabetes mellitus");
    CHECK(spanValue("a\n\nb") == "a b");
    CHECK(spanValue("").empty());
}

TEST_CASE("words begin and end where the contract says", "[extract][page_text]") {
    // 0123456789...
    const std::string text = "Hb 13.2g/dL\n(low)";

    CHECK(isWordStart(text, 0));
    CHECK_FALSE(isWordStart(text, 1));
    CHECK_FALSE(isWordStart(text, 2)); // a space
    CHECK(isWordStart(text, 3));
    CHECK_FALSE(isWordStart(text, 5));  // the point of a number
    CHECK_FALSE(isWordStart(text, 6));  // behind it
    CHECK_FALSE(isWordStart(text, 7));  // "2g": a letter behind a digit
    CHECK(isWordStart(text, 12));       // the bracket
    CHECK(isWordStart(text, 13));       // behind the bracket
    CHECK_FALSE(isWordStart(text, 11)); // the line break
    CHECK_FALSE(isWordStart(text, text.size()));

    CHECK_FALSE(isWordEnd(text, 0));
    CHECK(isWordEnd(text, 2));
    CHECK_FALSE(isWordEnd(text, 3)); // behind a space
    CHECK_FALSE(isWordEnd(text, 5)); // before the point of a number
    CHECK_FALSE(isWordEnd(text, 6)); // behind it
    CHECK_FALSE(isWordEnd(text, 7));
    CHECK(isWordEnd(text, 11));
    CHECK(isWordEnd(text, text.size()));
}

TEST_CASE("a number is not cut at its point or comma", "[extract][page_text]") {
    const std::string text = "WBC 10,800. BP 120/80, Hb 9.";

    CHECK_FALSE(isWordEnd(text, 6));   // "10" of "10,800"
    CHECK_FALSE(isWordStart(text, 7)); // "800"
    CHECK(isWordEnd(text, 10));        // the full stop behind it is none of its own
    CHECK(isWordEnd(text, 18));        // "120" of "120/80"
    CHECK(isWordStart(text, 19));
    CHECK(isWordEnd(text, 27)); // "9"
}

TEST_CASE("letters beyond ASCII and their marks belong to the word", "[extract][page_text]") {
    const std::string text = "na\xC3\xAFve m\xC2\xB2 q\xCC\x83x"; // naïve m² q̃x

    CHECK_FALSE(isWordStart(text, 2)); // ï after a
    CHECK_FALSE(isWordStart(text, 3)); // inside ï
    CHECK_FALSE(isWordEnd(text, 3));
    CHECK_FALSE(isWordEnd(text, 4)); // v follows
    CHECK(isWordEnd(text, 6));
    CHECK_FALSE(isWordEnd(text, 8)); // between m and ²
    CHECK(isWordEnd(text, 10));
    CHECK_FALSE(isWordEnd(text, 12));   // between q and its tilde
    CHECK_FALSE(isWordStart(text, 14)); // x after the tilde
}
