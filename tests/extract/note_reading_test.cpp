#include "extract/document_reader.h"
#include "extract/text/note_encoding.h"
#include "support/catch.h"

#include <random>
#include <regex>
#include <string>

using namespace attest;
using namespace attest::extract;

namespace {

std::string noteText(std::string_view bytes) {
    const DocumentText note = readNote(bytes);
    std::string text;
    for (const PageText& page : note.pages) {
        text += (text.empty() ? "" : "\f") + page.text;
    }
    return text;
}

// "naïve 5 µg" in the encodings it is tested in.
const std::string kUtf8 = "na\xC3\xAFve 5 \xC2\xB5g\nMg 2";

std::string wide(std::u32string_view text, std::size_t unit, bool isBig) {
    std::string out;
    for (const char32_t codePoint : text) {
        for (std::size_t i = 0; i < unit; ++i) {
            const std::size_t shift = 8 * (isBig ? unit - 1 - i : i);
            out.push_back(static_cast<char>((codePoint >> shift) & 0xFFU));
        }
    }
    return out;
}

bool isFolded(const std::string& text) {
    static const std::regex broken("   |\n\n\n|^[ \n]|[ ]\n|\n[ ]|[ ]$|\n$|[\t\r\f]");
    return !std::regex_search(text, broken);
}

} // namespace

TEST_CASE("notes in any common encoding give the same text", "[extract][note]") {
    const std::u32string text = U"na\u00EFve 5 \u00B5g\nMg 2";
    const std::string latin1 = "na\xEFve 5 \xB5g\nMg 2";

    CHECK(noteText(kUtf8) == kUtf8);
    CHECK(noteText("\xEF\xBB\xBF" + kUtf8) == kUtf8);
    CHECK(noteText(latin1) == kUtf8);
    for (const bool isBig : {false, true}) {
        for (const std::size_t unit : {std::size_t{2}, std::size_t{4}}) {
            CAPTURE(isBig, unit);
            CHECK(noteText(wide(text, unit, isBig)) == kUtf8);
            CHECK(noteText(wide(U"\uFEFF" + text, unit, isBig)) == kUtf8);
        }
    }
}

TEST_CASE("older encodings are guessed from enough text", "[extract][note]") {
    // Windows-1251: a Russian sentence, long enough to tell.
    const std::string russian =
        "\xCF\xE0\xF6\xE8\xE5\xED\xF2 \xE6\xE0\xEB\xF3\xE5\xF2\xF1\xFF \xED\xE0 "
        "\xE3\xEE\xEB\xEE\xE2\xED\xF3\xFE \xE1\xEE\xEB\xFC \xE8 "
        "\xF1\xEB\xE0\xE1\xEE\xF1\xF2\xFC \xE2 \xF2\xE5\xF7\xE5\xED\xE8\xE5 "
        "\xF2\xF0\xE5\xF5 \xE4\xED\xE5\xE9.";

    CHECK(noteText(russian).find(
              "\xD0\xB3\xD0\xBE\xD0\xBB\xD0\xBE\xD0\xB2\xD0\xBD\xD1\x83\xD1\x8E") !=
          std::string::npos); // головную
    CHECK(noteText("\x93Quoted\x94 \x96 5 \x80") == "\"Quoted\" - 5 \xE2\x82\xAC"); // Windows-1252
}

TEST_CASE("layout of notes is folded: lines, gaps, pages", "[extract][note]") {
    CHECK(noteText("a\r\nb\rc\n\n\n\nd") == "a\nb\nc\n\nd");
    CHECK(noteText("Sodium\t138\tmmol/L") == "Sodium  138  mmol/L");
    CHECK(noteText("Sodium      138") == "Sodium  138");
    CHECK(noteText("Better.  Still weak.") == "Better. Still weak.");
    CHECK(noteText("   indented \n\t line  ") == "indented\nline");
    CHECK(noteText("page one\fpage two\f\f") == "page one\fpage two");
    CHECK(noteText("\xE2\x80\x9Chi\xE2\x80\x9D \xE2\x80\x94 \xEF\xAC\x81ne\xC2\xA0now") ==
          "\"hi\" - fine now");
    CHECK(noteText("zero\xE2\x80\x8Bwidth so\xC2\xAD"
                   "ft \xE2\x80\xAE"
                   "bidi") == "zerowidth soft bidi");
    CHECK(noteText("e\xCC\x81t\xC3\xA9") == "\xC3\xA9t\xC3\xA9"); // NFC
}

