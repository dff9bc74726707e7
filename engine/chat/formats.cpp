// Source: the chat templates that the models' publishers ship; BitNet: model card of
// bitnet-b1.58-2B-4T. Attest: docs/prompt_format.md.
#include "engine/chat/formats.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace attest::engine {

namespace {

constexpr char kBos = kBosMark;
constexpr char kEos = kEosMark;

using Traits = ChatTraits;

Traits attest() {
    Traits traits;
    traits.system = {"<|task|>", ""};
    traits.user = {"<|doc|>", ""};
    traits.assistant = {"<|answer|>", "<|end|>"};
    traits.prompt = traits.assistant.open;
    return traits;
}

// Every role's message is `before` + role + `after` … `close`.
Traits byRole(const std::string& before, const std::string& after, const std::string& close) {
    Traits traits;
    traits.system = {before + "system" + after, close};
    traits.user = {before + "user" + after, close};
    traits.assistant = {before + "assistant" + after, close};
    traits.prompt = traits.assistant.open;
    return traits;
}

Traits chatMl() {
    return byRole("<|im_start|>", "\n", "<|im_end|>\n");
}

Traits qwen3() {
    Traits traits = chatMl();
    traits.lastAnswerOpen = kEmptyThought;
    traits.cutsThoughts = true;
    return traits;
}

Traits smolLm3() {
    Traits traits = chatMl();
    traits.system.close = "\n\n<|im_end|>\n";
    traits.system.trim = Trim::End;
    traits.cutsThoughts = true;
    traits.dropsSwitches = true;
    return traits;
}

Traits llama2() {
    Traits traits;
    traits.systemPlace = SystemPlace::FirstUser;
    traits.system = {"<<SYS>>\n", "\n<</SYS>>\n\n"};
    traits.user = {std::string(1, kBos) + "[INST] ", " [/INST]"};
    traits.assistant = {" ", std::string(" ") + kEos};
    traits.beginsWithBos = true;
    return traits;
}

Traits llama3() {
    Traits traits = byRole("<|start_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>");
    traits.system.trim = traits.user.trim = traits.assistant.trim = Trim::Both;
    traits.beginsWithBos = true;
    return traits;
}

Traits mistral(const std::string& open, const std::string& close, const std::string& answerOpen) {
    Traits traits;
    traits.systemPlace = SystemPlace::LastUser;
    traits.system = {"", "\n\n"};
    traits.user = {open, close};
    traits.assistant = {answerOpen, std::string(1, kEos)};
    traits.beginsWithBos = true;
    return traits;
}

Traits mistralV1() {
    Traits traits = mistral(" [INST] ", " [/INST]", " ");
    traits.systemPlace = SystemPlace::FirstUser;
    return traits;
}

Traits mistralV3() {
    return mistral("[INST] ", "[/INST]", " ");
}

Traits mistralTekken() {
    return mistral("[INST]", "[/INST]", "");
}

Traits mistralSystemPrompt() {
    Traits traits = mistralTekken();
    traits.systemPlace = SystemPlace::OwnMessage;
    traits.system = {"[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"};
    return traits;
}

Traits mistralV7() {
    Traits traits = mistral("[INST] ", "[/INST]", " ");
    traits.systemPlace = SystemPlace::OwnMessage;
    traits.system = {"[SYSTEM_PROMPT] ", "[/SYSTEM_PROMPT]"};
    return traits;
}

Traits zephyr() {
    return byRole("<|", "|>\n", std::string(1, kEos) + "\n");
}

Traits gemma() {
    Traits traits = byRole("<start_of_turn>", "\n", "<end_of_turn>\n");
    traits.systemPlace = SystemPlace::FirstUser;
    traits.system = {"", "\n\n"};
    traits.user.trim = Trim::Both;
    traits.assistant = {"<start_of_turn>model\n", "<end_of_turn>\n", Trim::Both};
    traits.prompt = traits.assistant.open;
    traits.beginsWithBos = true;
    return traits;
}

// Phi-3's first templates have no system message, and every user message asks for an answer.
Traits phi3() {
    Traits traits;
    traits.systemPlace = SystemPlace::FirstUser;
    traits.system = {"", "\n\n"};
    traits.user = {"<|user|>\n", "<|end|>\n<|assistant|>\n"};
    traits.assistant = {"", "<|end|>\n"};
    return traits;
}

Traits phi35() {
    Traits traits = byRole("<|", "|>\n", "<|end|>\n");
    traits.unprompted = kEos;
    return traits;
}

Traits phi4() {
    return byRole("<|im_start|>", "<|im_sep|>", "<|im_end|>");
}

Traits phi4Mini() {
    Traits traits = byRole("<|", "|>", "<|end|>");
    traits.unprompted = kEos;
    return traits;
}

Traits granite() {
    return byRole("<|start_of_role|>", "<|end_of_role|>", "<|end_of_text|>\n");
}

Traits bitNet() {
    Traits traits;
    traits.system = {"System: ", "<|eot_id|>", Trim::Both};
    traits.user = {"User: ", "<|eot_id|>", Trim::Both};
    traits.assistant = {"Assistant: ", "<|eot_id|>", Trim::Both};
    traits.prompt = traits.assistant.open;
    traits.beginsWithBos = true;
    return traits;
}

Traits monarch() {
    Traits traits = byRole(std::string(1, kBos), "\n", std::string(1, kEos) + "\n");
    traits.beginsWithBos = true;
    return traits;
}

Traits plain() {
    Traits traits;
    traits.system = traits.user = traits.assistant = {"", "\n\n"};
    return traits;
}

ChatRecipe qwen3Recipe(ChatRecipe recipe) {
    recipe.quiet.prompt += kEmptyThought;
    return recipe;
}

ChatRecipe smolLm3Recipe(ChatRecipe recipe) {
    const auto header = [](std::string_view mode) {
        return "## Metadata\n\nKnowledge Cutoff Date: June 2025\nReasoning Mode: " +
               std::string(mode) + "\n\n## Custom Instructions\n\n";
    };
    recipe.quiet.systemHeader = header("/no_think");
    recipe.thinking.systemHeader = header("/think");
    recipe.quiet.assistant.open += "<think>\n\n</think>\n";
    recipe.quiet.prompt = recipe.quiet.assistant.open;
    return recipe;
}

struct NamedFormat {
    std::string_view name;
    ChatFormatId id;
    std::string_view title;
    Traits (*traits)();
};

constexpr std::array<NamedFormat, 21> kFormats = {{
    {"attest", ChatFormatId::Attest, "Attest", attest},
    {"bitnet", ChatFormatId::BitNet, "BitNet", bitNet},
    {"chatml", ChatFormatId::ChatMl, "ChatML", chatMl},
    {"gemma", ChatFormatId::Gemma, "Gemma", gemma},
    {"granite", ChatFormatId::Granite, "Granite", granite},
    {"llama2", ChatFormatId::Llama2, "Llama 2", llama2},
    {"llama3", ChatFormatId::Llama3, "Llama 3", llama3},
    {"mistral-v1", ChatFormatId::Mistral, "Mistral", mistralV1},
    {"mistral-v3", ChatFormatId::Mistral, "Mistral", mistralV3},
    {"mistral-v7", ChatFormatId::Mistral, "Mistral", mistralV7},
    {"mistral-nemo", ChatFormatId::Mistral, "Mistral", mistralTekken},
    {"mistral-small", ChatFormatId::Mistral, "Mistral", mistralSystemPrompt},
    {"monarch", ChatFormatId::Monarch, "Monarch", monarch},
    {"phi3", ChatFormatId::Phi3, "Phi-3", phi3},
    {"phi3.5", ChatFormatId::Phi3, "Phi-3", phi35},
    {"phi4", ChatFormatId::Phi4, "Phi-4", phi4},
    {"phi4-mini", ChatFormatId::Phi4Mini, "Phi-4-mini", phi4Mini},
    {"plain", ChatFormatId::Plain, "plain text", plain},
    {"qwen3", ChatFormatId::Qwen3, "ChatML with thinking", qwen3},
    {"smollm3", ChatFormatId::SmolLm3, "SmolLM3", smolLm3},
    {"zephyr", ChatFormatId::Zephyr, "Zephyr", zephyr},
}};

} // namespace

std::optional<ChatRecipe> namedRecipe(std::string_view name) {
    const auto* format = std::find_if(
        kFormats.begin(), kFormats.end(), [name](const auto& one) { return one.name == name; });
    if (format == kFormats.end()) {
        return std::nullopt;
    }
    ChatRecipe recipe{format->id, format->title, format->traits(), format->traits()};
    switch (format->id) {
    case ChatFormatId::Qwen3:
        return qwen3Recipe(std::move(recipe));
    case ChatFormatId::SmolLm3:
        return smolLm3Recipe(std::move(recipe));
    default:
        return recipe;
    }
}

std::vector<std::string_view> recipeNames() {
    std::vector<std::string_view> names;
    for (const NamedFormat& format : kFormats) {
        names.push_back(format.name);
    }
    return names;
}

std::string joinedRecipeNames() {
    std::string text;
    for (const NamedFormat& format : kFormats) {
        text += (text.empty() ? "" : ", ") + std::string(format.name);
    }
    return text;
}

} // namespace attest::engine
