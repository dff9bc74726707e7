#include "engine/tokenizer.h"

#include "engine/gguf.h"
#include "engine/tokenizer/merge.h"
#include "engine/tokenizer/pre_tokenizer.h"
#include "engine/tokenizer/unicode_classes.h"
#include "support/byte_mutator.h"
#include "support/catch.h"
#include "support/gguf_writer.h"
#include "support/tokenizers.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <random>

using namespace attest;
using namespace attest::engine;
using attest::test::GgufWriter;
using attest::test::loadTokenizer;
using attest::test::spelled;
using attest::test::TemporaryFile;

namespace {

enum Type : std::int32_t { kNormal = 1, kUnknown, kControl, kUserDefined, kUnused, kByte };

// A vocabulary under construction; what is left out of the file can be chosen.
struct Draft {
    std::string model = "llama";
    std::optional<std::string> pre;
    std::vector<std::string> tokens;
    std::vector<std::int32_t> types;
    std::vector<float> scores;
    std::vector<std::string> merges;
    bool hasTypes = true;
    bool hasScores = true;
    bool hasMerges = true;

    Draft& add(std::string text, std::int32_t type = kNormal, float score = 0) {
        tokens.push_back(std::move(text));
        types.push_back(type);
        scores.push_back(score);
        return *this;
    }

    GgufWriter writer() const {
        GgufWriter writer;
        writer.string("tokenizer.ggml.model", model).strings("tokenizer.ggml.tokens", tokens);
        if (pre) {
            writer.string("tokenizer.ggml.pre", *pre);
        }
        if (hasTypes) {
            writer.ints("tokenizer.ggml.token_type", types);
        }
        if (hasScores) {
            writer.floats("tokenizer.ggml.scores", scores);
        }
        if (hasMerges) {
            writer.strings("tokenizer.ggml.merges", merges);
        }
        return writer;
    }
};

Draft spmDraft() {
    Draft draft;
    draft.hasMerges = false;
    return draft.add("<unk>", kUnknown).add("<s>", kControl).add("</s>", kControl);
}

// The 256 bytes as tokens 0…255, written as in GPT-2.
Draft bpeDraft() {
    Draft draft;
    draft.model = "gpt2";
    draft.pre = "gpt-2";
    draft.hasScores = false;
    char32_t next = 0x100;
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        const bool printable = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
        std::string text;
        const char32_t character = printable ? char32_t(byte) : next++;
        if (character < 0x80) {
            text = char(character);
        } else {
            text = {char(0xC0U | (character >> 6U)), char(0x80U | (character & 0x3FU))};
        }
        draft.add(text);
    }
    return draft;
}

Result<Tokenizer> load(const GgufWriter& writer) {
    const TemporaryFile path(writer.bytes());
    const auto file = GgufFile::open(path.path());
    REQUIRE(file.ok());
    return Tokenizer::load(file.value());
}

Tokenizer loaded(const GgufWriter& writer) {
    auto tokenizer = load(writer);
    INFO((tokenizer.ok() ? std::string() : tokenizer.error().message));
    REQUIRE(tokenizer.ok());
    return std::move(tokenizer).value();
}

std::string errorOf(const GgufWriter& writer, ErrorCode code = ErrorCode::InvalidInput) {
    const auto tokenizer = load(writer);
    if (tokenizer.ok()) {
        return "loaded";
    }
    CHECK(tokenizer.error().code == code);
    return tokenizer.error().message;
}

std::string errorOf(const Draft& draft, ErrorCode code = ErrorCode::InvalidInput) {
    return errorOf(draft.writer(), code);
}

std::vector<std::string> pieces(PreTokenizer rule, std::string_view text) {
    std::vector<std::string> found;
    forEachPiece(rule, text, [&](std::string_view piece) { found.emplace_back(piece); });
    return found;
}

const std::string kFixtures = ATTEST_SOURCE_DIR "/tests/data/tokenizers/";

} // namespace