TEST_CASE("words cut by a line end are joined only when the document has them whole",
          "[extract][note]") {
    CHECK(noteText("infor-\nmation and Information") == "information\nand Information");
    CHECK(noteText("a follow-\nup visit") == "a follow-\nup visit");
    CHECK(noteText("hyper-\ntension,\nno hypertension") == "hypertension,\nno hypertension");
    CHECK(noteText("see X-\nRay, xray") == "see X-\nRay, xray"); // a capital begins a new word
}

TEST_CASE("long notes are cut into pages at empty lines", "[extract][note]") {
    std::string long_;
    for (int i = 0; i < 2000; ++i) {
        long_ += "Line " + std::to_string(i) + " of a long note.\n" + (i % 10 == 9 ? "\n" : "");
    }
    const DocumentText note = readNote(long_);

    REQUIRE(note.pages.size() > 2);
    std::string joined;
    for (const PageText& page : note.pages) {
        CHECK(page.text.size() < 13'000);
        CHECK(isFolded(page.text));
        joined += page.text + "\n\n";
    }
    CHECK(joined == long_);
    CHECK(readNote(std::string(50'000, 'x')).pages.size() == 1);
}

TEST_CASE("empty notes and binary data have their own status", "[extract][note]") {
    CHECK(readNote("").status == ReadStatus::Empty);
    CHECK(readNote(" \n\t\r\n \xE2\x80\x8B").status == ReadStatus::Empty);
    CHECK_FALSE(readNote("").message.empty());
    std::string binary;
    for (int i = 0; i < 4000; ++i) {
        binary.push_back(static_cast<char>(i * 37 % 256));
    }
    CHECK(readNote(binary).status == ReadStatus::Damaged);
    const auto refused = noteToUtf8(binary);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::Unsupported);
    // A stray zero byte is no reason to refuse a note.
    CHECK(noteText(std::string("a\0b", 3) + std::string(200, 'c')).substr(0, 3) == "abc");
    CHECK(readNote("x").kind == "text");
    CHECK(readNote("x").sha256 ==
          "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
}

TEST_CASE("whatever a note holds, its pages have the promised form and fold to themselves",
          "[extract][note]") {
    const std::vector<std::string> pieces = {"a",
                                             "Word",
                                             "5",
                                             ".",
                                             " ",
                                             "  ",
                                             "   ",
                                             "\t",
                                             "\n",
                                             "\r\n",
                                             "\n\n",
                                             "\r",
                                             "-\n",
                                             "\xC2\xA0",
                                             "\xC2\xAD",
                                             "\xE2\x80\x8B",
                                             "\xCC\x81",
                                             "\xE2\x80\x93",
                                             "\xEF\xAC\x81",
                                             "\xFF",
                                             "\xC3",
                                             "\x01",
                                             "\xE2\x80\xA8",
                                             "\xF3\xA0\x81\x81",
                                             "\xED\xA0\x80",
                                             "\xE6\x97\xA5",
                                             "\xF0\x9F\x98\x80",
                                             "\xE1\x84\x80\xE1\x85\xA1",
                                             "-",
                                             "\xEF\x82\xB7"};
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string note;
        const std::size_t count = random() % 40;
        for (std::size_t i = 0; i < count; ++i) {
            note += pieces[random() % pieces.size()];
        }
        CAPTURE(note);
        const DocumentText read = readNote(note);
        for (const PageText& page : read.pages) {
            CAPTURE(page.text);
            REQUIRE(isFolded(page.text));
            REQUIRE_FALSE(page.text.empty());
            // But for a cell that ends like a sentence, which then reads as typewriter spacing.
            if (page.text.find(".  ") == std::string::npos) {
                REQUIRE(noteText(page.text) == page.text);
            }
        }
    }
}
