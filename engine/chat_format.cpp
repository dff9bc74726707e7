#include "engine/chat_format.h"

#include "base/utf8.h"
#include "engine/chat/formats.h"
#include "engine/chat/frame.h"
#include "engine/chat/read_recipe.h"
#include "engine/gguf.h"

#include <optional>
#include <utility>

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

const ChatTraits& traitsOf(const ChatRecipe& recipe, ChatThinking thinking) {
    return thinking == ChatThinking::On ? recipe.thinking : recipe.quiet;
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
    ATTEST_TRY_ASSIGN(auto recipe, readChatRecipe(templateText));
    return ChatFormat(std::move(recipe));
}

Result<ChatFormat> ChatFormat::named(std::string_view name) {
    auto recipe = namedRecipe(name);
    if (!recipe) {
        return Error{ErrorCode::NotFound,
                     "no chat format is called '" + toValidUtf8(truncateUtf8(name, 40)) +
                         "'; known are " + joinedRecipeNames()};
    }
    return ChatFormat(*std::move(recipe));
}

std::vector<std::string_view> ChatFormat::names() {
    return recipeNames();
}

ChatFormat::ChatFormat(ChatRecipe recipe)
    : recipe_(std::make_shared<const ChatRecipe>(std::move(recipe))) {}

ChatFormatId ChatFormat::id() const {
    return recipe_->id;
}

std::string_view ChatFormat::name() const {
    return recipe_->name;
}

std::string ChatFormat::render(const std::vector<ChatMessage>& messages,
                               bool addGenerationPrompt,
                               ChatThinking thinking) const {
    std::string text;
    for (const ChatPart& part :
         frameMessages(traitsOf(*recipe_, thinking), messages, addGenerationPrompt)) {
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
                                        const std::vector<ChatMessage>& messages,
                                        ChatThinking thinking) const {
    const ChatTraits& traits = traitsOf(*recipe_, thinking);
    const auto frames = frameMessages(traits, messages, true);
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
    if (tokenizer.addsBos() || (traits.beginsWithBos && tokenizer.bos())) {
        tokens.insert(tokens.begin(), *tokenizer.bos());
    }
    return tokens;
}

} // namespace attest::engine
