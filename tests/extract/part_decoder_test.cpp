// Whole parts decoded with a real model file: random weights, the bundled model's chat format.
#include "extract/decode/part_decoder.h"

#include "engine/tiny_model.h"
#include "extract/chat_formats.h"
#include "extract/decode_support.h"
#include "extract/pipeline.h"
#include "support/catch.h"
#include "support/gguf_writer.h"

#include <stop_token>
#include <string>
#include <vector>

using namespace attest;
using namespace attest::extract;
using namespace attest::extract::test;
using attest::test::TemporaryFile;
using attest::test::TinyModel;

namespace {

constexpr const char* kTemplateText =
    "{% for m in messages %}{% if m['role'] == 'system' %}<|task|>{{ m['content'] }}"
    "{% elif m['role'] == 'user' %}<|doc|>{{ m['content'] }}{% else %}<|answer|>"
    "{{ m['content'] }}<|end|>{% endif %}{% endfor %}{% if add_generation_prompt %}<|answer|>"
    "{% endif %}";

// The tiny model with the bundled model's control tokens: all bytes, and a few longer pieces.
std::string attestModel(std::uint64_t seed, const char* chatTemplate = kTemplateText) {
    TinyModel tiny(engine::TensorType::F32, seed);
    std::vector<std::string> tokens{"<|end|>", "<|task|>", "<|doc|>", "<|answer|>"};
    std::vector<std::int32_t> types(4, 3);
    const std::string digits = "0123456789ABCDEF";
    for (std::size_t byte = 0; byte < 256; ++byte) {
        tokens.push_back(std::string("<0x") + digits[byte / 16] + digits[byte % 16] + ">");
        types.push_back(6);
    }
    for (const char* piece : {"\"", "mg", "Met", "for", "min", "dose", "\xE2\x96\x81", "5", "00"}) {
        tokens.emplace_back(piece);
        types.push_back(1);
    }
    while (tokens.size() < TinyModel::kVocabulary) {
        tokens.emplace_back(1, char('a' + int(tokens.size() % 26)));
        types.push_back(1);
    }
    tiny.u32("llama.context_length", chatTemplate == kTemplateText ? 1024 : 4096);
    tiny.string("tokenizer.chat_template", chatTemplate);
    tiny.u32("tokenizer.ggml.eos_token_id", 0);
    tiny.keys.erase("tokenizer.ggml.bos_token_id");
    tiny.keys["tokenizer.ggml.add_bos_token"] = [](attest::test::GgufWriter& w,
                                                   const std::string& key) {
        w.boolean(key, false);
    };
    tiny.keys["tokenizer.ggml.add_space_prefix"] = tiny.keys["tokenizer.ggml.add_bos_token"];
    tiny.keys["tokenizer.ggml.tokens"] = [tokens](attest::test::GgufWriter& w,
                                                  const std::string& key) {
        w.strings(key, tokens);
    };
    tiny.keys["tokenizer.ggml.token_type"] = [types](attest::test::GgufWriter& w,
                                                     const std::string& key) {
        w.ints(key, types);
    };
    return tiny.bytes();
}

PartDecoderOptions mode(DecodeMode decodeMode, std::size_t maxAnswerTokens = 300) {
    PartDecoderOptions options;
    options.mode = decodeMode;
    options.maxAnswerTokens = maxAnswerTokens;
    return options;
}

} // namespace

TEST_CASE("fast and reference decoding give the same bytes, all of them from the page",
          "[extract][part_decoder]") {
    const TestDocument document;
    std::size_t values = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        CAPTURE(seed);
        const TemporaryFile file(attestModel(seed));
        Decoding decoding(file.path());
        REQUIRE(decoding.format.hasAlignedAnswers());
        for (const char* name : {"medications", "questions", "summary"}) {
            CAPTURE(name);
            const TemplatePart part = builtInPart(name, 0);
            const DecodedPart fast =
                decoding.decode(part, document.chunk(), mode(DecodeMode::Fast));
            const DecodedPart reference =
                decoding.decode(part, document.chunk(), mode(DecodeMode::Reference));
            checkSame(fast, reference);
            CHECK(fast.forcedTokens > 0);
            CHECK(fast.forcedTokens < fast.answerTokens);
            values += fast.values.size();
            if (part.fields.front().fields.empty() ||
                part.fields.front().fields.front().boundary == Boundary::Word) {
                checkAnswer(part, document, fast);
            }
        }
    }
    CHECK(values > 20);
}

TEST_CASE("a model's biases end lists and leave values out, or do not", "[extract][part_decoder]") {
    const TestDocument document;
    const TemporaryFile file(attestModel(1));
    Decoding decoding(file.path());
    const TemplatePart list = builtInPart("medications", 0);
    const TemplatePart record = builtInPart("questions", 0);
    const auto asked = [&](const TemplatePart& part, float listEnd, float null) {
        PartDecoderOptions options = mode(DecodeMode::Fast, 2000);
        options.hints.listEndBias = listEnd;
        options.hints.nullBias = null;
        return decoding.decode(part, document.chunk(), options);
    };
    CHECK(asked(list, 20, 0).json == R"({"medications":[]})");
    CHECK(asked(list, -20, 20).values.size() > 7);
    for (const DecodedValue& value : asked(record, 0, 20).values) {
        CHECK(!value.text);
    }
    for (const DecodedValue& value : asked(record, 0, -20).values) {
        CHECK(value.text);
    }
}

