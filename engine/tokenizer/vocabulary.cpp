#include "engine/tokenizer/vocabulary.h"

#include "base/utf8.h"
#include "engine/gguf.h"
#include "engine/quoted_text.h"
#include "engine/tokenizer/byte_alphabet.h"
#include "engine/tokenizer/special_texts.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace attest::engine {

namespace {

constexpr std::string_view kSpaceMark = "\xE2\x96\x81"; // U+2581, a space in SentencePiece texts

Error invalid(std::string message) {
    return Error{ErrorCode::InvalidInput, std::move(message)};
}

std::string tokenName(std::size_t index) {
    return "token " + std::to_string(index);
}

// "<0x0A>" is byte 10. nullopt: not of this form.
std::optional<std::uint8_t> parseByteToken(std::string_view text) {
    if (text.size() != 6 || !text.starts_with("<0x") || text.back() != '>') {
        return std::nullopt;
    }
    std::uint8_t byte = 0;
    const char* end = text.data() + 5;
    const auto parsed = std::from_chars(text.data() + 3, end, byte, 16);
    if (parsed.ec != std::errc() || parsed.ptr != end) {
        return std::nullopt;
    }
    return byte;
}

std::string replaceSpaceMarks(std::string_view text) {
    std::string bytes;
    for (;;) {
        const std::size_t mark = text.find(kSpaceMark);
        bytes += text.substr(0, mark);
        if (mark == std::string_view::npos) {
            return bytes;
        }
        bytes += ' ';
        text.remove_prefix(mark + kSpaceMark.size());
    }
}

Result<TokenKind> kindOfType(std::int64_t type, std::size_t index) {
    switch (type) {
    case 1:
        return TokenKind::Normal;
    case 2:
        return TokenKind::Unknown;
    case 3:
        return TokenKind::Control;
    case 4:
        return TokenKind::UserDefined;
    case 5:
        return TokenKind::Unused;
    case 6:
        return TokenKind::Byte;
    default:
        return invalid(tokenName(index) + " has the unknown type " + std::to_string(type));
    }
}

Result<std::optional<TokenId>>
specialId(const GgufFile& file, std::string_view key, std::size_t tokenCount) {
    if (!file.has(key)) {
        return std::optional<TokenId>();
    }
    ATTEST_TRY_ASSIGN(const std::uint64_t id, file.unsignedValue(key));
    if (id >= tokenCount) {
        return invalid("key '" + std::string(key) + "' names token " + std::to_string(id) +
                       " of a vocabulary of " + std::to_string(tokenCount));
    }
    return std::optional(TokenId(id));
}

} // namespace

Result<Vocabulary> Vocabulary::load(const GgufFile& file) {
    Vocabulary vocabulary;
    ATTEST_TRY(vocabulary.readFamily(file));
    ATTEST_TRY(vocabulary.readTexts(file));
    ATTEST_TRY(vocabulary.readKinds(file));
    ATTEST_TRY(vocabulary.readScores(file));
    ATTEST_TRY(vocabulary.readSpecialIds(file));
    ATTEST_TRY(vocabulary.indexTokens());
    ATTEST_TRY(vocabulary.fillBytes());
    ATTEST_TRY(vocabulary.checkUnknown());
    return vocabulary;
}

Result<void> Vocabulary::readFamily(const GgufFile& file) {
    ATTEST_TRY_ASSIGN(const std::string_view model, file.stringValue("tokenizer.ggml.model"));
    if (model != "llama" && model != "gpt2") {
        return Error{ErrorCode::Unsupported,
                     "key 'tokenizer.ggml.model' is " + quoted(model) +
                         ", a tokenizer that is not supported; supported are llama and gpt2"};
    }
    family_ = model == "llama" ? TokenizerFamily::Spm : TokenizerFamily::Bpe;
    return {};
}

