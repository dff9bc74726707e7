// What may stand in an answer: anchors, spans and their borders, bounds of free text and citations.
#include "extract/decode/byte_program.h"

#include "extract/answer_support.h"
#include "extract/decode/answer_values.h"
#include "support/catch.h"

#include <string>
#include <vector>

using namespace attest;
using namespace attest::extract;
using namespace attest::extract::test;

TEST_CASE("anchors follow each other in the document and use each occurrence once",
          "[extract][decode]") {
    const TemplatePart part{"T", {listOf("l", FieldKind::List, {anchor("")})}};
    const SpanIndex spans(chunkOf("mg 5 mg 7"));
    const ByteProgram program = compileOk(part, spans);

    CHECK(accepts(program, R"({"l":["mg","mg"]})"));
    CHECK(accepts(program, R"({"l":["mg","5","mg","7"]})"));
    CHECK(accepts(program, R"({"l":["5 mg 7"]})"));
    CHECK_FALSE(accepts(program, R"({"l":["mg","mg","mg"]})"));
    CHECK_FALSE(accepts(program, R"({"l":["5","5"]})"));
    CHECK_FALSE(accepts(program, R"({"l":["7","mg"]})"));
    CHECK_FALSE(accepts(program, R"({"l":["mg 5","5"]})"));
}

TEST_CASE("values keep to segments, and context lines are never their source",
          "[extract][decode]") {
    Chunk chunk;
    chunk.text = "Drug Dose\nAspirin 5\n\nmg daily";
    chunk.segments = {
        {{2, 100, 109}, 0, true}, {{2, 140, 149}, 10, false}, {{3, 7, 15}, 21, false}};
    const TemplatePart part{"T", {verbatim("v")}};
    const SpanIndex spans(chunk);
    const ByteProgram program = compileOk(part, spans);

    CHECK(accepts(program, R"({"v":"Aspirin 5"})"));
    CHECK(accepts(program, R"({"v":"daily"})"));
    CHECK_FALSE(accepts(program, R"({"v":"Drug"})"));
    CHECK_FALSE(accepts(program, R"({"v":"5 mg"})"));

    const auto values = answerValues(program, spans, R"({"v":"daily"})", {});
    REQUIRE(values.size() == 1);
    CHECK(values[0].span == SourceSpan{3, 10, 15});
    CHECK(values[0].pointer == "/v");
}

TEST_CASE("a line break inside a value is one space of it, a gap or empty line ends it",
          "[extract][decode]") {
    const TemplatePart part{"T", {verbatim("v")}};
    const SpanIndex spans(chunkOf("take  two\ntablets\n\ndaily"));
    const ByteProgram program = compileOk(part, spans);

    CHECK(accepts(program, R"({"v":"two tablets"})"));
    CHECK_FALSE(accepts(program, R"({"v":"take two"})"));
    CHECK_FALSE(accepts(program, R"({"v":"tablets daily"})"));
    CHECK_FALSE(accepts(program, R"({"v":"take  two"})"));
    CHECK_FALSE(accepts(program, R"({"v":"two\ntablets"})"));
    CHECK_FALSE(accepts(program, R"({"v":"take two "})"));
    CHECK_FALSE(accepts(program, R"({"v":""})"));
    const auto values = answerValues(program, spans, R"({"v":"two tablets"})", {});
    CHECK(values[0].span == SourceSpan{0, 6, 17});
}

