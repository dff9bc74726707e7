// Text from outside, with good vocabularies: every byte comes back and no special token appears.
#include "fuzz/fuzz_target.h"

#include "base/check.h"
#include "engine/gguf.h"
#include "engine/tokenizer.h"

#include <string>
#include <vector>

using namespace attest;
using namespace attest::engine;

namespace {

Tokenizer load(const std::string& name) {
    auto file = GgufFile::open(ATTEST_SOURCE_DIR "/tests/data/tokenizers/" + name + ".gguf");
    ATTEST_CHECK(file.ok());
    auto tokenizer = Tokenizer::load(file.value());
    ATTEST_CHECK(tokenizer.ok());
    return std::move(tokenizer).value();
}

// A SentencePiece vocabulary cannot tell U+2581 from a space.
std::string withoutSpaceMarks(std::string text) {
    const std::string mark = "\xE2\x96\x81";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
        text.replace(at, mark.size(), " ");
    }
    return text;
}

void check(const Tokenizer& tokenizer, const std::string& text) {
    std::string bytes;
    for (const TokenId token : tokenizer.encode(text, SpecialText::Plain)) {
        ATTEST_CHECK(tokenizer.kind(token) != TokenKind::Control);
        bytes += tokenizer.tokenBytes(token);
    }
    ATTEST_CHECK(bytes == text);
    static_cast<void>(tokenizer.encode(text, SpecialText::Parsed).size());
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<Tokenizer> tokenizers = [] {
        std::vector<Tokenizer> all;
        for (const char* name : {"gpt-2",
                                 "llama-bpe",
                                 "qwen2",
                                 "qwen35",
                                 "smollm",
                                 "tekken",
                                 "gpt-4o",
                                 "default",
                                 "spm-no-space-prefix"}) {
            all.push_back(load(name));
        }
        return all;
    }();
    const std::string text = withoutSpaceMarks({reinterpret_cast<const char*>(data), size});
    for (const Tokenizer& tokenizer : tokenizers) {
        check(tokenizer, text);
    }
    return 0;
}
