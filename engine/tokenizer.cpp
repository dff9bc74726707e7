#include "engine/tokenizer.h"

#include "base/check.h"
#include "engine/gguf.h"
#include "engine/tokenizer/bpe.h"
#include "engine/tokenizer/clean_spaces.h"
#include "engine/tokenizer/special_matcher.h"
#include "engine/tokenizer/special_texts.h"
#include "engine/tokenizer/spm.h"
#include "engine/tokenizer/vocabulary.h"

#include <algorithm>
#include <utility>

namespace attest::engine {

namespace {

// Phi-3's special tokens swallow the blanks behind them. Nothing in the file says so but its name.
bool namesPhi3(std::string_view modelName) {
    std::string name(modelName);
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    });
    return name.find("phi-3") != std::string::npos || name.find("phi3") != std::string::npos;
}

bool swallowsBlanks(std::string_view tokenText) {
    return tokenText != "<unk>" && tokenText != "<s>" && tokenText != "<|endoftext|>";
}

std::size_t skipBlanks(std::string_view text, std::size_t at) {
    const std::size_t next = text.find_first_not_of(" \t\n\v\f\r", at);
    return next == std::string_view::npos ? text.size() : next;
}

} // namespace

struct Tokenizer::Impl {
    Vocabulary vocabulary;
    std::optional<SpmEncoder> spm; // exactly one of the two encoders is there
    std::optional<BpeEncoder> bpe;
    SpecialMatcher parsed; // control, unknown and user-defined tokens
    SpecialMatcher plain;  // user-defined tokens that cannot disturb a chat frame
    bool addBos = false;
    bool addSpacePrefix = false;
    bool cleansSpaces = false;
    bool specialsSwallowBlanks = false;

    void encodeRaw(std::string_view text, std::vector<TokenId>& tokens) const {
        if (text.empty()) {
            return;
        }
        if (spm) {
            spm->encode(vocabulary, text, addSpacePrefix, tokens);
        } else {
            bpe->encode(vocabulary, text, tokens);
        }
    }

    void fillMatchers() {
        for (TokenId token = 0; token < TokenId(vocabulary.size()); ++token) {
            const std::string_view text = vocabulary.text(token);
            const TokenKind kind = vocabulary.kind(token);
            if (kind == TokenKind::Control || kind == TokenKind::Unknown ||
                kind == TokenKind::UserDefined) {
                parsed.add(text, token);
            }
            if (kind == TokenKind::UserDefined && !isFrameText(text)) {
                plain.add(text, token);
            }
        }
    }
};

Result<Tokenizer> Tokenizer::load(const GgufFile& file) {
    auto vocabulary = Vocabulary::load(file);
    if (!vocabulary.ok()) {
        return std::move(vocabulary).error().in("read the tokenizer");
    }
    auto impl = std::make_unique<Impl>(Impl{std::move(vocabulary).value(),
                                            std::nullopt,
                                            std::nullopt,
                                            SpecialMatcher(),
                                            SpecialMatcher()});
    const bool isSpm = impl->vocabulary.family() == TokenizerFamily::Spm;
    PreTokenizerTraits traits;
    if (isSpm) {
        traits.addBos = true;
        traits.cleanSpaces = false;
        impl->spm.emplace(impl->vocabulary);
    } else {
        ATTEST_TRY_ASSIGN(const auto name, file.stringOr("tokenizer.ggml.pre", "default"));
        ATTEST_TRY_ASSIGN(traits, preTokenizerTraits(name));
        auto encoder = BpeEncoder::load(file, impl->vocabulary, traits);
        if (!encoder.ok()) {
            return std::move(encoder).error().in("read the tokenizer");
        }
        impl->bpe.emplace(std::move(encoder).value());
    }
    impl->fillMatchers();
    impl->cleansSpaces = traits.cleanSpaces;
    ATTEST_TRY_ASSIGN(impl->addBos, file.boolOr("tokenizer.ggml.add_bos_token", traits.addBos));
    ATTEST_TRY_ASSIGN(impl->addSpacePrefix, file.boolOr("tokenizer.ggml.add_space_prefix", isSpm));
    ATTEST_TRY_ASSIGN(const auto modelName, file.stringOr("general.name", ""));
    impl->specialsSwallowBlanks = namesPhi3(modelName);
    return Tokenizer(std::move(impl));
}

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