TEST_CASE("boundaries hold values to whole lines and sentences", "[extract][decode]") {
    const Chunk chunk = chunkOf("IMPRESSION\n1. No acute disease. Heart is normal.\n- Stable cyst\n"
                                "Next line here.\nOUTLOOK - Stays fine. PLAN: Rest.");
    TemplatePart part{"T", {verbatim("v")}};
    const SpanIndex spans(chunk);

    part.fields[0].boundary = Boundary::Line;
    const ByteProgram lines = compileOk(part, spans);
    CHECK(accepts(lines, R"({"v":"IMPRESSION"})"));
    CHECK(accepts(lines, R"({"v":"- Stable cyst"})"));
    CHECK_FALSE(accepts(lines, R"({"v":"Stable cyst"})"));
    CHECK_FALSE(accepts(lines, R"({"v":"Next line"})"));

    part.fields[0].boundary = Boundary::Sentence;
    const ByteProgram sentences = compileOk(part, spans);
    CHECK(accepts(sentences, R"({"v":"No acute disease."})"));
    CHECK(accepts(sentences, R"({"v":"Heart is normal."})"));
    CHECK(accepts(sentences, R"({"v":"Stable cyst"})"));
    CHECK(accepts(sentences, R"({"v":"Next line here."})"));
    CHECK(accepts(sentences, R"({"v":"Stays fine."})"));
    CHECK(accepts(sentences, R"({"v":"Rest."})"));
    CHECK_FALSE(accepts(sentences, R"({"v":"No acute"})"));
    CHECK_FALSE(accepts(sentences, R"({"v":"acute disease."})"));
    CHECK_FALSE(accepts(sentences, R"({"v":"is normal."})"));
}

TEST_CASE("a value that must have a form begins and ends only where it has it",
          "[extract][decode]") {
    Field iban = verbatim("iban");
    iban.pattern = pattern("^[A-Z]{2}[0-9]{2}( ?[0-9]){10,30}$");
    Field amount = verbatim("amount");
    amount.pattern = pattern("[0-9]"); // anywhere in it
    const TemplatePart part{"T", {iban, amount, verbatim("words")}};
    const SpanIndex spans(chunkOf("IBAN DE89 3704 0044\n0532 0130 00, reference 7, PAYMENT due"));
    const ByteProgram program = compileOk(part, spans);
    const auto acceptsValues = [&](const std::string& form, const std::string& digits) {
        return accepts(program,
                       R"({"iban":)" + form + R"(,"amount":)" + digits +
                           R"(,"words":"PAYMENT due"})");
    };

    CHECK(acceptsValues(R"("DE89 3704 0044 0532 0130 00")", R"("reference 7")"));
    CHECK(acceptsValues(R"("DE89 3704 0044 0532")", R"("7")"));
    CHECK(acceptsValues("null", "null"));
    CHECK_FALSE(acceptsValues(R"("DE89 3704")", "null"));
    CHECK_FALSE(acceptsValues(R"("IBAN DE89 3704 0044 0532 0130 00")", "null"));
    CHECK_FALSE(acceptsValues(R"("DE89 3704 0044 0532 0130 00, reference 7")", "null"));
    CHECK_FALSE(acceptsValues("null", R"("PAYMENT")"));

    const std::string answer =
        R"({"iban":"DE89 3704 0044 0532 0130 00","amount":null,"words":null})";
    const auto values = answerValues(program, spans, answer, {});
    REQUIRE(values.size() == 3);
    CHECK(values[0].span == SourceSpan{0, 5, 32});
}

TEST_CASE("where nothing has the form of a value, it is not stated, and a list of such is empty",
          "[extract][decode]") {
    Field digits = verbatim("v");
    digits.pattern = pattern("^[0-9]+$");
    Field item = anchor("");
    item.pattern = pattern("^[0-9]+$");
    const SpanIndex spans(chunkOf("no number"));

    const ByteProgram single = compileOk({"T", {digits}}, spans);
    CHECK(single.shortestCompletion(single.start()) == R"({"v":null})");
    CHECK_FALSE(accepts(single, R"({"v":"no"})"));
    const ByteProgram list = compileOk({"T", {listOf("l", FieldKind::List, {item})}}, spans);
    CHECK(accepts(list, R"({"l":[]})"));
    CHECK_FALSE(accepts(list, R"({"l":["number"]})"));
}

TEST_CASE("a part that cannot be answered over a text is an error that names the field",
          "[extract][decode]") {
    const TemplatePart part{"T", {verbatim("must", false)}};
    const SpanIndex empty(chunkOf(""));

    const Result<ByteProgram> program = ByteProgram::compile(part, empty);

    REQUIRE_FALSE(program.ok());
    CHECK(program.error().code == ErrorCode::InvalidInput);
    CHECK_THAT(program.error().message, Catch::Matchers::Contains("'must'"));
    CHECK(accepts(compileOk({"T", {verbatim("v")}}, empty), R"({"v":null})"));
    CHECK(accepts(compileOk(medications(), empty), R"({"medications":[]})"));
}