TEST_CASE("Broken vocabularies are refused with the token's number", "[engine][tokenizer]") {
    CHECK(errorOf(Draft()) == "read the tokenizer: the vocabulary is empty");
    CHECK(errorOf(spmDraft().add("a").add("a")) ==
          "read the tokenizer: token 4 has the same text as token 3");
    CHECK(errorOf(spmDraft().add("")) == "read the tokenizer: token 3 is empty");
    CHECK(errorOf(spmDraft().add("\xC0\xAF")) == "read the tokenizer: token 3 is not valid UTF-8");
    CHECK(errorOf(spmDraft().add(std::string(2049, 'x'))) ==
          "read the tokenizer: token 3 has 2049 bytes; at most 2048 are possible");
    CHECK(errorOf(spmDraft().add(std::string(257, 'x'), kControl)) ==
          "read the tokenizer: token 3 is special and has 257 bytes; at most 256 are possible");
    for (const std::int32_t type : {0, 7, -1, std::numeric_limits<std::int32_t>::min()}) {
        CHECK(errorOf(spmDraft().add("x", type)) ==
              "read the tokenizer: token 3 has the unknown type " + std::to_string(type));
    }
    for (const char* text : {"<0x-1>", "<0x100>", "<0xG0>", "<0x0>", "0x00", "<0x+1>", "<0x 1>"}) {
        CHECK(errorOf(spmDraft().add(text, kByte)) ==
              "read the tokenizer: token 3 is of type byte but not of the form <0x00> … <0xFF>");
    }
    CHECK(errorOf(spmDraft().add("<0x0A>", kByte).add("<0x0a>", kByte)) ==
          "read the tokenizer: token 4 stands for the same byte as token 3");
    CHECK(errorOf(spmDraft().add("x", kNormal, std::numeric_limits<float>::quiet_NaN())) ==
          "read the tokenizer: token 3 has a score that is not a number");
    CHECK(errorOf(spmDraft().add("x", kNormal, std::numeric_limits<float>::infinity())) ==
          "read the tokenizer: token 3 has a score that is not a number");

    Draft noUnknown;
    noUnknown.hasMerges = false;
    CHECK(errorOf(noUnknown.add("<0x00>", kByte)) ==
          "read the tokenizer: there is no unknown token and none for byte 1");
}

TEST_CASE("Lists of the wrong length or type are refused", "[engine][tokenizer]") {
    Draft shortTypes = spmDraft().add("x");
    shortTypes.types.pop_back();
    CHECK(errorOf(shortTypes) ==
          "read the tokenizer: key 'tokenizer.ggml.token_type' has 3 elements for 4 tokens");
    Draft longScores = spmDraft();
    longScores.scores.push_back(0);
    CHECK(errorOf(longScores) ==
          "read the tokenizer: key 'tokenizer.ggml.scores' has 4 elements for 3 tokens");
    Draft noTypes = spmDraft();
    noTypes.hasTypes = false;
    CHECK(errorOf(noTypes) == "read the tokenizer: key 'tokenizer.ggml.token_type' is missing");
    Draft noScores = spmDraft();
    noScores.hasScores = false;
    CHECK(errorOf(noScores, ErrorCode::NotFound) ==
          "read the tokenizer: key 'tokenizer.ggml.scores' is not in the file");
    Draft noMerges = bpeDraft();
    noMerges.hasMerges = false;
    CHECK(errorOf(noMerges, ErrorCode::NotFound) ==
          "read the tokenizer: key 'tokenizer.ggml.merges' is not in the file");

    // The element type of every list is checked before it is read.
    GgufWriter types;
    types.string("tokenizer.ggml.model", "llama")
        .strings("tokenizer.ggml.tokens", {"<unk>"})
        .floats("tokenizer.ggml.token_type", {2})
        .floats("tokenizer.ggml.scores", {0});
    CHECK(errorOf(types) == "read the tokenizer: key 'tokenizer.ggml.token_type' is an array of "
                            "elements of type f32, not an array of integers");
    GgufWriter tokens;
    tokens.string("tokenizer.ggml.model", "llama").ints("tokenizer.ggml.tokens", {1});
    CHECK(errorOf(tokens) == "read the tokenizer: key 'tokenizer.ggml.tokens' is an array of "
                             "elements of type i32, not an array of strings");
    GgufWriter scores;
    scores.string("tokenizer.ggml.model", "llama")
        .strings("tokenizer.ggml.tokens", {"<unk>"})
        .ints("tokenizer.ggml.token_type", {2})
        .ints("tokenizer.ggml.scores", {0});
    CHECK(errorOf(scores) == "read the tokenizer: key 'tokenizer.ggml.scores' is an array of "
                             "elements of type i32, not an array of floating-point numbers");
}

