#include "extract/chunk.h"

#include "support/catch.h"

#include <random>
#include <string>
#include <vector>

using namespace attest;
using namespace attest::extract;

namespace {

// One token a word and one a line break: simple to reason about.
std::size_t countWords(std::string_view text) {
    std::size_t tokens = 0;
    bool isInWord = false;
    for (const char byte : text) {
        const bool isBlank = byte == ' ' || byte == '\n';
        tokens += (!isBlank && !isInWord) || byte == '\n' ? 1 : 0;
        isInWord = !isBlank;
    }
    return tokens;
}

std::vector<PageText> pagesOf(std::initializer_list<std::string> texts) {
    std::vector<PageText> pages;
    for (const std::string& text : texts) {
        pages.push_back({text, {}, 0, 0});
    }
    return pages;
}

// Text of the segments that values may come from.
std::string body(const Chunk& chunk) {
    std::string text;
    for (const ChunkSegment& segment : chunk.segments) {
        if (!segment.isContext) {
            text +=
                chunk.text.substr(segment.chunkBegin, segment.source.end - segment.source.begin);
            text += '\n';
        }
    }
    return text;
}

std::string withoutBlanks(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        if (byte != ' ' && byte != '\n') {
            out += byte;
        }
    }
    return out;
}

// What must hold for every chunk of every document.
void checkChunks(const std::vector<PageText>& pages, const std::vector<Chunk>& chunks) {
    std::string covered;
    SourceSpan last;
    for (const Chunk& chunk : chunks) {
        REQUIRE_FALSE(chunk.segments.empty());
        std::string rebuilt;
        for (std::size_t i = 0; i < chunk.segments.size(); ++i) {
            const ChunkSegment& segment = chunk.segments[i];
            const auto& source = segment.source;
            if (i > 0) {
                const auto& before = chunk.segments[i - 1].source;
                rebuilt += before.pageIndex == source.pageIndex ? "\n" : "\n\n";
                const bool isBehind =
                    before.pageIndex < source.pageIndex ||
                    (before.pageIndex == source.pageIndex && before.end <= source.begin);
                REQUIRE(isBehind);
            }
            REQUIRE(segment.chunkBegin == rebuilt.size());
            REQUIRE(std::size_t(source.pageIndex) < pages.size());
            const std::string& page = pages[std::size_t(source.pageIndex)].text;
            REQUIRE(source.begin < source.end);
            REQUIRE(source.end <= page.size());
            rebuilt += page.substr(source.begin, source.end - source.begin);
            if (!segment.isContext) {
                covered += page.substr(source.begin, source.end - source.begin);
                const bool isBehindLast =
                    last.pageIndex < source.pageIndex || last.end <= source.begin;
                REQUIRE(isBehindLast);
                last = source;
            }
        }
        REQUIRE(chunk.text == rebuilt);
    }
    std::string all;
    for (const PageText& page : pages) {
        all += page.text;
    }
    REQUIRE(withoutBlanks(covered) == withoutBlanks(all));
}

std::string randomPage(std::mt19937& random) {
    const auto pick = [&random](std::size_t n) {
        return std::size_t(random() % n);
    };
    static const std::vector<std::string> kWords = {"Aspirin",
                                                    "81",
                                                    "mg",
                                                    "daily.",
                                                    "and",
                                                    "Plan:",
                                                    "HISTORY",
                                                    "-",
                                                    "1.",
                                                    "\xC3\xA9t\xC3\xA9",
                                                    "x"};
    std::string text;
    const std::size_t lines = pick(30);
    for (std::size_t line = 0; line < lines; ++line) {
        if (!text.empty()) {
            text += pick(5) == 0 ? "\n\n" : "\n";
        }
        const std::size_t words = 1 + pick(pick(10) == 0 ? 60 : 9);
        for (std::size_t word = 0; word < words; ++word) {
            text += word == 0 ? "" : (pick(4) == 0 ? "  " : " ");
            text += kWords[pick(kWords.size())];
        }
    }
    return text;
}

} // namespace