std::vector<TokenId> Tokenizer::encode(std::string_view text, SpecialText special) const {
    return encodeParts({{text, special}});
}

std::vector<TokenId> Tokenizer::encodeParts(const std::vector<TextPart>& parts) const {
    std::vector<TokenId> tokens;
    std::string raw;       // what stands between two special tokens may come from several parts
    bool swallows = false; // blanks that come next belong to the special token before them
    for (const TextPart& part : parts) {
        const bool isParsed = part.special == SpecialText::Parsed;
        const SpecialMatcher& matcher = isParsed ? impl_->parsed : impl_->plain;
        std::size_t at = swallows ? skipBlanks(part.text, 0) : 0;
        swallows = swallows && at == part.text.size();
        while (const auto match = matcher.next(part.text, at)) {
            raw += part.text.substr(at, match->begin - at);
            impl_->encodeRaw(raw, tokens);
            raw.clear();
            tokens.push_back(match->token);
            at = match->end;
            if (impl_->specialsSwallowBlanks && swallowsBlanks(tokenText(match->token))) {
                at = skipBlanks(part.text, at);
                swallows = at == part.text.size();
            }
        }
        raw += part.text.substr(at);
    }
    impl_->encodeRaw(raw, tokens);
    return tokens;
}

std::vector<TokenId> Tokenizer::encodePrompt(std::string_view text, SpecialText special) const {
    std::vector<TokenId> tokens = encode(text, special);
    if (addsBos()) {
        tokens.insert(tokens.begin(), *bos());
    }
    return tokens;
}

std::string Tokenizer::decode(const std::vector<TokenId>& tokens) const {
    std::string text;
    bool isFirst = true;
    for (const TokenId token : tokens) {
        std::string_view bytes = tokenBytes(token);
        if (bytes.empty()) {
            continue;
        }
        // The space that encode() puts in front of the text.
        if (isFirst && impl_->spm && impl_->addSpacePrefix && kind(token) == TokenKind::Normal &&
            bytes.front() == ' ') {
            bytes.remove_prefix(1);
        }
        isFirst = false;
        text += bytes;
    }
    return impl_->cleansSpaces ? cleanSpaces(text) : text;
}

std::size_t Tokenizer::vocabularySize() const {
    return impl_->vocabulary.size();
}

std::string_view Tokenizer::tokenBytes(TokenId token) const {
    ATTEST_CHECK(isInside(token));
    return impl_->vocabulary.bytes(token);
}

TokenKind Tokenizer::kind(TokenId token) const {
    ATTEST_CHECK(isInside(token));
    return impl_->vocabulary.kind(token);
}

std::string_view Tokenizer::tokenText(TokenId token) const {
    ATTEST_CHECK(isInside(token));
    return impl_->vocabulary.text(token);
}

std::optional<TokenId> Tokenizer::bos() const {
    return impl_->vocabulary.bos();
}

std::optional<TokenId> Tokenizer::eos() const {
    return impl_->vocabulary.eos();
}

bool Tokenizer::addsBos() const {
    return impl_->addBos && bos().has_value();
}

bool Tokenizer::isEndOfGeneration(TokenId token) const {
    ATTEST_CHECK(isInside(token));
    return impl_->vocabulary.isEndOfGeneration(token);
}

std::optional<TokenId> Tokenizer::findSpecial(std::string_view text) const {
    const TokenId* token = impl_->vocabulary.find(text);
    const bool isSpecial = token != nullptr && (kind(*token) == TokenKind::Control ||
                                                kind(*token) == TokenKind::Unknown ||
                                                kind(*token) == TokenKind::UserDefined);
    return isSpecial ? std::optional(*token) : std::nullopt;
}

bool Tokenizer::isInside(TokenId token) const {
    return token >= 0 && std::size_t(token) < vocabularySize();
}

} // namespace attest::engine
