#include "engine/chat/read_recipe.h"

#include "engine/chat/formats.h"
#include "engine/chat/template_text.h"

#include <optional>
#include <string>
#include <utility>

namespace attest::engine {

namespace {

// Published templates have up to some 20 KB.
constexpr std::size_t kMaxTemplateBytes = 1U << 18U;

// Marks that tell the formats apart, in an order that finds the narrower format first.
std::optional<std::string_view> formatOf(std::string_view text) {
    const auto has = [text](std::string_view part) {
        return mentions(text, part);
    };
    if (has("<|task|>") && has("<|doc|>") && has("<|answer|>")) {
        return "attest";
    }
    if (has("<|im_start|>") && has("<|im_sep|>")) {
        return "phi4";
    }
    if (has("<|im_start|>") && has("<|im_end|>")) {
        if (has("Reasoning Mode: ") && has("## Custom Instructions")) {
            return "smollm3";
        }
        return has("</think>") ? "qwen3" : "chatml";
    }
    if (has("<|start_header_id|>") && has("<|eot_id|>")) {
        return "llama3";
    }
    if (has("[INST]")) {
        if (has("<<SYS>>")) {
            return "llama2";
        }
        return has("[SYSTEM_PROMPT]") ? "mistral-v7" : "mistral-v3";
    }
    if (has("<start_of_turn>") && has("<end_of_turn>")) {
        return "gemma";
    }
    if (has("<|start_of_role|>") && has("<|end_of_role|>")) {
        return "granite";
    }
    if (has("<|assistant|>") && has("<|end|>")) {
        if (!has("<|user|>")) {
            return "phi4-mini";
        }
        return has("<|system|>") ? "phi3.5" : "phi3";
    }
    if (has("<|user|>") && has("<|assistant|>") && has("eos_token")) {
        return "zephyr";
    }
    if (has("capitalize") && has("'Assistant: '") && has("<|eot_id|>")) {
        return "bitnet";
    }
    if (has("bos_token + message['role'] + '\\n'") && has("eos_token")) {
        return "monarch";
    }
    return std::nullopt;
}

// A system message that the template writes by itself: <|im_start|>system, a line break, and then
// text without any expression up to <|im_end|>.
std::string defaultSystemOfChatMl(std::string_view text) {
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
std::string systemHeaderOfLlama3(std::string_view text) {
    const std::size_t knowledge = text.find("Cutting Knowledge Date: ");
    if (knowledge == std::string_view::npos) {
        return {};
    }
    const auto line = literalUpTo(text.substr(knowledge), "\\n");
    std::string date = fixedDate("%d %b %Y");
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

// Granite 3 adds what the model is to do to who it is.
std::string defaultSystemOfGranite(std::string_view text) {
    if (auto whole = textBehind(text, "default_system_message = ")) {
        return *whole;
    }
    std::string system = textBehind(text, " system_message = ").value_or("");
    constexpr std::string_view kOtherwise = "{%- else %}";
    constexpr std::string_view kAdd = "system_message = system_message + ";
    for (std::size_t at = text.find(kAdd); at != std::string_view::npos && !system.empty();
         at = text.find(kAdd, at + 1)) {
        // The addition where neither tools nor documents are given.
        if (mentions(text.substr(at < 60 ? 0 : at - 60, at < 60 ? at : 60), kOtherwise)) {
            return system + textExpression(text.substr(at + kAdd.size())).value_or("");
        }
    }
    return system;
}

void readMistral(std::string_view text, ChatTraits& traits) {
    // The literals around a user message: '[INST] ' or ' [INST] ' or '[INST]' …
    const std::size_t open = text.find("[INST]");
    const bool spaceBefore = open > 0 && text[open - 1] == ' ';
    const bool spaceAfter = text.substr(open).starts_with("[INST] ");
    traits.user.open = std::string(spaceBefore ? " " : "") + "[INST]" + (spaceAfter ? " " : "");
    traits.user.close = mentions(text, " [/INST]") ? " [/INST]" : "[/INST]";
    const bool spaceInAnswer = mentions(text, "' ' + message") || mentions(text, "\" \" + message");
    traits.assistant.open = spaceInAnswer ? " " : "";
    traits.assistant.trim = trimsContent(text) ? Trim::Both : Trim::No;
    if (traits.systemPlace == SystemPlace::OwnMessage) {
        traits.system.open =
            mentions(text, "[SYSTEM_PROMPT] ") ? "[SYSTEM_PROMPT] " : "[SYSTEM_PROMPT]";
        traits.defaultSystem = textBehind(text, "default_system_message = ").value_or("");
    } else {
        traits.systemPlace = mentions(text, "loop.last and system_message")
                                 ? SystemPlace::LastUser
                                 : SystemPlace::FirstUser;
    }
}

// SmolLM3's lines above the system message, and its own instructions.
void readSmolLm3(std::string_view text, ChatRecipe& recipe) {
    std::string lines = "## Metadata\n\n";
    const std::size_t knowledge = text.find("Knowledge Cutoff Date: ");
    if (knowledge != std::string_view::npos) {
        lines += literalUpTo(text.substr(knowledge), "\\n").value_or("") + "\n";
    }
    if (mentions(text, "Today Date: ")) {
        lines += "Today Date: " + fixedDate("%d %B %Y") + "\n";
    }
    const auto header = [&lines](std::string_view mode) {
        return lines + "Reasoning Mode: " + std::string(mode) + "\n\n## Custom Instructions\n\n";
    };
    recipe.quiet.systemHeader = header("/no_think");
    recipe.thinking.systemHeader = header("/think");
    constexpr std::string_view kWho = "\"You are a helpful AI assistant named ";
    const auto instructionsAt = [text](std::size_t at) {
        auto literal = textExpression(text.substr(at)).value_or("");
        return literal.substr(0, literal.find_last_not_of('\n') + 1);
    };
    if (const std::size_t first = text.find(kWho); first != std::string_view::npos) {
        const std::size_t second = text.find(kWho, first + 1);
        recipe.thinking.defaultSystem = instructionsAt(first);
        recipe.quiet.defaultSystem =
            instructionsAt(second == std::string_view::npos ? first : second);
    }
}

// What one template of a format says differently from another.
void readTraits(std::string_view text, ChatFormatId id, ChatTraits& traits) {
    traits.beginsWithBos = mentions(text, "bos_token");
    traits.alwaysPrompts = !mentions(text, "add_generation_prompt");
    const Trim trim = trimsContent(text) ? Trim::Both : Trim::No;
    switch (id) {
    case ChatFormatId::ChatMl:
    case ChatFormatId::Qwen3:
        traits.defaultSystem = defaultSystemOfChatMl(text);
        traits.system.trim = traits.user.trim = traits.assistant.trim = trim;
        break;
    case ChatFormatId::Llama2:
        traits.user.trim = trim == Trim::No ? Trim::No : Trim::EndBehindSystem;
        traits.assistant.trim = trim;
        break;
    case ChatFormatId::Llama3:
        traits.systemHeader = systemHeaderOfLlama3(text);
        traits.system.trim = traits.user.trim = traits.assistant.trim = trim;
        break;
    case ChatFormatId::Mistral:
        readMistral(text, traits);
        break;
    case ChatFormatId::Zephyr:
    case ChatFormatId::BitNet:
    case ChatFormatId::Monarch:
        traits.system.trim = traits.user.trim = traits.assistant.trim = trim;
        break;
    case ChatFormatId::Gemma:
        traits.user.trim = traits.assistant.trim = trim;
        break;
    case ChatFormatId::Granite:
        traits.defaultSystem = defaultSystemOfGranite(text);
        break;
    case ChatFormatId::Phi3:
    case ChatFormatId::Phi4Mini:
        traits.unprompted = mentions(text, "eos_token") ? std::string(1, kEosMark) : "";
        break;
    case ChatFormatId::Phi4:
        if (traits.alwaysPrompts) {
            // The older template asks for an answer behind every user message.
            traits.user.close += traits.prompt;
            traits.assistant.open.clear();
            traits.prompt.clear();
        }
        break;
    case ChatFormatId::Attest:
    case ChatFormatId::SmolLm3:
    case ChatFormatId::Plain:
        break;
    }
}

} // namespace

Result<ChatRecipe> readChatRecipe(std::string_view templateText) {
    if (templateText.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return *namedRecipe("plain");
    }
    if (templateText.size() > kMaxTemplateBytes) {
        return Error{ErrorCode::Unsupported,
                     "the model's chat template has " + std::to_string(templateText.size()) +
                         " bytes; this build reads at most " + std::to_string(kMaxTemplateBytes)};
    }
    const auto name = formatOf(templateText);
    if (!name) {
        return Error{ErrorCode::Unsupported,
                     "the model's chat format is not one that this build knows: its template "
                     "writes " +
                         describeTemplate(templateText) + "; known are " + joinedRecipeNames()};
    }
    ChatRecipe recipe = *namedRecipe(*name);
    readTraits(templateText, recipe.id, recipe.quiet);
    readTraits(templateText, recipe.id, recipe.thinking);
    if (recipe.id == ChatFormatId::SmolLm3) {
        readSmolLm3(templateText, recipe);
    }
    return recipe;
}

} // namespace attest::engine