TEST_CASE("Special token ids outside the vocabulary are refused", "[engine][tokenizer]") {
    const auto key = GENERATE(as<std::string>{},
                              "tokenizer.ggml.bos_token_id",
                              "tokenizer.ggml.eos_token_id",
                              "tokenizer.ggml.unknown_token_id",
                              "tokenizer.ggml.eot_token_id",
                              "tokenizer.ggml.eom_token_id");
    CHECK(errorOf(spmDraft().writer().u32(key, 3)) ==
          "read the tokenizer: key '" + key + "' names token 3 of a vocabulary of 3");
    CHECK(errorOf(spmDraft().writer().u32(key, 0xFFFFFFFF)) ==
          "read the tokenizer: key '" + key + "' names token 4294967295 of a vocabulary of 3");
    CHECK(errorOf(spmDraft().writer().i32(key, -1)) ==
          "read the tokenizer: key '" + key + "' holds a number that is out of range");
    CHECK(errorOf(spmDraft().writer().u32(key, 2)) == "loaded");
}

TEST_CASE("Merges must name tokens", "[engine][tokenizer]") {
    for (const char* merge : {"", " ", "a", "a ", "aa", "\xFF\xFE"}) {
        Draft draft = bpeDraft();
        draft.merges = {merge};
        CHECK(errorOf(draft) ==
              "read the tokenizer: merge 0 is not two texts with a space between them");
    }
    for (const char* merge : {"a b", "a zz", "zz a", " a b", "a b c"}) {
        Draft draft = bpeDraft().add("xy");
        draft.merges = {"x y", merge};
        CHECK(errorOf(draft) ==
              "read the tokenizer: merge 1 names a text that is not in the vocabulary");
    }
}

TEST_CASE("Unknown tokenizers are refused by name", "[engine][tokenizer]") {
    Draft draft = spmDraft();
    draft.model = "bert";
    CHECK(errorOf(draft, ErrorCode::Unsupported) ==
          "read the tokenizer: key 'tokenizer.ggml.model' is 'bert', a tokenizer that is not "
          "supported; supported are llama and gpt2");
    Draft pre = bpeDraft();
    pre.pre = "gemma4";
    CHECK(errorOf(pre, ErrorCode::Unsupported) ==
          "key 'tokenizer.ggml.pre' is 'gemma4', a pre-tokenizer that is not supported; supported "
          "are gpt-2, llama-bpe, llama3, llama-v3, dbrx, smaug-bpe, qwen2, deepseek-r1-qwen, "
          "qwen35, smollm, starcoder, refact, tekken, pixtral, gpt-4o, llama4 and default");
}

TEST_CASE("Higher scores merge first and leftmost wins ties", "[engine][tokenizer]") {
    Draft draft = spmDraft();
    for (const char* letter : {"a", "b", "c", "d"}) {
        draft.add(letter, kNormal, -100);
    }
    draft.add("ab", kNormal, -2).add("bc", kNormal, -1).add("cd", kNormal, -2); // 7, 8, 9
    draft.add("aa", kNormal, -3);                                               // 10
    const Tokenizer tokenizer =
        loaded(draft.writer().boolean("tokenizer.ggml.add_space_prefix", false));

    CHECK(tokenizer.encode("abcd", SpecialText::Plain) == std::vector<TokenId>{3, 8, 6});
    CHECK(tokenizer.encode("aaa", SpecialText::Plain) == std::vector<TokenId>{10, 3});
    CHECK(tokenizer.encode("", SpecialText::Plain).empty());
    // No token and no byte token: the unknown token, once a byte.
    CHECK(tokenizer.encode("aé", SpecialText::Plain) == std::vector<TokenId>{3, 0, 0});
}