TEST_CASE("a document that fits is one chunk and keeps its text", "[extract][chunk]") {
    const auto pages = pagesOf({"Plan\n\nGo home.", "Second page"});

    const auto chunks = makeChunks(pages, countWords, {.maxTokens = 100});

    REQUIRE(chunks.size() == 1);
    CHECK(chunks[0].text == "Plan\n\nGo home.\n\nSecond page");
    checkChunks(pages, chunks);
    CHECK(makeChunks({}, countWords, {}).empty());
    CHECK(makeChunks(pagesOf({"", ""}), countWords, {}).empty());
}

TEST_CASE("chunks of random documents cover all text once, in order and within their budget",
          "[extract][chunk]") {
    std::mt19937 random(20261121);
    for (int round = 0; round < 200; ++round) {
        CAPTURE(round);
        std::vector<PageText> pages;
        const std::size_t pageCount = random() % 5;
        for (std::size_t i = 0; i < pageCount; ++i) {
            pages.push_back({randomPage(random), {}, 0, 0});
        }
        const ChunkOptions options{.maxTokens = 10 + random() % 60,
                                   .overlapLines = std::size_t(random() % 3)};

        const auto chunks = makeChunks(pages, countWords, options);

        checkChunks(pages, chunks);
        for (const Chunk& chunk : chunks) {
            CHECK(countWords(chunk.text) <= options.maxTokens);
            const auto halves = splitChunk(chunk);
            REQUIRE((halves.size() == 1 || halves.size() == 2));
            std::string joined;
            for (const Chunk& half : halves) {
                joined += body(half);
            }
            CHECK(withoutBlanks(joined) == withoutBlanks(body(chunk)));
            if (halves.size() == 2) {
                CHECK(body(halves[0]).size() < body(chunk).size());
                CHECK(body(halves[1]).size() < body(chunk).size());
            }
        }
    }
}

TEST_CASE("a cut table shows its header row again, as context", "[extract][chunk]") {
    std::string table = "Test  Result  Reference range";
    for (int row = 0; row < 12; ++row) {
        table += "\nSodium  " + std::to_string(130 + row) + "  135-145";
    }
    const auto pages = pagesOf({table});

    const auto chunks = makeChunks(pages, countWords, {.maxTokens = 24});

    REQUIRE(chunks.size() > 2);
    checkChunks(pages, chunks);
    for (std::size_t i = 1; i < chunks.size(); ++i) {
        CAPTURE(i);
        REQUIRE(chunks[i].segments.front().isContext);
        CHECK(chunks[i].text.rfind("Test  Result  Reference range\nSodium", 0) == 0);
    }
    const auto halves = splitChunk(chunks[1]);
    REQUIRE(halves.size() == 2);
    CHECK(halves[0].segments.front().isContext);
    CHECK(halves[1].segments.front().isContext);
}

TEST_CASE("list items are not cut and a heading stays with what follows", "[extract][chunk]") {
    const auto pages = pagesOf({"INTRODUCTION\none two three four five six seven.\n"
                                "MEDICATIONS\n"
                                "- Aspirin 81 mg\nonce daily by mouth\n"
                                "- Metformin 500 mg\ntwice daily by mouth\n"
                                "- Lisinopril 10 mg\nonce daily by mouth"});

    const auto chunks = makeChunks(pages, countWords, {.maxTokens = 15});

    checkChunks(pages, chunks);
    for (const Chunk& chunk : chunks) {
        const std::string text = body(chunk);
        CAPTURE(text);
        CHECK(text.rfind("once", 0) != 0);
        CHECK(text.rfind("twice", 0) != 0);
        const std::string heading = "MEDICATIONS\n";
        const bool endsWithHeading =
            text.size() >= heading.size() &&
            text.compare(text.size() - heading.size(), heading.size(), heading) == 0;
        CHECK_FALSE(endsWithHeading);
    }
    // The heading of a cut list is shown again.
    REQUIRE(chunks.size() >= 3);
    CHECK(chunks.back().text.rfind("MEDICATIONS\n- Lisinopril", 0) == 0);
    CHECK(chunks.back().segments.front().isContext);
}

