#include "extract/summary/summary.h"

#include "extract/text/sentences.h"
#include "support/catch.h"

#include <algorithm>
#include <random>

using attest::SourceSpan;
using attest::extract::checkedFreeSummary;
using attest::extract::DecodedPart;
using attest::extract::DecodedValue;
using attest::extract::FieldKind;
using attest::extract::freeSummaryQuestions;
using attest::extract::numbersAreCited;
using attest::extract::PageText;
using attest::extract::splitSentences;
using attest::extract::strictSummary;

namespace {

std::vector<std::string> sentences(std::string_view text) {
    std::vector<std::string> found;
    for (const auto& range : splitSentences(text)) {
        found.emplace_back(text.substr(range.begin, range.end - range.begin));
    }
    return found;
}

DecodedValue written(std::string pointer, std::string text, FieldKind kind) {
    DecodedValue value;
    value.pointer = std::move(pointer);
    value.text = std::move(text);
    value.kind = kind;
    return value;
}

DecodedValue chosen(std::string text, SourceSpan span, float logProbability) {
    DecodedValue value = written("/sentences/0", std::move(text), FieldKind::Verbatim);
    value.span = span;
    value.logProbability = logProbability;
    return value;
}

std::size_t countWords(std::string_view text) {
    return std::size_t(std::count(text.begin(), text.end(), ' ')) + 1;
}

} // namespace

TEST_CASE("sentences end at stops but not at abbreviations, numbers or initials",
          "[extract][text]") {
    CHECK(sentences("Seen by Dr. Smith at 3.5 weeks. He is well! Is he? Yes.") ==
          std::vector<std::string>{
              "Seen by Dr. Smith at 3.5 weeks.", "He is well!", "Is he?", "Yes."});
    CHECK(sentences("Signed J. Doe. (Reviewed.) Next") ==
          std::vector<std::string>{"Signed J. Doe.", "(Reviewed.)", "Next"});
}

TEST_CASE("a line that stands alone is a sentence, a wrapped line is not", "[extract][text]") {
    CHECK(sentences("IMPRESSION:\nNo acute finding.\n1. Rest\n2. Water") ==
          std::vector<std::string>{"IMPRESSION:", "No acute finding.", "1. Rest", "2. Water"});
    CHECK(sentences(
              "The patient was admitted with chest pain that had begun\nin the evening before.") ==
          std::vector<std::string>{
              "The patient was admitted with chest pain that had begun\nin the evening before."});
    CHECK(sentences("Sodium  140  mmol/L\nPotassium  4.0  mmol/L").size() == 2);
}

TEST_CASE("sentences cover every byte that is not blank exactly once", "[extract][text]") {
    std::mt19937 rng(7);
    const std::string_view alphabet = "ab.!? \n\n:-1)\"";
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (int i = 0; i < 60; ++i) {
            text += alphabet[rng() % alphabet.size()];
        }
        std::size_t at = 0;
        for (const auto& range : splitSentences(text)) {
            CAPTURE(text);
            REQUIRE(range.begin >= at);
            REQUIRE(range.begin < range.end);
            for (; at < range.begin; ++at) {
                REQUIRE((text[at] == ' ' || text[at] == '\n'));
            }
            at = range.end;
        }
        REQUIRE(text.find_first_not_of(" \n", at) == std::string::npos);
    }
}

TEST_CASE("a number that no cited sentence holds is noticed", "[extract][summary]") {
    CHECK(numbersAreCited("Took 5 mg daily.", {"He takes 5 mg.", "Daily."}));
    CHECK(numbersAreCited("No figures at all.", {"Anything."}));
    CHECK_FALSE(numbersAreCited("Took 50 mg daily.", {"He takes 5 mg."}));
    CHECK_FALSE(numbersAreCited("Seen on 2024-03-04.", {"Seen on 2024-03-05."}));
}

TEST_CASE("a free summary's false figure is replaced by its source", "[extract][summary]") {
    std::vector<PageText> pages(1);
    pages[0].text = "He takes 5 mg of Aspirin.\n\nHe went home.";
    const auto questions = freeSummaryQuestions(pages, countWords, 1000);
    REQUIRE(questions.size() == 1);
    REQUIRE(questions[0].sentences.size() == 2);
    CHECK(questions[0].chunk.text == "1. He takes 5 mg of Aspirin.\n2. He went home.");
    DecodedPart answer;
    answer.values = {written("/summary/0/text", "He went home.", FieldKind::Free),
                     written("/summary/0/cites/0", "2", FieldKind::Integer),
                     written("/summary/1/text", "He takes 500 mg.", FieldKind::Free),
                     written("/summary/1/cites/0", "1", FieldKind::Integer)};

    const auto summary = checkedFreeSummary(questions[0], answer);

    REQUIRE(summary.size() == 2);
    CHECK_FALSE(summary[0].isReplaced);
    CHECK(summary[0].citations == std::vector<SourceSpan>{questions[0].sentences[1].source});
    CHECK(summary[1].isReplaced);
    CHECK(summary[1].text == "He takes 5 mg of Aspirin.");
}

TEST_CASE("what a model thinks is no part of its summary", "[extract][summary]") {
    std::vector<PageText> pages(1);
    pages[0].text = "He takes 5 mg of Aspirin. He sleeps well.";
    const auto questions = freeSummaryQuestions(pages, countWords, 100);
    REQUIRE(questions.size() == 1);
    DecodedPart answer;
    answer.values = {written("/summary/0/text",
                             "<think>\n9 mg, or is it?</think>\nAspirin 5 mg.",
                             FieldKind::Free),
                     written("/summary/0/cites/0", "1", FieldKind::Integer),
                     written("/summary/1/text", "<think>never closed", FieldKind::Free),
                     written("/summary/1/cites/0", "2", FieldKind::Integer)};

    const auto summary = checkedFreeSummary(questions[0], answer);

    REQUIRE(summary.size() == 2);
    CHECK(summary[0].text == "Aspirin 5 mg.");
    CHECK_FALSE(summary[0].isReplaced);
    CHECK(summary[1].text == "He sleeps well.");
    CHECK(summary[1].isReplaced);
}

TEST_CASE("sentences are asked about in as many questions as the budget needs",
          "[extract][summary]") {
    std::vector<PageText> pages(2);
    pages[0].text = "One two three.\n\nFour five six.";
    pages[1].text = "Seven eight nine.";

    const auto questions = freeSummaryQuestions(pages, countWords, 8);

    REQUIRE(questions.size() == 3);
    CHECK(questions[2].sentences[0].source == SourceSpan{1, 0, 17});
    CHECK(questions[2].chunk.segments[0].isContext);
}

TEST_CASE("a strict summary keeps the most probable sentences in document order",
          "[extract][summary]") {
    DecodedPart first;
    first.values = {chosen("B", {0, 50, 51}, -0.1F), chosen("C", {0, 80, 81}, -2.0F)};
    DecodedPart second;
    second.values = {chosen("A", {0, 5, 6}, -0.5F)};

    const auto summary = strictSummary({first, second}, 2);

    REQUIRE(summary.size() == 2);
    CHECK(summary[0].text == "A");
    CHECK(summary[1].text == "B");
}
