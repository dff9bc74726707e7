// Comparison with llama.cpp's token ids on published vocabularies, which stay outside the project.
#include "engine/tokenizer.h"
#include "support/catch.h"
#include "support/tokenizers.h"

#include <algorithm>
#include <iterator>
#include <sstream>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

TEST_CASE("Published vocabularies give llama.cpp's token ids", "[engine][tokenizer][shared]") {
    const std::string shared = ATTEST_SHARED_DIR;
    const std::string upstream = shared + "/fixtures/tokenizers/upstream/ggml-vocab-";
    const auto name = GENERATE(as<std::string>{}, "gpt-2", "llama-spm", "phi-3", "llama-bpe");
    CAPTURE(name);
    const bool isRestricted = name == "llama-bpe";
    const Tokenizer tokenizer =
        loadTokenizer(isRestricted ? shared + "/fixtures/tokenizers/restricted/llama-bpe-vocab.gguf"
                                   : upstream + name + ".gguf");
    const std::string inputs = readFile(upstream + name + ".gguf.inp");
    const std::string outputs = readFile(upstream + name + ".gguf.out");
    const std::string separator = "\n__ggml_vocab_test__\n";

    std::istringstream lines(outputs);
    std::size_t count = 0;
    for (std::size_t at = 0; at < inputs.size(); ++count) {
        const std::size_t end = std::min(inputs.find(separator, at), inputs.size());
        const std::string text = inputs.substr(at, end - at);
        at = end + separator.size();
        std::string line;
        REQUIRE(std::getline(lines, line));
        std::istringstream numbers(line);
        const std::vector<TokenId> expected{std::istream_iterator<TokenId>(numbers),
                                            std::istream_iterator<TokenId>()};
        CAPTURE(text);
        const auto tokens = tokenizer.encode(text, SpecialText::Plain);
        CHECK(tokens == expected);
        const bool hasPrefix = tokenizer.tokenBytes(tokens.empty() ? 0 : tokens[0]) != "" &&
                               (name == "llama-spm" || name == "phi-3") && !text.empty();
        CHECK(spelled(tokenizer, tokens) == (hasPrefix ? " " + text : text));
    }
    CHECK(count >= 40);
}
