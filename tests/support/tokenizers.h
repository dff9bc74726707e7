// Loading tokenizers and files in tests.
#pragma once

#include "engine/gguf.h"
#include "engine/tokenizer.h"
#include "support/catch.h"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace attest::test {

inline engine::Tokenizer loadTokenizer(const std::string& path) {
    auto file = engine::GgufFile::open(path);
    INFO((file.ok() ? std::string() : file.error().message));
    REQUIRE(file.ok());
    auto tokenizer = engine::Tokenizer::load(file.value());
    INFO((tokenizer.ok() ? std::string() : tokenizer.error().message));
    REQUIRE(tokenizer.ok());
    return std::move(tokenizer).value();
}

inline std::string readFile(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in.good());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// What the tokens spell, byte for byte.
inline std::string spelled(const engine::Tokenizer& tokenizer,
                           const std::vector<engine::TokenId>& tokens) {
    std::string bytes;
    for (const engine::TokenId token : tokens) {
        bytes += tokenizer.tokenBytes(token);
    }
    return bytes;
}

} // namespace attest::test
