#include "engine/chat/read_traits.h"

#include <algorithm>
#include <optional>

namespace attest::engine {

namespace {

bool mentions(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::string_view skipSpaces(std::string_view text) {
    const std::size_t at = text.find_first_not_of(' ');
    return at == std::string_view::npos ? std::string_view() : text.substr(at);
}

// content'] | trim, content"]|trim, .content | trim, content.strip() and the like; `after` must
// follow, spaces and brackets aside, where it is given.
bool trimsContent(std::string_view text) {
    constexpr std::string_view kName = "content";
    for (std::size_t at = text.find(kName); at != std::string_view::npos;
         at = text.find(kName, at + 1)) {
        std::string_view rest = text.substr(at + kName.size());
        if (rest.starts_with("']") || rest.starts_with("\"]")) {
            rest.remove_prefix(2);
        }
        rest = skipSpaces(rest);
        if (rest.starts_with(".strip()")) {
            return true;
        }
        if (rest.starts_with("|") && skipSpaces(rest.substr(1)).starts_with("trim")) {
            return true;
        }
    }
    return false;
}

// The escapes of Jinja's string literals that occur in practice.
std::string unescape(std::string_view literal) {
    std::string text;
    for (std::size_t i = 0; i < literal.size(); ++i) {
        if (literal[i] == '\\' && i + 1 < literal.size()) {
            ++i;
            text += literal[i] == 'n' ? '\n' : literal[i];
        } else {
            text += literal[i];
        }
    }
    return text;
}

// The rest of a string literal up to `end`; nullopt where the literal ends or an expression begins
// before that.
std::optional<std::string> literalUpTo(std::string_view text, std::string_view end) {
    const std::size_t length = text.find(end);
    if (length == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view literal = text.substr(0, length);
    for (std::size_t i = 0; i < literal.size(); ++i) {
        if (literal[i] == '\\') {
            ++i;
        } else if (std::string_view("'\"{}").find(literal[i]) != std::string_view::npos) {
            return std::nullopt;
        }
    }
    return unescape(literal);
}

// A system message that the template writes by itself: <|im_start|>system, a line break, and then
// text without any expression up to <|im_end|>.
std::string defaultSystemOf(std::string_view text) {
    constexpr std::string_view kOpen = "<|im_start|>system";
    for (std::size_t at = text.find(kOpen); at != std::string_view::npos;
         at = text.find(kOpen, at + 1)) {
        std::string_view rest = text.substr(at + kOpen.size());
        if (rest.starts_with("\\n")) {
            rest.remove_prefix(2);
        } else if (rest.starts_with("\n")) {
            rest.remove_prefix(1);
        } else {
            continue;
        }
        if (auto system = literalUpTo(rest, "<|im_end|>")) {
            return *system;
        }
    }
    return {};
}

// Llama 3.1 and later: two lines about dates before the system message.
std::string systemHeaderOf(std::string_view text) {
    const std::size_t knowledge = text.find("Cutting Knowledge Date: ");
    if (knowledge == std::string_view::npos) {
        return {};
    }
    const auto line = literalUpTo(text.substr(knowledge), "\\n");
    std::string date = "26 Jul 2024";
    // The date that is used where no clock is there.
    constexpr std::string_view kDefault = "date_string = \"";
    if (const std::size_t at = text.rfind(kDefault); at != std::string_view::npos) {
        if (const auto literal = literalUpTo(text.substr(at + kDefault.size()), "\"")) {
            date = *literal;
        }
    }
    return line.value_or("Cutting Knowledge Date: December 2023") + "\nToday Date: " + date +
           "\n\n";
}

void readMistral(std::string_view text, ChatTraits& traits) {
    // The literals around a user message: '[INST] ' or ' [INST] ' or '[INST]' …
    const std::size_t open = text.find("[INST]");
    const bool spaceBefore = open > 0 && text[open - 1] == ' ';
    const bool spaceAfter = text.substr(open).starts_with("[INST] ");
    traits.userOpen = std::string(spaceBefore ? " " : "") + "[INST]" + (spaceAfter ? " " : "");
    traits.userClose = mentions(text, " [/INST]") ? " [/INST]" : "[/INST]";
    traits.hasSystemPrompt = mentions(text, "[SYSTEM_PROMPT]");
    traits.systemOpen = mentions(text, "[SYSTEM_PROMPT] ") ? "[SYSTEM_PROMPT] " : "[SYSTEM_PROMPT]";
    traits.systemInLastMessage = mentions(text, "loop.last and system_message");
    const bool spaceInAnswer = mentions(text, "' ' + message") || mentions(text, "\" \" + message");
    traits.answerOpen = spaceInAnswer ? " " : "";
    traits.trimsAnswers = traits.trimsContents;
    traits.trimsContents = false;
}

std::optional<ChatFormatId> formatOf(std::string_view text) {
    if (mentions(text, "<|task|>") && mentions(text, "<|doc|>") && mentions(text, "<|answer|>")) {
        return ChatFormatId::Attest;
    }
    if (mentions(text, "<|im_start|>") && mentions(text, "<|im_end|>")) {
        return ChatFormatId::ChatMl;
    }
    if (mentions(text, "<|start_header_id|>") && mentions(text, "<|eot_id|>")) {
        return ChatFormatId::Llama3;
    }
    if (mentions(text, "[INST]")) {
        return mentions(text, "<<SYS>>") ? ChatFormatId::Llama2 : ChatFormatId::Mistral;
    }
    // Phi-3 has the same role marks, but ends messages with <|end|>.
    if (mentions(text, "<|user|>") && mentions(text, "<|assistant|>") &&
        mentions(text, "eos_token") && !mentions(text, "<|end|>")) {
        return ChatFormatId::Zephyr;
    }
    return std::nullopt;
}

} // namespace

Result<ChatTraits> readChatTraits(std::string_view templateText) {
    ChatTraits traits;
    if (templateText.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return traits;
    }
    const auto id = formatOf(templateText);
    if (!id) {
        return Error{ErrorCode::Unsupported,
                     "the chat template of the file is not one that this build knows; known are "
                     "Attest, ChatML, Llama 2, Llama 3, Mistral and Zephyr"};
    }
    traits.id = *id;
    traits.beginsWithBos = mentions(templateText, "bos_token");
    traits.trimsContents = trimsContent(templateText);
    traits.alwaysPromptsAnswer = !mentions(templateText, "add_generation_prompt");
    switch (*id) {
    case ChatFormatId::ChatMl:
        traits.defaultSystem = defaultSystemOf(templateText);
        break;
    case ChatFormatId::Llama3:
        traits.systemHeader = systemHeaderOf(templateText);
        break;
    case ChatFormatId::Mistral:
        readMistral(templateText, traits);
        break;
    default:
        break;
    }
    return traits;
}

} // namespace attest::engine