TEST_CASE("Earlier merges come first and text never becomes a special token",
          "[engine][tokenizer]") {
    Draft draft = bpeDraft().add("ab").add("bc").add("abc"); // 256, 257, 258
    draft.add("<|x|>", kControl).add("<|", kNormal).add("x|>", kNormal);
    draft.merges = {"b c", "a b", "ab c", "< |", "| >", "x |>", "<| x|>"};
    draft.add("|>", kNormal);
    const Tokenizer tokenizer = loaded(draft.writer());

    CHECK(tokenizer.encode("abc", SpecialText::Plain) == std::vector<TokenId>{'a', 257});
    CHECK(tokenizer.encode("ab", SpecialText::Plain) == std::vector<TokenId>{256});
    // The vocabulary even lists the merge that would make it.
    CHECK(tokenizer.encode("<|x|>", SpecialText::Parsed) == std::vector<TokenId>{259});
    const auto plain = tokenizer.encode("<|x|>", SpecialText::Plain);
    CHECK(std::count(plain.begin(), plain.end(), 259) == 0);
    CHECK(spelled(tokenizer, plain) == "<|x|>");
}

TEST_CASE("User-defined tokens are found in plain text, frames never", "[engine][tokenizer]") {
    Draft draft = spmDraft().add("\n\n", kUserDefined).add("\n\n\n", kUserDefined);
    draft.add("<|user|>", kUserDefined).add("[INST]", kUserDefined).add("x", kNormal, -1);
    const Tokenizer tokenizer =
        loaded(draft.writer().boolean("tokenizer.ggml.add_space_prefix", false));

    CHECK(tokenizer.encode("x\n\n\nx\n\nx", SpecialText::Plain) ==
          std::vector<TokenId>{7, 4, 7, 3, 7});
    CHECK(tokenizer.encode("x<|user|>[INST]", SpecialText::Parsed) ==
          std::vector<TokenId>{7, 5, 6});
    const auto plain = tokenizer.encode("<|user|>[INST]</s>", SpecialText::Plain);
    CHECK(plain == std::vector<TokenId>(18, 0));
    CHECK(tokenizer.tokenBytes(3) == "\n\n");
    CHECK(tokenizer.tokenBytes(1).empty());
    CHECK(tokenizer.findSpecial("[INST]") == std::optional<TokenId>(6));
    CHECK(tokenizer.findSpecial("x") == std::nullopt);
}

TEST_CASE("What ends an answer is known by id and by text", "[engine][tokenizer]") {
    Draft draft =
        spmDraft().add("<|im_end|>", kControl).add("<|end|>", kNormal).add("stop", kControl);
    const Tokenizer tokenizer = loaded(draft.writer().u32("tokenizer.ggml.eot_token_id", 5));

    CHECK(tokenizer.eos() == std::optional<TokenId>(2));
    CHECK(tokenizer.bos() == std::optional<TokenId>(1));
    for (TokenId token = 0; token < 6; ++token) {
        CAPTURE(token);
        CHECK(tokenizer.isEndOfGeneration(token) == (token >= 2));
    }
    // Converters that forget the type of added tokens do not open a hole.
    CHECK(tokenizer.kind(4) == TokenKind::Control);
    CHECK(tokenizer.encode("<|end|>", SpecialText::Parsed) == std::vector<TokenId>{4});
}

TEST_CASE("Every family's end of an answer is known by its text", "[engine][tokenizer]") {
    for (const char* text : {"<|eot_id|>",
                             "<|eom_id|>",
                             "<|im_end|>",
                             "<|end|>",
                             "<|end_of_text|>",
                             "<|endoftext|>",
                             "<|return|>",
                             "<end_of_turn>",
                             "<end_of_utterance>",
                             "<EOT>",
                             "<eos>",
                             "<｜end▁of▁sentence｜>"}) {
        CAPTURE(text);
        const Tokenizer tokenizer = loaded(spmDraft().add(text, kControl).writer());
        CHECK(tokenizer.isEndOfGeneration(3));
    }
    // A text that a document may well contain ends nothing as long as it is a word like others.
    CHECK_FALSE(loaded(spmDraft().add("<EOT>", kNormal).writer()).isEndOfGeneration(3));
    for (const char* text : {"<|im_start|>", "<start_of_turn>", "<think>", "</think>"}) {
        CAPTURE(text);
        CHECK_FALSE(loaded(spmDraft().add(text, kControl).writer()).isEndOfGeneration(3));
    }
}