TEST_CASE("cuts prefer page ends and empty lines to lines inside a paragraph", "[extract][chunk]") {
    const auto pages = pagesOf(
        {"one two three four five\nsix seven eight nine ten", "a b c d e f\n\ng h i j\nk l m n o"});

    const auto atPage = makeChunks(pages, countWords, {.maxTokens = 18});
    const auto atEmptyLine =
        makeChunks(pagesOf({pages[1].text + "\nand so on"}), countWords, {.maxTokens = 15});

    REQUIRE(atPage.size() == 2);
    CHECK(atPage[0].text == pages[0].text);
    REQUIRE(atEmptyLine.size() == 2);
    CHECK(atEmptyLine[0].text == "a b c d e f");
}

TEST_CASE("a line longer than a chunk is cut at a sentence end, else at a word end",
          "[extract][chunk]") {
    const auto sentences =
        makeChunks(pagesOf({"One two three four five. Six seven eight nine ten eleven twelve."}),
                   countWords,
                   {.maxTokens = 9});
    const auto words = makeChunks(
        pagesOf({"a b c d e f g h i j k l m n o p q r s t"}), countWords, {.maxTokens = 8});

    REQUIRE(sentences.size() == 2);
    CHECK(sentences[0].text == "One two three four five.");
    REQUIRE(words.size() == 3);
    CHECK(words[1].text == "h i j k l m n");
}

TEST_CASE("the heading that a long line begins with is shown again before its later pieces",
          "[extract][chunk]") {
    const auto chunks = makeChunks(
        pagesOf({"Past Medical History: one two three four five six. seven eight nine ten eleven "
                 "twelve. a b c d e f g h i"}),
        countWords,
        {.maxTokens = 14});

    REQUIRE(chunks.size() == 3);
    CHECK(chunks[0].text == "Past Medical History: one two three four five six.");
    CHECK(chunks[1].text == "Past Medical History:\nseven eight nine ten eleven twelve.");
    CHECK(chunks[2].text.starts_with("Past Medical History:\na b c"));
    REQUIRE(chunks[1].segments.size() == 2);
    CHECK(chunks[1].segments[0].isContext);
    CHECK(chunks[1].segments[0].source.begin == 0);
    CHECK(chunks[1].segments[0].source.end == 21);
    CHECK_FALSE(chunks[1].segments[1].isContext);
}

TEST_CASE("a word of many thousand bytes is cut between code points", "[extract][chunk]") {
    std::string word;
    for (int i = 0; i < 5000; ++i) {
        word += "\xC3\xA9";
    }
    const auto pages = pagesOf({word});

    const auto chunks =
        makeChunks(pages, [](std::string_view text) { return text.size(); }, {.maxTokens = 400});

    REQUIRE(chunks.size() > 20);
    checkChunks(pages, chunks);
    for (const Chunk& chunk : chunks) {
        CHECK(chunk.text.size() % 2 == 0);
        CHECK(chunk.text.size() <= 400);
    }
}

TEST_CASE("a chunk of one short word cannot be split", "[extract][chunk]") {
    const auto chunks = makeChunks(pagesOf({"x"}), countWords, {.maxTokens = 30});
    REQUIRE(chunks.size() == 1);

    CHECK(splitChunk(chunks[0]).size() == 1);
}

TEST_CASE("chunking counts each line's tokens a bounded number of times", "[extract][chunk]") {
    std::mt19937 random(1);
    std::vector<PageText> pages;
    std::size_t bytes = 0;
    for (int i = 0; i < 400; ++i) {
        pages.push_back({randomPage(random), {}, 0, 0});
        bytes += pages.back().text.size();
    }
    std::size_t counted = 0;
    const auto counting = [&counted](std::string_view text) {
        counted += text.size();
        return countWords(text);
    };

    const auto chunks = makeChunks(pages, counting, {.maxTokens = 300});

    checkChunks(pages, chunks);
    CHECK(counted < 4 * bytes);
}
