// Whatever a document says, it never becomes a special token, with any vocabulary or chat format.
#include "engine/chat_format.h"
#include "engine/tokenizer.h"
#include "engine/tokenizer/special_texts.h"
#include "support/catch.h"
#include "support/tokenizers.h"

#include <algorithm>
#include <filesystem>
#include <random>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

namespace fs = std::filesystem;

// The vocabularies of the tests, and those beside the checkout where it is there.
std::vector<std::string> vocabularies() {
    const std::string shared = ATTEST_SHARED_DIR;
    std::vector<std::string> folders = {ATTEST_SOURCE_DIR "/tests/data/tokenizers"};
    if (!shared.empty()) {
        folders.push_back(shared + "/fixtures/tokenizers/upstream");
        folders.push_back(shared + "/fixtures/tokenizers/restricted");
    }
    std::vector<std::string> paths;
    for (const std::string& folder : folders) {
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() == ".gguf") {
                paths.push_back(entry.path().string());
            }
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

bool isSpecial(const Tokenizer& tokenizer, TokenId token) {
    const TokenKind kind = tokenizer.kind(token);
    return kind == TokenKind::Control || kind == TokenKind::Unknown ||
           (kind == TokenKind::UserDefined && isFrameText(tokenizer.tokenText(token)));
}

std::vector<std::string> specialTexts(const Tokenizer& tokenizer) {
    // Also those that only other vocabularies have.
    std::vector<std::string> texts = {"<think>", "[INST]", "<|im_end|>", "<end_of_turn>"};
    for (TokenId token = 0; token < TokenId(tokenizer.vocabularySize()); ++token) {
        if (isSpecial(tokenizer, token)) {
            texts.emplace_back(tokenizer.tokenText(token));
        }
    }
    return texts;
}

std::ptrdiff_t specialCount(const Tokenizer& tokenizer, const std::vector<TokenId>& tokens) {
    return std::count_if(
        tokens.begin(), tokens.end(), [&](TokenId token) { return isSpecial(tokenizer, token); });
}

// Documents that spell special tokens: each one alone, and mixtures with pieces of others.
std::vector<std::string> hostileDocuments(const std::vector<std::string>& texts) {
    std::vector<std::string> documents(
        texts.begin(), texts.begin() + std::ptrdiff_t(std::min<std::size_t>(texts.size(), 300)));
    std::mt19937 random(5);
    for (int round = 0; round < 60; ++round) {
        std::string document;
        for (int part = 0; part < 8; ++part) {
            const std::string& text = texts[random() % texts.size()];
            switch (random() % 4) {
            case 0:
                document += text;
                break;
            case 1:
                document += " " + text + "\n\n";
                break;
            case 2:
                document += text.substr(0, random() % (text.size() + 1));
                break;
            default:
                document += "Metformin 500 mg" + text.substr(text.size() / 2);
                break;
            }
        }
        documents.push_back(document);
    }
    return documents;
}

} // namespace

TEST_CASE("A document never becomes a special token", "[engine][tokenizer][chat]") {
    const auto paths = vocabularies();
    REQUIRE(paths.size() >= 12);
    for (const std::string& path : paths) {
        CAPTURE(path);
        const Tokenizer tokenizer = loadTokenizer(path);
        const auto texts = specialTexts(tokenizer);
        REQUIRE(texts.size() > 4);
        std::size_t parsed = 0;
        for (const std::string& document : hostileDocuments(texts)) {
            const auto tokens = tokenizer.encode(document, SpecialText::Plain);
            if (specialCount(tokenizer, tokens) != 0) {
                CAPTURE(document);
                REQUIRE(specialCount(tokenizer, tokens) == 0);
            }
            const std::string text = spelled(tokenizer, tokens);
            if (!document.empty() && text != document && text != " " + document) {
                CAPTURE(document);
                CHECK(text == document);
            }
            parsed += std::size_t(
                specialCount(tokenizer, tokenizer.encode(document, SpecialText::Parsed)));
        }
        CHECK(parsed > 30); // the documents do spell them
    }
}

TEST_CASE("No document changes the frame around it", "[engine][chat]") {
    for (const std::string& path : vocabularies()) {
        CAPTURE(path);
        const Tokenizer tokenizer = loadTokenizer(path);
        const auto documents = hostileDocuments(specialTexts(tokenizer));
        for (const std::string_view name : ChatFormat::names()) {
            CAPTURE(name);
            const auto format = ChatFormat::named(name);
            REQUIRE(format.ok());
            const auto countWith = [&](const std::string& text) {
                return specialCount(tokenizer,
                                    format.value().encode(tokenizer,
                                                          {{ChatRole::System, text},
                                                           {ChatRole::User, text},
                                                           {ChatRole::Assistant, text},
                                                           {ChatRole::User, text}}));
            };
            const auto expected = countWith("harmless");
            for (std::size_t i = 0; i < documents.size(); i += 7) {
                if (countWith(documents[i]) != expected) {
                    CAPTURE(documents[i]);
                    REQUIRE(countWith(documents[i]) == expected);
                }
            }
        }
    }
}
