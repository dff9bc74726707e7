// Models of other makers, whose tokens may cross the borders of structure and value.
#include "extract/decode/part_decoder.h"
#include "extract/decode_support.h"
#include "extract/mask_bench.h"
#include "support/catch.h"
#include "support/tokenizers.h"

#include <string>

using namespace attest;
using namespace attest::extract;
using namespace attest::extract::test;

TEST_CASE("models of other makers answer in the template's shape, with copied values",
          "[extract][part_decoder]") {
    const TestDocument document;
    for (const char* name : {"llama-spm", "smollm2", "llama-bias"}) {
        CAPTURE(name);
        Decoding decoding(std::string(ATTEST_SHARED_DIR) + "/fixtures/models/" + name +
                          "/model.gguf");
        for (const char* asked : {"medications", "questions"}) {
            const TemplatePart part = builtInPart(asked, 0);
            Chunk chunk = document.chunk();
            PartDecoderOptions options;
            options.maxAnswerTokens = 60;
            options.mode = DecodeMode::Fast;
            const auto fast = decoding.decoder.decode(part, chunk, options, {});
            if (!fast.ok() && fast.error().code == ErrorCode::OutOfResources) {
                continue; // a context of a few hundred tokens
            }
            options.mode = DecodeMode::Reference;
            const DecodedPart reference = decoding.decode(part, chunk, options);
            REQUIRE(fast.ok());
            checkSame(fast.value(), reference);
            checkAnswer(part, document, reference);
        }
    }
}

TEST_CASE("walks through a vocabulary of 128,000 tokens never meet a dead end",
          "[extract][decode]") {
    const engine::Tokenizer tokenizer = attest::test::loadTokenizer(
        std::string(ATTEST_SHARED_DIR) + "/fixtures/tokenizers/restricted/llama-bpe-vocab.gguf");
    const TestDocument document;
    for (const bool isAligned : {false, true}) {
        const auto times = measureMasks(
            tokenizer, isAligned, builtInPart("medications", 0), document.chunk(), 400);
        REQUIRE(times.ok());
        CHECK(times.value().steps == 400);
        CHECK(times.value().vocabularySize == 128'256);
        CHECK(times.value().medianMicroseconds <= times.value().p99Microseconds);
    }
}
