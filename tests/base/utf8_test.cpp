#include "base/utf8.h"

#include "support/catch.h"

#include <vector>

using namespace attest;

namespace {

std::vector<char32_t> decodeAll(std::string_view text) {
    std::vector<char32_t> codePoints;
    for (std::size_t offset = 0; offset < text.size();) {
        codePoints.push_back(decodeUtf8(text, offset));
    }
    return codePoints;
}

} // namespace

TEST_CASE("Every code point survives encoding and decoding", "[base][utf8]") {
    for (char32_t codePoint = 0; codePoint <= 0x10FFFF; ++codePoint) {
        if (codePoint == 0xD800) {
            codePoint = 0xE000;
        }
        std::string text;
        appendUtf8(text, codePoint);
        std::size_t offset = 0;
        const bool same = isValidUtf8(text) && decodeUtf8(text, offset) == codePoint &&
                          offset == text.size() && codePointCount(text) == 1;
        if (!same) {
            CAPTURE(std::uint32_t(codePoint));
            REQUIRE(same);
        }
    }
}

TEST_CASE("Surrogates and numbers above the last code point become U+FFFD", "[base][utf8]") {
    for (const char32_t codePoint : {0xD800U, 0xDFFFU, 0x110000U, 0xFFFFFFFFU}) {
        std::string text;
        appendUtf8(text, codePoint);
        CHECK(text == "\xEF\xBF\xBD");
    }
}

TEST_CASE("Malformed UTF-8 is refused", "[base][utf8]") {
    const auto text = GENERATE(as<std::string>{},
                               "\x80",             // continuation alone
                               "\xC0\xAF",         // overlong '/'
                               "\xC1\xBF",         // overlong
                               "\xE0\x80\xAF",     // overlong
                               "\xE0\x9F\xBF",     // overlong
                               "\xF0\x8F\xBF\xBF", // overlong
                               "\xED\xA0\x80",     // surrogate
                               "\xED\xBF\xBF",     // surrogate
                               "\xF4\x90\x80\x80", // above U+10FFFF
                               "\xF5\x80\x80\x80",
                               "\xFF",
                               "a\xE2\x82", // cut at the end
                               "\xE2\x82"
                               "a", // cut in the middle
                               "\xF0\x9F\x98");
    CAPTURE(text);
    CHECK_FALSE(isValidUtf8(text));
    CHECK(isValidUtf8(toValidUtf8(text)));
}

TEST_CASE("Malformed parts decode to one U+FFFD each and consume at least a byte", "[base][utf8]") {
    // The example of the Unicode standard, table 3-8 (substitution of maximal subparts).
    CHECK(decodeAll("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64") ==
          std::vector<char32_t>{
              0x61, 0xFFFD, 0xFFFD, 0xFFFD, 0x62, 0xFFFD, 0x63, 0xFFFD, 0xFFFD, 0x64});
    CHECK(codePointCount("\xE2\x82\xAC\xFF") == 2);
    CHECK(toValidUtf8("a\xE2\x82z") == "a\xEF\xBF\xBDz");
}

TEST_CASE("Cutting text never cuts a character", "[base][utf8]") {
    const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z"; // a é € 😀 z

    const std::vector<std::size_t> expected = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (std::size_t size = 0; size < expected.size(); ++size) {
        CAPTURE(size);
        CHECK(truncateUtf8(text, size).size() == expected[size]);
    }
    // Malformed bytes are cut wherever they are.
    CHECK(truncateUtf8("\x80\x80\x80\x80", 2).size() == 2);
}