TEST_CASE("Phi-3's special tokens swallow the blanks behind them", "[engine][tokenizer]") {
    Draft draft = spmDraft().add("<|user|>", kControl).add("<|endoftext|>", kControl);
    draft.add("x", kNormal, -1).add("\xE2\x96\x81", kNormal, -1); // 5, 6
    const auto named = [&draft](const std::string& name) {
        return loaded(draft.writer()
                          .string("general.name", name)
                          .boolean("tokenizer.ggml.add_space_prefix", false));
    };
    const Tokenizer phi3 = named("Phi-3 Mini 4k Instruct");
    const Tokenizer other = named("Llama");

    CHECK(phi3.encode("<|user|> \n x x", SpecialText::Parsed) == std::vector<TokenId>{3, 5, 6, 5});
    CHECK(phi3.encode("<|endoftext|> x", SpecialText::Parsed) == std::vector<TokenId>{4, 6, 5});
    CHECK(other.encode("<|user|>  x", SpecialText::Parsed) == std::vector<TokenId>{3, 6, 6, 5});
    // Also where a message begins with them, and never inside a document.
    CHECK(phi3.encodeParts({{"<|user|>\n", SpecialText::Parsed},
                            {" ", SpecialText::Plain},
                            {"  x x", SpecialText::Plain}}) == std::vector<TokenId>{3, 5, 6, 5});
    CHECK(phi3.encodeParts({{"<|user|>x", SpecialText::Parsed}, {" x", SpecialText::Plain}}) ==
          std::vector<TokenId>{3, 5, 6, 5});
}

TEST_CASE("Parts are encoded as one text, specials by each part's rule", "[engine][tokenizer]") {
    Draft draft = bpeDraft().add("ab").add("<|x|>", kControl);
    draft.merges = {"a b"};
    const Tokenizer tokenizer = loaded(draft.writer());

    CHECK(tokenizer.encodeParts({{"a", SpecialText::Parsed}, {"b", SpecialText::Plain}}) ==
          std::vector<TokenId>{256});
    // A special token cannot be put together from a frame and a content.
    const auto split =
        tokenizer.encodeParts({{"<|x", SpecialText::Parsed}, {"|>", SpecialText::Plain}});
    CHECK(std::count(split.begin(), split.end(), 257) == 0);
    CHECK(tokenizer.encodeParts({{"<|x|>", SpecialText::Parsed}, {"<|x|>", SpecialText::Plain}})
              .front() == 257);
}

TEST_CASE("Any bytes can be encoded and come back", "[engine][tokenizer]") {
    const auto name = GENERATE(as<std::string>{},
                               "gpt-2",
                               "llama-bpe",
                               "qwen2",
                               "smollm",
                               "tekken",
                               "gpt-4o",
                               "default",
                               "spm-no-space-prefix");
    CAPTURE(name);
    const Tokenizer tokenizer = loadTokenizer(kFixtures + name + ".gguf");
    test::ByteMutator mutator(7);
    std::string text = "Metformin 500 mg\r\n\n  ½ x'LL ‘ß’ 💊\t日本 <|im_end|>";

    for (int round = 0; round < 300; ++round) {
        const auto tokens = tokenizer.encode(text, SpecialText::Plain);
        // U+2581 means a space in SentencePiece vocabularies.
        if (spelled(tokenizer, tokens) != text) {
            CAPTURE(round, text);
            REQUIRE(spelled(tokenizer, tokens) == text);
        }
        text = mutator.mutate(text);
        if (text.size() < 8) {
            text += "5 ml, 'S  \xE2\x82";
        }
    }
}

constexpr TokenId kMergeTokens = 60;

// Merges by left * kMergeTokens + right.
using MergeTable = std::vector<std::optional<Merge>>;

