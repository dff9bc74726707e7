// Masks and walks, judged by the independent AnswerChecker. Vocabularies are toys: all single bytes
// and random pieces of answers, so that tokens cross every border.
#include "extract/decode/answer_walk.h"

#include "extract/answer_support.h"
#include "extract/decode/answer_values.h"
#include "extract/json_pointer.h"
#include "support/answer_checker.h"
#include "support/catch.h"

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace attest;
using namespace attest::extract;
using namespace attest::extract::test;
using engine::TokenId;

namespace {

TemplatePart randomPart(Random& random) {
    std::vector<Field> fields;
    const std::array<std::string, 5> names{"a", "drug", "x\"y", "b\\", "größe"};
    const std::size_t count = 1 + pick(random, 3);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = names[i + pick(random, 3)] + std::to_string(i);
        Field field = pick(random, 3) == 0
                          ? choice(name, {"mg", "m", "o\"k", "5 mg"}, pick(random, 2) == 0)
                          : verbatim(name);
        if (field.kind == FieldKind::Verbatim && pick(random, 4) == 0) {
            field.minLength = pick(random, 4);
            field.maxLength = 3 + pick(random, 8);
        }
        if (field.kind == FieldKind::Verbatim && pick(random, 4) == 0) {
            const std::array<std::string, 4> forms{"^[0-9]+$", "[a-z]$", "^(mg|m|5 mg)$", "\""};
            field.pattern = pattern(forms[pick(random, forms.size())]);
            field.isNullable = true;
        }
        fields.push_back(field);
    }
    if (pick(random, 3) == 0) {
        return {"T", fields};
    }
    const bool isGroup = pick(random, 3) != 0;
    if (isGroup) {
        fields.insert(fields.begin() + std::ptrdiff_t(pick(random, fields.size() + 1)),
                      anchor("anchor"));
    } else {
        fields = {anchor("")};
    }
    Field list = listOf("list", isGroup ? FieldKind::Group : FieldKind::List, fields);
    list.minItems = pick(random, 3);
    if (pick(random, 2) == 0) {
        list.maxItems = list.minItems + 1 + pick(random, 3);
    }
    return {"T", {list}};
}

const std::array<std::string, 8> kTexts{
    "Metformin 500 mg  PO\nAspirin 5 mg",
    "mg mg mg",
    "5 mg o\"k \\ back\\slash \"q\"",
    "größe 5µg–ä é",
    "一二 三四\n五",
    "a-b (c) d.",
    "x\n\ny  z",
    "",
};

std::vector<std::string> toyVocabulary(Random& random, const std::string& text) {
    std::vector<std::string> tokens;
    const std::string sources =
        text + R"({"list":[{"anchor":"5 mg","a0":null,"x\"y1":"mg"},{"drug0":"m"}]})" +
        R"("},{"anchor":"]}","null,\"\\5 mg","mg"],"größe2":"b\\1":null})"
        "abcdefghijklmnopqrstuvwxyz0123456789";
    const std::set<char> letters(sources.begin(), sources.end());
    for (const char byte : letters) {
        tokens.emplace_back(1, byte);
    }
    tokens.insert(tokens.end(), {"\n", std::string(1, '\0'), "\xC3", "\xFF", "0", "9"});
    for (int i = 0; i < 120; ++i) {
        const std::size_t begin = pick(random, sources.size());
        tokens.push_back(sources.substr(begin, 1 + pick(random, 7)));
    }
    tokens.emplace_back("mg"); // twice the same bytes
    tokens.emplace_back("mg");
    tokens.emplace_back(); // a control token
    return tokens;
}

// What a walk may do next, as a list of ids.
std::vector<TokenId> allowedNow(AnswerWalk& walk) {
    const Result<AnswerWalk::Step> step = walk.next();
    REQUIRE(step.ok());
    std::vector<TokenId> allowed;
    if (step.value().forced) {
        allowed.push_back(*step.value().forced);
    } else {
        step.value().mask->forEach([&](TokenId token) { allowed.push_back(token); });
    }
    return allowed;
}

// Whether `more` ends no string that `answer` has begun.
bool staysInString(std::string_view answer, std::string_view more) {
    bool isEscaped = false;
    for (std::size_t i = answer.size(); i > 0 && answer[i - 1] == '\\'; --i) {
        isEscaped = !isEscaped;
    }
    for (const char byte : more) {
        if (byte == '"' && !isEscaped) {
            return false;
        }
        isEscaped = byte == '\\' && !isEscaped;
    }
    return true;
}

} // namespace

