#include "engine/chat_format.h"

#include "engine/chat/frame.h"
#include "engine/chat/read_traits.h"
#include "engine/gguf.h"

#include <optional>

namespace attest::engine {

namespace {

// The text of the token that a key names; `fallback` where that cannot be told.
std::string tokenTextOf(const GgufFile& file, std::string_view key, std::string_view fallback) {
    const auto id = file.unsignedValue(key);
    const auto tokens = file.strings("tokenizer.ggml.tokens");
    if (!id.ok() || !tokens.ok() || id.value() >= tokens.value().size()) {
        return std::string(fallback);
    }
    return std::string(tokens.value()[std::size_t(id.value())]);
}

} // namespace

Result<ChatFormat> ChatFormat::recognise(const GgufFile& file) {
    ATTEST_TRY_ASSIGN(const auto text, file.stringOr("tokenizer.chat_template", ""));
    ATTEST_TRY_ASSIGN(ChatFormat format, recognise(text));
    format.bosText_ = tokenTextOf(file, "tokenizer.ggml.bos_token_id", format.bosText_);
    format.eosText_ = tokenTextOf(file, "tokenizer.ggml.eos_token_id", format.eosText_);
    return format;
}

Result<ChatFormat> ChatFormat::recognise(std::string_view templateText) {
    ATTEST_TRY_ASSIGN(auto traits, readChatTraits(templateText));
    return ChatFormat(std::move(traits));
}

std::string_view ChatFormat::name() const {
    switch (id()) {
    case ChatFormatId::Attest:
        return "Attest";
    case ChatFormatId::ChatMl:
        return "ChatML";
    case ChatFormatId::Llama2:
        return "Llama 2";
    case ChatFormatId::Llama3:
        return "Llama 3";
    case ChatFormatId::Mistral:
        return "Mistral";
    case ChatFormatId::Zephyr:
        return "Zephyr";
    case ChatFormatId::Plain:
        return "plain text";
    }
    return "";
}

std::string ChatFormat::render(const std::vector<ChatMessage>& messages,
                               bool addGenerationPrompt) const {
    std::string text;
    for (const ChatPart& part : frameMessages(traits_, messages, addGenerationPrompt)) {
        switch (part.kind) {
        case ChatPart::Kind::Frame:
        case ChatPart::Kind::Content:
            text += part.text;
            break;
        case ChatPart::Kind::Bos:
            text += bosText_;
            break;
        case ChatPart::Kind::Eos:
            text += eosText_;
            break;
        }
    }
    return text;
}

std::vector<TokenId> ChatFormat::encode(const Tokenizer& tokenizer,
                                        const std::vector<ChatMessage>& messages) const {
    const auto frames = frameMessages(traits_, messages, true);
    const auto textOf = [&tokenizer](std::optional<TokenId> token) {
        return token ? tokenizer.tokenText(*token) : std::string_view();
    };
    std::vector<TextPart> parts;
    parts.reserve(frames.size());
    for (const ChatPart& part : frames) {
        switch (part.kind) {
        case ChatPart::Kind::Frame:
            parts.push_back({part.text, SpecialText::Parsed});
            break;
        case ChatPart::Kind::Content:
            parts.push_back({part.text, SpecialText::Plain});
            break;
        case ChatPart::Kind::Bos:
            parts.push_back({textOf(tokenizer.bos()), SpecialText::Parsed});
            break;
        case ChatPart::Kind::Eos:
            parts.push_back({textOf(tokenizer.eos()), SpecialText::Parsed});
            break;
        }
    }
    std::vector<TokenId> tokens = tokenizer.encodeParts(parts);
    if (tokenizer.addsBos() || (traits_.beginsWithBos && tokenizer.bos())) {
        tokens.insert(tokens.begin(), *tokenizer.bos());
    }
    return tokens;
}

} // namespace attest::engine