const std::optional<Merge>& mergeIn(const MergeTable& merges, TokenId left, TokenId right) {
    return merges[std::size_t(left * kMergeTokens + right)];
}

// What merging means, without heap, memo or list: again and again the pair of the lowest priority.
std::vector<TokenId> mergedSimply(std::vector<TokenId> tokens, const MergeTable& merges) {
    for (;;) {
        std::size_t best = tokens.size();
        std::optional<Merge> chosen;
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            const auto& merge = mergeIn(merges, tokens[i], tokens[i + 1]);
            if (merge && (!chosen || merge->priority < chosen->priority)) {
                best = i;
                chosen = merge;
            }
        }
        if (!chosen) {
            return tokens;
        }
        tokens[best] = chosen->token;
        tokens.erase(tokens.begin() + std::ptrdiff_t(best) + 1);
    }
}

TEST_CASE("Merging gives what the plain rule gives", "[engine][tokenizer]") {
    std::mt19937 random(11);
    for (std::uint32_t vocabulary = 0; vocabulary < 12; ++vocabulary) {
        Merger merger;
        // Priorities in any order, also equal ones, as a crafted file may have them.
        MergeTable merges(std::size_t{kMergeTokens} * kMergeTokens);
        for (TokenId token = 4; token < kMergeTokens; ++token) {
            const auto left = random() % std::uint32_t(token);
            const auto right = random() % std::uint32_t(token);
            merges[left * kMergeTokens + right] = Merge{std::uint32_t(random() % 40), token};
        }
        // From 2048 symbols on, pairs are remembered.
        for (const std::size_t size :
             std::initializer_list<std::size_t>{0, 1, 2, 3, 7, 40, 300, 2300, 50}) {
            std::vector<TokenId> letters(size);
            merger.clear();
            for (std::size_t i = 0; i < size; ++i) {
                letters[i] = TokenId(random() % (1 + vocabulary % 4));
                merger.add(std::uint32_t(i), 1, letters[i]);
            }
            merger.run([&](const MergeSymbol& a, const MergeSymbol& b) {
                return mergeIn(merges, a.token, b.token);
            });
            std::vector<TokenId> merged;
            for (const MergeSymbol& symbol : merger.symbols()) {
                if (symbol.length > 0) {
                    merged.push_back(symbol.token);
                }
            }
            CAPTURE(vocabulary, size);
            CHECK((merged == mergedSimply(letters, merges)));
        }
    }
}

TEST_CASE("Words that come again are encoded as the first time", "[engine][tokenizer]") {
    const auto name = GENERATE(as<std::string>{}, "llama-bpe", "tekken", "gpt-2", "spm-llama");
    const Tokenizer tokenizer = loadTokenizer(kFixtures + name + ".gguf");
    const std::string line = " the patient's 12.5 mg of Ibuprofen\n\n déjà\xFF vu";
    const auto once = tokenizer.encode("x" + line, SpecialText::Plain);
    auto expected = once;
    std::string text = "x" + line;
    const auto head = tokenizer.encode("x", SpecialText::Plain);

    for (int repeat = 0; repeat < 50; ++repeat) {
        text += line;
        expected.insert(expected.end(), once.begin() + std::ptrdiff_t(head.size()), once.end());
    }

    CHECK(tokenizer.encode(text, SpecialText::Plain) == expected);
}

TEST_CASE("Long texts without borders are encoded in linear time", "[engine][tokenizer]") {
    // Quadratic merging would take many minutes here, and the pieces are cut once.
    const auto name = GENERATE(as<std::string>{}, "llama-bpe", "spm-no-space-prefix");
    const Tokenizer tokenizer = loadTokenizer(kFixtures + name + ".gguf");
    for (const char* unit : {"a", " ", "<", "the", "\n", "3", "\x80"}) {
        std::string text;
        while (text.size() < 300'000) {
            text += unit;
        }
        const auto tokens = tokenizer.encode(text, SpecialText::Plain);
        CHECK((spelled(tokenizer, tokens) == text));
    }
}