TEST_CASE("masks hold exactly the tokens that an independent check allows", "[extract][decode]") {
    std::size_t masks = 0;
    for (unsigned seed = 0; seed < 70; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Chunk chunk = chunkOf(kTexts[pick(random, kTexts.size())]);
        const TemplatePart part = randomPart(random);
        const std::vector<std::string> tokens = toyVocabulary(random, chunk.text);
        const VocabularyIndex vocabulary(tokens);
        const SpanIndex spans(chunk);
        const Result<ByteProgram> compiled = ByteProgram::compile(part, spans);
        if (!compiled.ok()) {
            continue; // a field that cannot be null, and nothing it could be
        }
        const ByteProgram& program = compiled.value();
        AnswerChecker checker(part, chunk);
        AnswerWalk walk(program, vocabulary, false);

        for (int length = 0; !walk.isComplete() && length < 60; ++length) {
            CAPTURE(walk.bytes());
            const std::vector<TokenId> allowed = allowedNow(walk);
            const std::set<TokenId> asSet(allowed.begin(), allowed.end());
            CHECK(asSet.size() == allowed.size());
            for (std::size_t id = 0; id < tokens.size(); ++id) {
                const bool isAllowed =
                    !tokens[id].empty() && checker.isPrefix(walk.bytes() + tokens[id]);
                if (isAllowed != asSet.contains(TokenId(id))) {
                    CAPTURE(tokens[id], isAllowed);
                    FAIL("the mask differs from the check");
                }
            }
            ++masks;
            REQUIRE_FALSE(allowed.empty());
            // Long tokens more often, so that the walk gets somewhere.
            TokenId next = allowed[pick(random, allowed.size())];
            for (int tries = 0; tries < 2; ++tries) {
                const TokenId other = allowed[pick(random, allowed.size())];
                next = tokens[std::size_t(other)].size() > tokens[std::size_t(next)].size() ? other
                                                                                            : next;
            }
            walk.take(next);
        }
        if (walk.isComplete()) {
            CHECK(checker.isAnswer(walk.bytes()));
        } else {
            walk.close();
            CAPTURE(walk.bytes());
            CHECK(checker.isAnswer(walk.bytes()));
        }
    }
    CHECK(masks > 700);
}

TEST_CASE("every byte is judged as the independent check does, in all short answers",
          "[extract][decode]") {
    // Exhaustive over prefixes: each allowed one is extended by all 256 bytes.
    const Chunk chunk = chunkOf("a \"b\n\nc\\");
    Field list = listOf("l", FieldKind::List, {anchor("")});
    list.minItems = 1;
    list.maxItems = 2;
    for (const TemplatePart& part :
         {TemplatePart{"T", {list}},
          TemplatePart{"T", {verbatim("v"), choice("c", {"a", "ab"}, false)}}}) {
        const SpanIndex spans(chunk);
        const ByteProgram program = compileOk(part, spans);
        AnswerChecker checker(part, chunk);
        std::vector<std::pair<std::string, ProgramState>> open{{"", program.start()}};
        std::size_t answers = 0;
        std::size_t differences = 0;
        while (!open.empty()) {
            const auto [prefix, state] = open.back();
            open.pop_back();
            answers += program.isComplete(state) ? 1U : 0U;
            CHECK(program.isComplete(state) == checker.isAnswer(prefix));
            for (int byte = 0; byte < 256; ++byte) {
                ProgramState next;
                const bool isAllowed = program.step(state, std::uint8_t(byte), next);
                differences += isAllowed != checker.isPrefix(prefix + char(byte)) ? 1U : 0U;
                if (isAllowed) {
                    open.emplace_back(prefix + char(byte), next);
                }
            }
            const std::string whole = prefix + program.shortestCompletion(state);
            differences += checker.isAnswer(whole) ? 0U : 1U;
        }
        CHECK(differences == 0);
        CHECK(answers > 10);
    }
}

