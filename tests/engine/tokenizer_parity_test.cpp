// Comparison with llama.cpp's token ids.
#include "engine/tokenizer.h"
#include "support/catch.h"
#include "support/tokenizers.h"

#include <nlohmann/json.hpp>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

const std::string kFixtures = ATTEST_SOURCE_DIR "/tests/data/tokenizers/";

} // namespace

TEST_CASE("Token ids and decoded texts are those of llama.cpp", "[engine][tokenizer]") {
    const auto name = GENERATE(as<std::string>{},
                               "gpt-2",
                               "llama-bpe",
                               "qwen2",
                               "qwen35",
                               "smollm",
                               "tekken",
                               "gpt-4o",
                               "dbrx",
                               "default",
                               "spm-llama",
                               "spm-no-space-prefix",
                               "spm-gemma");
    CAPTURE(name);
    const Tokenizer tokenizer = loadTokenizer(kFixtures + name + ".gguf");
    const auto cases = nlohmann::json::parse(readFile(kFixtures + name + ".json"));
    REQUIRE(cases.size() >= 69);

    for (const auto& one : cases) {
        const auto text = one.at("text").get<std::string>();
        CAPTURE(text);
        const auto plain = tokenizer.encode(text, SpecialText::Plain);
        CHECK(plain == one.at("ids_plain").get<std::vector<TokenId>>());
        CHECK(tokenizer.encodePrompt(text, SpecialText::Parsed) ==
              one.at("ids_special").get<std::vector<TokenId>>());
        CHECK(tokenizer.decode(plain) == one.at("detok_plain").get<std::string>());
    }
}

TEST_CASE("The bytes of the tokens spell the text", "[engine][tokenizer]") {
    const auto name = GENERATE(as<std::string>{},
                               "gpt-2",
                               "llama-bpe",
                               "qwen2",
                               "qwen35",
                               "smollm",
                               "tekken",
                               "gpt-4o",
                               "dbrx",
                               "default",
                               "spm-llama",
                               "spm-no-space-prefix",
                               "spm-gemma");
    CAPTURE(name);
    const Tokenizer tokenizer = loadTokenizer(kFixtures + name + ".gguf");
    const auto cases = nlohmann::json::parse(readFile(kFixtures + name + ".json"));

    for (const auto& one : cases) {
        const auto text = one.at("text").get<std::string>();
        CAPTURE(text);
        const std::string bytes = spelled(tokenizer, tokenizer.encode(text, SpecialText::Plain));
        const bool hasPrefix = name == "spm-llama" && !text.empty();
        CHECK(bytes == (hasPrefix ? " " + text : text));
    }
}