Result<void> Vocabulary::readTexts(const GgufFile& file) {
    ATTEST_TRY_ASSIGN(const auto texts, file.strings("tokenizer.ggml.tokens"));
    if (texts.empty()) {
        return invalid("the vocabulary is empty");
    }
    if (texts.size() > VocabularyLimits::kTokens) {
        return Error{ErrorCode::OutOfResources,
                     "a vocabulary of " + std::to_string(texts.size()) +
                         " tokens; this build reads at most " +
                         std::to_string(VocabularyLimits::kTokens)};
    }
    std::size_t total = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].empty()) {
            return invalid(tokenName(i) + " is empty");
        }
        if (texts[i].size() > VocabularyLimits::kTokenBytes) {
            return invalid(tokenName(i) + " has " + std::to_string(texts[i].size()) +
                           " bytes; at most " + std::to_string(VocabularyLimits::kTokenBytes) +
                           " are possible");
        }
        if (!isValidUtf8(texts[i])) {
            return invalid(tokenName(i) + " is not valid UTF-8");
        }
        total += texts[i].size();
    }
    // 2^20 tokens of 2 KiB each would fit, but positions are kept in 32 bits.
    if (total > UINT32_MAX) {
        return Error{ErrorCode::OutOfResources, "the texts of the vocabulary exceed 4 GiB"};
    }
    for (const std::string_view text : texts) {
        texts_.add(text);
    }
    kinds_.assign(texts.size(), TokenKind::Normal);
    return {};
}

Result<void> Vocabulary::readKinds(const GgufFile& file) {
    if (!file.has("tokenizer.ggml.token_type")) {
        if (family_ == TokenizerFamily::Spm) {
            return invalid("key 'tokenizer.ggml.token_type' is missing");
        }
    } else {
        ATTEST_TRY_ASSIGN(const auto types, file.integers("tokenizer.ggml.token_type"));
        if (types.size() != size()) {
            return invalid("key 'tokenizer.ggml.token_type' has " + std::to_string(types.size()) +
                           " elements for " + std::to_string(size()) + " tokens");
        }
        for (std::size_t i = 0; i < types.size(); ++i) {
            ATTEST_TRY_ASSIGN(kinds_[i], kindOfType(types[i], i));
        }
    }
    for (TokenId token = 0; token < count(); ++token) {
        // Some converters leave the type of added tokens out; in a chat they are control tokens.
        const std::string_view tokenText = text(token);
        if (kind(token) == TokenKind::Normal && tokenText.starts_with("<|") &&
            isEndOfGenerationText(tokenText)) {
            kinds_[std::size_t(token)] = TokenKind::Control;
        }
        const bool isSpecial =
            kind(token) == TokenKind::Control || kind(token) == TokenKind::UserDefined;
        if (isSpecial && tokenText.size() > VocabularyLimits::kSpecialBytes) {
            return invalid(tokenName(std::size_t(token)) + " is special and has " +
                           std::to_string(tokenText.size()) + " bytes; at most " +
                           std::to_string(VocabularyLimits::kSpecialBytes) + " are possible");
        }
    }
    return {};
}

Result<void> Vocabulary::readScores(const GgufFile& file) {
    if (!file.has("tokenizer.ggml.scores") && family_ == TokenizerFamily::Bpe) {
        return {};
    }
    ATTEST_TRY_ASSIGN(scores_, file.floats("tokenizer.ggml.scores"));
    if (scores_.size() != size()) {
        return invalid("key 'tokenizer.ggml.scores' has " + std::to_string(scores_.size()) +
                       " elements for " + std::to_string(size()) + " tokens");
    }
    const auto bad = std::find_if_not(
        scores_.begin(), scores_.end(), [](float score) { return std::isfinite(score); });
    if (bad != scores_.end()) {
        return invalid(tokenName(std::size_t(bad - scores_.begin())) +
                       " has a score that is not a number");
    }
    return {};
}