TEST_CASE("aligned tokens keep to the pieces of the prompt format", "[extract][decode]") {
    const Chunk chunk = chunkOf("Metformin 500 mg daily");
    const TemplatePart part = medications();
    const SpanIndex spans(chunk);
    const ByteProgram program = compileOk(part, spans);
    Random random(1);
    const VocabularyIndex vocabulary(toyVocabulary(random, chunk.text));
    AnswerWalk walk(program, vocabulary, true);
    // The example of docs/prompt_format.md, with the pieces' kinds: forced, choice, value, quote.
    const std::vector<std::pair<char, std::string>> pieces{{'f', R"({"medications":[)"},
                                                           {'c', "{"},
                                                           {'f', R"("drug":")"},
                                                           {'v', "Metformin"},
                                                           {'q', "\""},
                                                           {'f', R"(,"dose":)"},
                                                           {'c', "\""},
                                                           {'v', "500 mg"},
                                                           {'q', "\""},
                                                           {'f', R"(,"status":)"},
                                                           {'c', "n"},
                                                           {'f', "ull}"},
                                                           {'c', "]"},
                                                           {'f', "}"}};

    for (const auto& [kind, piece] : pieces) {
        CAPTURE(piece);
        std::vector<TokenId> tokens = vocabulary.spell(piece);
        std::size_t done = 0;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const Result<AnswerWalk::Step> step = walk.next();
            REQUIRE(step.ok());
            if (kind == 'f') {
                REQUIRE(step.value().forced == tokens[i]);
            } else {
                const std::vector<TokenId> allowed = allowedNow(walk);
                CHECK(std::find(allowed.begin(), allowed.end(), tokens[i]) != allowed.end());
                for (const TokenId token : allowed) {
                    const std::string_view bytes = vocabulary.tokenBytes(token);
                    const bool isOneByte = bytes.size() == 1;
                    const bool hasQuote = bytes.find('"') != std::string_view::npos;
                    CHECK((kind == 'v' || kind == 'q' ? isOneByte || !hasQuote : isOneByte));
                }
            }
            walk.take(tokens[i]);
            done += vocabulary.tokenBytes(tokens[i]).size();
        }
        CHECK(done == piece.size());
    }
    CHECK(walk.isComplete());
}

TEST_CASE("aligned walks at random end in valid answers without crossing a border",
          "[extract][decode]") {
    std::size_t values = 0;
    std::size_t masks = 0;
    for (unsigned seed = 0; seed < 250; ++seed) {
        CAPTURE(seed);
        Random random(seed + 1000);
        const Chunk chunk = chunkOf(kTexts[pick(random, kTexts.size())]);
        const TemplatePart part = randomPart(random);
        const VocabularyIndex vocabulary(toyVocabulary(random, chunk.text));
        const SpanIndex spans(chunk);
        const Result<ByteProgram> compiled = ByteProgram::compile(part, spans);
        if (!compiled.ok()) {
            continue;
        }
        AnswerWalk walk(compiled.value(), vocabulary, true);
        AnswerChecker checker(part, chunk);
        while (!walk.isComplete()) {
            const std::vector<TokenId> allowed = allowedNow(walk);
            REQUIRE_FALSE(allowed.empty());
            if (compiled.value().isInString(walk.state()) && walk.bytes().size() < 60) {
                std::vector<TokenId> expected;
                for (std::size_t id = 0; id < vocabulary.trie().vocabularySize(); ++id) {
                    const std::string_view bytes = vocabulary.tokenBytes(TokenId(id));
                    const bool isQuote =
                        TokenId(id) == vocabulary.byteToken('"') && walk.state().isEscaped == 0;
                    if (!bytes.empty() && (isQuote || staysInString(walk.bytes(), bytes)) &&
                        checker.isPrefix(walk.bytes() + std::string(bytes))) {
                        expected.push_back(TokenId(id));
                    }
                }
                std::vector<TokenId> sorted = allowed;
                std::sort(sorted.begin(), sorted.end());
                CAPTURE(walk.bytes());
                CHECK(sorted == expected);
                ++masks;
            }
            walk.take(allowed[pick(random, allowed.size())]);
        }
        CAPTURE(walk.bytes());
        CHECK(checker.isAnswer(walk.bytes()));

        for (const DecodedValue& value :
             answerValues(compiled.value(), spans, walk.bytes(), walk.traces())) {
            if (value.kind != FieldKind::Verbatim || !value.text) {
                continue;
            }
            ++values;
            REQUIRE(value.span);
            const std::size_t size = value.span->end - value.span->begin;
            CHECK(spanValue(chunk.text.substr(value.span->begin, size)) == *value.text);
            CHECK(isWordStart(chunk.text, value.span->begin));
            CHECK(isWordEnd(chunk.text, value.span->end));
        }
    }
    CHECK(values > 200);
    CHECK(masks > 500);
}