TEST_CASE("Pre-tokenizers cut as their expressions say", "[engine][tokenizer]") {
    using Pieces = std::vector<std::string>;
    CHECK(pieces(PreTokenizer::Gpt2, "I'll  see 12.5 mg!!\n\n x") ==
          Pieces{"I", "'ll", " ", " see", " 12", ".", "5", " mg", "!!", "\n\n", " x"});
    CHECK(pieces(PreTokenizer::Gpt2, "x'LL  ") == Pieces{"x", "'", "LL", "  "});
    CHECK(pieces(PreTokenizer::LlamaBpe, "x'LL 12345 .\n\n  a\n b") ==
          Pieces{"x", "'LL", " ", "123", "45", " .\n\n", " ", " a", "\n", " b"});
    CHECK(pieces(PreTokenizer::LlamaBpe, "a \n \n b") == Pieces{"a", " \n \n", " b"});
    CHECK(pieces(PreTokenizer::LlamaBpe, "(ab) #1") == Pieces{"(ab", ")", " #", "1"});
    CHECK(pieces(PreTokenizer::Qwen2, "12ab") == Pieces{"1", "2", "ab"});
    CHECK(pieces(PreTokenizer::Qwen2, "e\u0301a") == Pieces{"e", "\u0301a"});
    CHECK(pieces(PreTokenizer::Qwen35, "e\u0301a \u0301.") == Pieces{"e\u0301a", " \u0301", "."});
    CHECK(pieces(PreTokenizer::Tekken, "helloWorld HTTPServer it's 12 a/b//\n") ==
          Pieces{"hello", "World", " HTTPServer", " it", "'s", " ", "1", "2", " a", "/b", "//\n"});
    // A letter that is neither A–Z nor a–z ends a word of capitals, as in the reference program.
    CHECK(pieces(PreTokenizer::Tekken, "AÉTUDE ÉTUDEs ÉÉ") ==
          Pieces{"AÉ", "TUDE", " ÉTUDEs", " ÉÉ"});
    CHECK(pieces(PreTokenizer::Gpt4o, "It's WE'LL x'S 12345 'd 'tis") ==
          Pieces{"It's", " WE'LL", " x'S", " ", "123", "45", " '", "d", " '", "tis"});
    CHECK(pieces(PreTokenizer::SmolLm, "a  12 b") == Pieces{"a", "  ", "1", "2", " b"});
    CHECK(pieces(PreTokenizer::Default, "a 12345, $b") ==
          Pieces{"a", " ", "123", "45", ",", " ", "$", "b"});
    CHECK(pieces(PreTokenizer::Gpt2, "").empty());
    // Malformed bytes are symbols.
    CHECK(pieces(PreTokenizer::Gpt2, "a\xFF\xFEz") == Pieces{"a", "\xFF\xFE", "z"});
}

TEST_CASE("Characters have their Unicode classes", "[engine][tokenizer]") {
    for (const char32_t c : {U'a', U'Z', U'é', U'ß', U'ª', U'µ', U'日', U'א', U'𝐀'}) {
        CHECK(classOf(c) == CharClass::Letter);
    }
    for (const char32_t c : {U'0', U'9', U'½', U'²', U'Ⅷ', U'٣', U'①'}) {
        CHECK(classOf(c) == CharClass::Number);
    }
    for (const char32_t c : {U'!', U'_', U'«', U'—', U'“', U'。', U'@', U'%'}) {
        CHECK(classOf(c) == CharClass::Punctuation);
    }
    for (const char32_t c : {U' ', U'\t', U'\u0085', U'\u00A0', U'\u2003', U'\u3000', U'\u202F'}) {
        CHECK(classOf(c) == CharClass::Space);
    }
    for (const char32_t c : {U'\u0301', U'\u0E31', U'\u20DD', U'\uFE0F', char32_t(0x1E130)}) {
        CHECK(classOf(c) == CharClass::Mark);
    }
    for (const char32_t c : {U'$',
                             U'+',
                             U'`',
                             U'€',
                             U'\0',
                             U'\x7F',
                             U'\u200B',
                             U'💊',
                             U'\uFFFD',
                             char32_t(0x10FFFF),
                             char32_t(0xFFFFFFFF)}) {
        CHECK(classOf(c) == CharClass::Other);
    }
}