Result<void> Vocabulary::readSpecialIds(const GgufFile& file) {
    ATTEST_TRY_ASSIGN(bos_, specialId(file, "tokenizer.ggml.bos_token_id", size()));
    ATTEST_TRY_ASSIGN(eos_, specialId(file, "tokenizer.ggml.eos_token_id", size()));
    ATTEST_TRY_ASSIGN(unknown_, specialId(file, "tokenizer.ggml.unknown_token_id", size()));
    ATTEST_TRY_ASSIGN(const auto endOfTurn, specialId(file, "tokenizer.ggml.eot_token_id", size()));
    ATTEST_TRY_ASSIGN(const auto endOfMessage,
                      specialId(file, "tokenizer.ggml.eom_token_id", size()));
    if (family_ == TokenizerFamily::Spm) {
        // SentencePiece's own numbers, where the file is silent and they fit.
        const auto orDefault = [this](std::optional<TokenId> id, TokenId usual, TokenKind wanted) {
            const bool fits = usual < count() && kind(usual) == wanted;
            return id || !fits ? id : std::optional(usual);
        };
        unknown_ = orDefault(unknown_, 0, TokenKind::Unknown);
        bos_ = orDefault(bos_, 1, TokenKind::Control);
        eos_ = orDefault(eos_, 2, TokenKind::Control);
    }
    endOfGeneration_.assign(size(), false);
    for (const auto& id : {eos_, endOfTurn, endOfMessage}) {
        if (id) {
            endOfGeneration_[std::size_t(*id)] = true;
        }
    }
    for (TokenId token = 0; token < count(); ++token) {
        const bool isSpecial =
            kind(token) == TokenKind::Control || kind(token) == TokenKind::UserDefined;
        if (isSpecial && isEndOfGenerationText(text(token))) {
            endOfGeneration_[std::size_t(token)] = true;
        }
    }
    return {};
}

Result<void> Vocabulary::indexTokens() {
    tokens_ = KeyedTable<std::string_view, TokenId>(size());
    isMergeable_.reserve(size());
    for (TokenId token = 0; token < count(); ++token) {
        const std::string_view tokenText = text(token);
        if (!tokens_.insert(tokenText, token)) {
            return invalid(tokenName(std::size_t(token)) + " has the same text as token " +
                           std::to_string(*tokens_.find(tokenText)));
        }
        isMergeable_.push_back(kind(token) == TokenKind::Normal ||
                               (kind(token) == TokenKind::UserDefined && !isFrameText(tokenText)));
    }
    return {};
}

Result<void> Vocabulary::fillBytes() {
    byteTokens_.fill(kNoToken);
    for (TokenId token = 0; token < count(); ++token) {
        switch (kind(token)) {
        case TokenKind::Byte: {
            const auto byte = parseByteToken(text(token));
            if (!byte) {
                return invalid(tokenName(std::size_t(token)) +
                               " is of type byte but not of the form <0x00> … <0xFF>");
            }
            if (byteTokens_[*byte] != kNoToken) {
                return invalid(tokenName(std::size_t(token)) + " stands for the same byte as " +
                               tokenName(std::size_t(byteTokens_[*byte])));
            }
            byteTokens_[*byte] = token;
            bytes_.add(std::string(1, char(*byte)));
            break;
        }
        case TokenKind::Normal:
            bytes_.add(family_ == TokenizerFamily::Bpe ? bytesOfAlphabet(text(token))
                                                       : replaceSpaceMarks(text(token)));
            break;
        case TokenKind::UserDefined:
            bytes_.add(text(token));
            break;
        case TokenKind::Control:
        case TokenKind::Unknown:
        case TokenKind::Unused:
            bytes_.add("");
            break;
        }
    }
    if (family_ == TokenizerFamily::Bpe) {
        for (std::uint32_t byte = 0; byte < 256; ++byte) {
            std::string character;
            appendUtf8(character, characterOfByte(std::uint8_t(byte)));
            if (const TokenId* token = findMergeable(character)) {
                byteTokens_[byte] = *token;
            }
        }
    }
    return {};
}

// Every byte needs a token; in SentencePiece vocabularies the unknown token will do.
Result<void> Vocabulary::checkUnknown() const {
    const auto missing = std::find(byteTokens_.begin(), byteTokens_.end(), kNoToken);
    if (family_ == TokenizerFamily::Spm && !unknown_ && missing != byteTokens_.end()) {
        return invalid("there is no unknown token and none for byte " +
                       std::to_string(missing - byteTokens_.begin()));
    }
    return {};
}

} // namespace attest::engine