TEST_CASE("free text and citations keep to their bounds", "[extract][decode]") {
    Field text = verbatim("text", false);
    text.kind = FieldKind::Free;
    text.minLength = 2;
    text.maxLength = 4;
    Field number;
    number.kind = FieldKind::Integer;
    number.isNullable = false;
    number.minimum = 2;
    number.maximum = 31;
    Field cites = listOf("cites", FieldKind::List, {number});
    cites.minItems = 1;
    cites.maxItems = 3;
    const TemplatePart part{"T", {listOf("s", FieldKind::Group, {text, cites})}};
    const SpanIndex spans(chunkOf("x"));
    const ByteProgram program = compileOk(part, spans);
    const auto acceptsItem = [&](const std::string& written, const std::string& cited) {
        return accepts(program, R"({"s":[{"text":")" + written + R"(","cites":[)" + cited + "]}]}");
    };

    CHECK(acceptsItem("ab", "2"));
    CHECK(acceptsItem("a\\\"é\\n", "2,3,31"));
    CHECK_FALSE(acceptsItem("a", "2"));
    CHECK_FALSE(acceptsItem("abcde", "2"));
    CHECK_FALSE(acceptsItem("a\n", "2"));
    CHECK_FALSE(acceptsItem("a\xC0\x80", "2"));
    CHECK_FALSE(acceptsItem("a\xED\xA0\x80", "2"));
    CHECK_FALSE(acceptsItem("a\\q", "2"));
    CHECK_FALSE(acceptsItem("ab", ""));
    CHECK_FALSE(acceptsItem("ab", "1"));
    CHECK_FALSE(acceptsItem("ab", "32"));
    CHECK_FALSE(acceptsItem("ab", "02"));
    CHECK_FALSE(acceptsItem("ab", "3,3"));
    CHECK_FALSE(acceptsItem("ab", "3,2"));
    CHECK_FALSE(acceptsItem("ab", "2,3,4,5"));
    CHECK_FALSE(acceptsItem("ab", "31,"));

    // From wherever a walk stops, the shortest way out is an answer.
    Random random(3);
    for (int round = 0; round < 200; ++round) {
        ProgramState state = program.start();
        std::string bytes;
        for (std::size_t i = pick(random, 60); i > 0 && !program.isComplete(state); --i) {
            std::vector<std::uint8_t> allowed;
            for (int byte = 0; byte < 256; ++byte) {
                ProgramState next;
                if (program.step(state, std::uint8_t(byte), next)) {
                    allowed.push_back(std::uint8_t(byte));
                }
            }
            REQUIRE_FALSE(allowed.empty());
            const std::uint8_t byte = allowed[pick(random, allowed.size())];
            program.step(state, byte, state);
            bytes += char(byte);
        }
        CAPTURE(bytes);
        CHECK(accepts(program, bytes + program.shortestCompletion(state)));
    }

    const std::string answer = R"({"s":[{"text":"ab","cites":[2,31]},{"text":"c\"","cites":[4]}]})";
    const auto values = answerValues(program, spans, answer, {});
    REQUIRE(values.size() == 5);
    CHECK((values[1].pointer == "/s/0/cites/0" && values[1].text == "2"));
    CHECK((values[2].pointer == "/s/0/cites/1" && values[2].text == "31"));
    CHECK((values[3].pointer == "/s/1/text" && values[3].text == "c\""));
    CHECK((values[4].pointer == "/s/1/cites/0" && values[4].text == "4"));
}

TEST_CASE("a copy of a state goes its own way", "[extract][decode]") {
    const TemplatePart part{"T", {verbatim("v")}};
    const SpanIndex spans(chunkOf("ab cd"));
    const ByteProgram program = compileOk(part, spans);
    ProgramState state = program.start();
    for (const char byte : std::string_view(R"({"v":")")) {
        REQUIRE(program.step(state, std::uint8_t(byte), state));
    }
    const ProgramState before = state;

    ProgramState other = state;
    REQUIRE(program.step(other, 'c', other));
    CHECK(state == before);
    CHECK_FALSE(program.step(other, 'b', other));
    CHECK(program.step(other, 'd', other));
    CHECK(program.step(state, 'a', state));
}