TEST_CASE("valid answers are accepted however they are cut into tokens", "[extract][decode]") {
    Random random(5);
    const std::string text = "Metformin 500 mg  twice\ndaily \"x\" \\ Aspirin 5 mg";
    const Chunk chunk = chunkOf(text);
    const TemplatePart part = medications();
    const SpanIndex spans(chunk);
    const ByteProgram program = compileOk(part, spans);
    const AnswerChecker checker(part, chunk);
    for (int round = 0; round < 60; ++round) {
        std::string answer = R"({"medications":[)";
        std::size_t cursor = 0;
        for (int item = 0; item < 4; ++item) {
            const auto& drug = checker.spans()[pick(random, checker.spans().size())];
            const auto& dose = checker.spans()[pick(random, checker.spans().size())];
            if (drug.begin < cursor) {
                continue;
            }
            cursor = drug.end;
            answer += answer.back() == '[' ? "" : ",";
            answer += R"({"drug":")" + escapeJson(drug.value) + R"(","dose":)";
            answer += pick(random, 4) == 0 ? "null" : '"' + escapeJson(dose.value) + '"';
            answer += pick(random, 2) == 0 ? R"(,"status":null})" : R"(,"status":"active"})";
        }
        answer += "]}";
        CAPTURE(answer);
        CHECK(accepts(program, answer));

        std::vector<std::string> tokens = toyVocabulary(random, answer);
        const VocabularyIndex vocabulary(tokens);
        AnswerWalk walk(program, vocabulary, false);
        while (!walk.isComplete()) {
            const std::string_view rest = std::string_view(answer).substr(walk.bytes().size());
            std::vector<TokenId> fitting;
            for (const TokenId token : allowedNow(walk)) {
                if (rest.starts_with(tokens[std::size_t(token)])) {
                    fitting.push_back(token);
                }
            }
            REQUIRE_FALSE(fitting.empty());
            walk.take(fitting[pick(random, fitting.size())]);
        }
        CHECK(walk.bytes() == answer);
    }
}

TEST_CASE("a mask from the cache is the one that a fresh walk would build", "[extract][decode]") {
    Field text = verbatim("text", false);
    text.kind = FieldKind::Free;
    text.minLength = 3;
    text.maxLength = 25;
    const TemplatePart part{"T", {text, verbatim("v")}};
    const std::string source = "ab abc ab";
    const SpanIndex spans(chunkOf(source));
    const ByteProgram program = compileOk(part, spans);
    for (unsigned seed = 0; seed < 40; ++seed) {
        Random random(seed);
        const VocabularyIndex vocabulary(toyVocabulary(random, source + "é€\\\"\\n"));
        const bool isAligned = seed % 2 == 0;
        AnswerWalk walk(program, vocabulary, isAligned);
        std::vector<TokenId> taken;
        while (!walk.isComplete()) {
            std::vector<TokenId> cached = allowedNow(walk);
            AnswerWalk fresh(program, vocabulary, isAligned);
            for (const TokenId token : taken) {
                fresh.take(token);
            }
            std::vector<TokenId> built = allowedNow(fresh);
            std::sort(cached.begin(), cached.end());
            std::sort(built.begin(), built.end());
            CAPTURE(seed, walk.bytes());
            CHECK(cached == built);
            taken.push_back(cached[pick(random, cached.size())]);
            walk.take(taken.back());
        }
    }
}

TEST_CASE("an answer that is cut off keeps whole records only", "[extract][decode]") {
    const SpanIndex spans(chunkOf("Metformin 500 mg, Aspirin 5 mg"));
    const TemplatePart part = medications();
    const ByteProgram program = compileOk(part, spans);
    std::vector<std::string> bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes.emplace_back(1, char(byte));
    }
    const VocabularyIndex vocabulary(bytes);
    const std::string whole =
        R"({"medications":[{"drug":"Metformin","dose":"500 mg","status":null},)"
        R"({"drug":"Aspirin","dose":null,"status":null}]})";
    const std::size_t firstItem = whole.find("},{") + 1;

    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        AnswerWalk walk(program, vocabulary, false);
        for (std::size_t i = 0; i < length; ++i) {
            walk.take(TokenId(std::uint8_t(whole[i])));
        }
        walk.close();
        CHECK(walk.isComplete());
        const std::string expected = length < firstItem          ? R"({"medications":[]})"
                                     : length < whole.size() - 2 ? whole.substr(0, firstItem) + "]}"
                                                                 : whole;
        CHECK(walk.bytes() == expected);
        CHECK((walk.traces().empty() || walk.traces().back().begin < walk.bytes().size()));
    }
}
