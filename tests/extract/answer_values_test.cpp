// What an answer's values say: their places, their probabilities, and how a token is chosen.
#include "extract/decode/answer_values.h"

#include "extract/answer_support.h"
#include "extract/decode/answer_walk.h"
#include "support/catch.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace attest;
using namespace attest::extract;
using namespace attest::extract::test;

TEST_CASE("a value that occurs often stands in its record's smallest window", "[extract][decode]") {
    const std::string text = "Take 5 mg daily.\nMetformin 500 mg\nAspirin 5 mg daily\nAspirin 7 mg";
    const SpanIndex spans(chunkOf(text));
    const TemplatePart part = medications();
    const ByteProgram program = compileOk(part, spans);
    const auto values =
        answerValues(program,
                     spans,
                     R"({"medications":[{"drug":"Metformin","dose":"mg","status":null},)"
                     R"({"drug":"Aspirin","dose":"5 mg","status":"active"},)"
                     R"({"drug":"Aspirin","dose":"mg","status":null}]})",
                     {});

    REQUIRE(values.size() == 9);
    const auto at = [&](std::size_t i) {
        return values[i].span->begin;
    };
    CHECK(values[0].pointer == "/medications/0/drug");
    CHECK((at(0) == 17 && !values[0].isAmbiguousPlace));
    CHECK((at(1) == 31 && values[1].isAmbiguousPlace));
    CHECK(values[2].text == std::nullopt);
    CHECK((at(3) == 34 && values[3].isAmbiguousPlace));
    CHECK(at(4) == 42);
    CHECK((values[5].text == "active" && !values[5].span));
    CHECK(at(6) == 53);
    CHECK(at(7) == 63);
}

TEST_CASE("log-probabilities of a value leave out structure and other values",
          "[extract][decode]") {
    const TemplatePart part{"T", {verbatim("v"), verbatim("w")}};
    const SpanIndex spans(chunkOf("ab cd"));
    const ByteProgram program = compileOk(part, spans);
    const std::string answer = R"({"v":"ab","w":null})";
    const std::vector<TokenTrace> traces{
        {0, 5, true, 0, 1},       // {"v":
        {5, 6, false, -0.5, 0.9}, // "
        {6, 8, false, -1, 0.4},   // ab
        {8, 9, false, -2, 0.7},   // "
        {9, 14, false, -8, 0.1},  // ,"w":
        {14, 15, false, -4, 0.6}, // n
        {15, 19, true, 0, 1},
    };

    const auto values = answerValues(program, spans, answer, traces);

    REQUIRE(values.size() == 2);
    CHECK_THAT(values[0].logProbability, Catch::Matchers::WithinAbs(-3.5, 1e-6));
    CHECK_THAT(values[0].minFeasibleMass, Catch::Matchers::WithinAbs(0.4, 1e-6));
    CHECK_THAT(values[1].logProbability, Catch::Matchers::WithinAbs(-4, 1e-6));
    CHECK_THAT(values[1].minFeasibleMass, Catch::Matchers::WithinAbs(0.6, 1e-6));
}

TEST_CASE("the choice is the best allowed token, of equals the lowest", "[extract][decode]") {
    engine::TokenMask mask(5);
    mask.add(4);
    mask.add(1);
    mask.add(3);
    const std::vector<float> logits{9, 1, 5, 2, 2};
    const TokenChoice choice = chooseToken(logits, mask);
    CHECK(choice.token == 3);
    const double allowed = std::exp(1.0) + 2 * std::exp(2.0);
    const double all = allowed + std::exp(9.0) + std::exp(5.0);
    CHECK_THAT(choice.logProbability,
               Catch::Matchers::WithinAbs(std::log(std::exp(2.0) / allowed), 1e-9));
    CHECK_THAT(choice.feasibleMass, Catch::Matchers::WithinAbs(allowed / all, 1e-9));

    const TokenChoice pushed = chooseToken(logits, mask, {1, 1.5F});
    CHECK(pushed.token == 1);
    CHECK_THAT(pushed.logProbability,
               Catch::Matchers::WithinAbs(
                   std::log(std::exp(2.5) / (std::exp(2.5) + 2 * std::exp(2.0))), 1e-9));
    CHECK(chooseToken(logits, mask, {0, 100}).token == 3); // a bias allows nothing

    const float nan = std::numeric_limits<float>::quiet_NaN();
    CHECK(chooseToken(std::vector<float>{0, nan, 0, nan, -1}, mask).token == 4);
    CHECK(chooseToken(std::vector<float>{nan, nan, nan, nan, nan}, mask).token == 1);
}