TEST_CASE("what an earlier answer left in the cache does not change the next one",
          "[extract][part_decoder]") {
    const TestDocument document;
    const TemporaryFile file(attestModel(4));
    const TemplatePart part = builtInPart("medications", 0);
    Chunk other = document.chunk();
    other.text.resize(other.segments[1].chunkBegin + 16);
    other.segments = {{{0, 34, 50}, other.segments[1].chunkBegin, false}};
    Decoding fresh(file.path());
    const DecodedPart alone = fresh.decode(part, document.chunk());

    Decoding used(file.path());
    used.decode(part, other);
    const DecodedPart after = used.decode(part, document.chunk());
    const DecodedPart again = used.decode(part, document.chunk());

    checkSame(after, alone);
    checkSame(again, alone);
    CHECK(alone.reusedTokens == 0);
    CHECK(after.reusedTokens > 100); // the task
    CHECK(after.reusedTokens < after.promptTokens - 1);
    CHECK(again.reusedTokens == again.promptTokens - 1);
}

TEST_CASE("an answer that runs out of budget is closed legally", "[extract][part_decoder]") {
    const TestDocument document;
    const TemporaryFile file(attestModel(2));
    Decoding decoding(file.path());
    for (const char* name : {"medications", "questions"}) {
        const TemplatePart part = builtInPart(name, 0);
        const DecodedPart whole = decoding.decode(part, document.chunk());
        for (std::size_t budget = 0; budget <= whole.answerTokens && budget < 150; budget += 3) {
            CAPTURE(name, budget);
            const DecodedPart fast =
                decoding.decode(part, document.chunk(), mode(DecodeMode::Fast, budget));
            const DecodedPart reference =
                decoding.decode(part, document.chunk(), mode(DecodeMode::Reference, budget));
            checkSame(fast, reference);
            checkAnswer(part, document, fast);
            CHECK(fast.isTruncated == (whole.isTruncated || budget < whole.answerTokens));
            CHECK(fast.answerTokens <= budget);
        }
    }

    const DecodedPart small = [&] {
        Decoding tight(file.path(), std::uint32_t(decoding.session.tokens().size()) + 1);
        return tight.decode(builtInPart("questions", 0), document.chunk());
    }();
    checkAnswer(builtInPart("questions", 0), document, small);
}

TEST_CASE("a model that can think is told not to before it answers", "[extract][part_decoder]") {
    const char* const qwen3 = "{{ '<|im_start|>' }}{{ '<|im_end|>' }}{{ '<think>\\n' }}"
                              "{{ '\\n</think>\\n\\n' }}{% if add_generation_prompt %}";
    const TestDocument document;
    const TemporaryFile file(attestModel(1, qwen3));
    Decoding decoding(file.path());
    REQUIRE(decoding.format.id() == engine::ChatFormatId::Qwen3);

    const DecodedPart answer = decoding.decode(
        builtInPart("medications", 0), document.chunk(), mode(DecodeMode::Fast, 40));

    std::string text;
    for (const engine::TokenId token : decoding.session.tokens()) {
        text += decoding.model->tokenizer().tokenBytes(token);
    }
    const std::string begin = "<|im_start|>assistant\n<think>\n\n</think>\n\n";
    const std::size_t at = text.find(begin);
    REQUIRE(at != std::string::npos);
    // The answer is the template's JSON from its first byte on.
    CHECK(text.substr(at + begin.size()).starts_with("{"));
    CHECK(answer.json.starts_with("{"));
    CHECK(answer.json.find("<think>") == std::string::npos);
}

TEST_CASE("a model whose chat format is unknown can be spoken to in a chosen one",
          "[extract][part_decoder]") {
    TinyModel tiny(engine::TensorType::F32);
    tiny.string("tokenizer.chat_template", "{{ '<|turn|>' + messages }}");
    const TemporaryFile file(tiny.bytes());
    const auto model = engine::Model::load(file.path());
    REQUIRE(model.ok());

    const auto own = chosenFormat(*model.value(), "");
    REQUIRE_FALSE(own.ok());
    CHECK(own.error().code == ErrorCode::Unsupported);
    CHECK(own.error().message.find("'<|turn|>'") != std::string::npos);
    CHECK(own.error().message.find("--chat-format") != std::string::npos);

    const auto chosen = chosenFormat(*model.value(), "qwen3");
    REQUIRE(chosen.ok());
    CHECK(chosen.value().id() == engine::ChatFormatId::Qwen3);
    CHECK_FALSE(chosenFormat(*model.value(), "no such").ok());
    CHECK(chatFormatNames().size() > 15);
}

TEST_CASE("a prompt that does not fit, broken text and a cancelled run are errors",
          "[extract][part_decoder]") {
    const TestDocument document;
    const TemporaryFile file(attestModel(1));
    const TemplatePart part = builtInPart("medications", 0);
    Decoding tight(file.path(), 64);
    const auto full = tight.decoder.decode(part, document.chunk(), {}, {});
    REQUIRE_FALSE(full.ok());
    CHECK(full.error().code == ErrorCode::OutOfResources);

    Decoding decoding(file.path());
    Chunk broken = document.chunk();
    broken.text[40] = '\xFF';
    const auto invalid = decoding.decoder.decode(part, broken, {}, {});
    REQUIRE_FALSE(invalid.ok());
    CHECK(invalid.error().code == ErrorCode::InvalidInput);

    std::stop_source stop;
    stop.request_stop();
    const auto cancelled = decoding.decoder.decode(part, document.chunk(), {}, stop.get_token());
    REQUIRE_FALSE(cancelled.ok());
    CHECK(cancelled.error().code == ErrorCode::Cancelled);

    const std::size_t overhead = decoding.decoder.promptOverhead(part);
    CHECK(overhead > 100);
    CHECK(overhead < 1024);
}
