// Comparison with the published templates as rendered by llama.cpp's Jinja engine.
#include "engine/chat_format.h"
#include "engine/gguf.h"
#include "support/catch.h"
#include "support/gguf_writer.h"
#include "support/tokenizers.h"

#include <nlohmann/json.hpp>

#include <map>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

const std::string kFolder = std::string(ATTEST_SHARED_DIR) + "/fixtures/chat-templates/";

// Every template of the fixtures, with the format that it is to be recognised as.
const std::map<std::string, ChatFormatId> kTemplates = {
    {"bitnet-2b4t", ChatFormatId::BitNet},
    {"chatml", ChatFormatId::ChatMl},
    {"gemma", ChatFormatId::Gemma},
    {"gemma2", ChatFormatId::Gemma},
    {"gemma3", ChatFormatId::Gemma},
    {"granite-3.0", ChatFormatId::Granite},
    {"granite-3.3", ChatFormatId::Granite},
    {"granite-4.0", ChatFormatId::Granite},
    {"llama2-sys", ChatFormatId::Llama2},
    {"llama3", ChatFormatId::Llama3},
    {"llama3.1", ChatFormatId::Llama3},
    {"llama3.2", ChatFormatId::Llama3},
    {"ministral-3", ChatFormatId::Mistral},
    {"mistral-nemo", ChatFormatId::Mistral},
    {"mistral-pre-v1", ChatFormatId::Mistral},
    {"mistral-small-3.2", ChatFormatId::Mistral},
    {"mistral-v1", ChatFormatId::Mistral},
    {"mistral-v3", ChatFormatId::Mistral},
    {"mistral-v3-tekken", ChatFormatId::Mistral},
    {"mistral-v7", ChatFormatId::Mistral},
    {"monarch", ChatFormatId::Monarch},
    {"phi3-medium", ChatFormatId::Phi3},
    {"phi3-mini", ChatFormatId::Phi3},
    {"phi3.5-mini", ChatFormatId::Phi3},
    {"phi4", ChatFormatId::Phi4},
    {"qwen2.5", ChatFormatId::ChatMl},
    {"qwen3", ChatFormatId::Qwen3},
    {"smollm2", ChatFormatId::ChatMl},
    {"smollm3", ChatFormatId::SmolLm3},
    {"zephyr-tinyllama", ChatFormatId::Zephyr},
};

std::vector<ChatMessage> messagesOf(const nlohmann::json& input) {
    std::vector<ChatMessage> messages;
    for (const auto& message : input.at("messages")) {
        const auto role = message.at("role").get<std::string>();
        messages.push_back({role == "system" ? ChatRole::System
                            : role == "user" ? ChatRole::User
                                             : ChatRole::Assistant,
                            message.at("content").get<std::string>()});
    }
    return messages;
}

const nlohmann::json&
caseOf(const nlohmann::json& all, const std::string& templateName, const std::string& caseName) {
    for (const auto& entry : all) {
        for (const auto& one : entry.at("cases")) {
            if (entry.at("template") == templateName && one.at("name") == caseName) {
                return one;
            }
        }
    }
    FAIL("no case " << caseName << " of " << templateName);
    throw;
}

void replaceAll(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
        text.replace(at, from.size(), to);
        at += to.size();
    }
}

// The rendering without the BOS at its begin, and with the day that stands for today.
std::string rendered(const std::string& name, const nlohmann::json& one) {
    std::string text = one.at("rendered");
    const std::string bos = one.at("input").at("bos_token");
    // SmolLM2's BOS is <|im_start|>, which belongs to the frame.
    if (name != "smollm2" && !bos.empty() && text.starts_with(bos)) {
        text.erase(0, bos.size());
    }
    replaceAll(text, "November 21, 2026", "July 26, 2024");
    replaceAll(text, "2026-11-21", "2024-07-26");
    return text;
}

// What we do where a template raises an error or drops a message; see chat_format.h.
std::string ownText(const nlohmann::json& all, const std::string& name, const nlohmann::json& one) {
    const std::string caseName = one.at("name");
    const bool isGemma = name.starts_with("gemma");
    if (caseName == "two_users_in_a_row") {
        if (isGemma) {
            return "<start_of_turn>user\nOne<end_of_turn>\n<start_of_turn>user\nTwo<end_of_turn>\n"
                   "<start_of_turn>model\n";
        }
        std::string text = rendered(name, caseOf(all, name, "user"));
        replaceAll(text, "Hello", "One");
        std::string second = text.substr(text.rfind(name == "mistral-v1" ? " [INST]" : "[INST]"));
        replaceAll(second, "One", "Two");
        return text + second;
    }
    if (isGemma) {
        // Gemma 3's template does what we do.
        return rendered("gemma3", caseOf(all, "gemma3", caseName));
    }
    REQUIRE(name == "mistral-pre-v1"); // has no system message
    if (caseName == "system_user") {
        return "[INST] You are a helpful assistant\n\nHello [/INST]";
    }
    if (caseName == "multi_turn_system") {
        return "[INST] You are a helpful assistant\n\nHello [/INST]Hi there</s>[INST] Who are "
               "you [/INST]   I am an assistant   </s>[INST] Another question [/INST]";
    }
    REQUIRE(caseName == "unicode_and_braces");
    return "[INST] Antworte nur mit JSON: {\"total\": 12.5}\n\n  Größe: 3 µm — “Rechnung” №7 "
           "{{ not a template }}\nline two\n [/INST]";
}

std::string
expectedText(const nlohmann::json& all, const std::string& name, const nlohmann::json& one) {
    if (one.contains("error")) {
        return ownText(all, name, one);
    }
    std::string text = rendered(name, one);
    const std::string caseName = one.at("name");
    if (name == "llama2-sys") {
        // The template leaves the first [INST] out where there is no system message.
        if (caseName == "two_users_in_a_row") {
            return "[INST] One [/INST]<s>[INST] Two [/INST]";
        }
        return text.starts_with("[INST]") ? text : "[INST] " + text;
    }
    const auto& first = one.at("input").at("messages").at(0);
    if ((name == "phi3-mini" || name == "phi3-medium") && first.at("role") == "system") {
        // The template drops system messages; a task that is not asked is no use to anybody.
        const std::string open = "<|user|>\n";
        REQUIRE(text.starts_with(open));
        text.insert(open.size(), first.at("content").get<std::string>() + "\n\n");
    }
    return text;
}

ChatFormat formatOf(const std::string& templateText, const nlohmann::json& input) {
    const std::string bos = input.at("bos_token");
    const std::string eos = input.at("eos_token");
    GgufWriter writer;
    writer.string("tokenizer.chat_template", templateText)
        .strings("tokenizer.ggml.tokens", {bos.empty() ? "bos" : bos, eos.empty() ? "eos" : eos})
        .u32("tokenizer.ggml.bos_token_id", 0)
        .u32("tokenizer.ggml.eos_token_id", 1);
    const TemporaryFile path(writer.bytes());
    const auto file = GgufFile::open(path.path());
    REQUIRE(file.ok());
    auto format = ChatFormat::recognise(file.value());
    INFO((format.ok() ? std::string() : format.error().message));
    REQUIRE(format.ok());
    return std::move(format).value();
}

} // namespace

TEST_CASE("Prompts equal the published templates' renderings", "[engine][chat][shared]") {
    const auto all = nlohmann::json::parse(readFile(kFolder + "rendered.json"));
    REQUIRE(all.size() == kTemplates.size());

    std::size_t count = 0;
    for (const auto& entry : all) {
        const std::string name = entry.at("template");
        CAPTURE(name);
        REQUIRE(kTemplates.count(name) == 1);
        const std::string text = readFile(kFolder + "templates/" + name + ".jinja");
        for (const auto& one : entry.at("cases")) {
            const auto caseName = one.at("name").get<std::string>();
            CAPTURE(caseName);
            const auto& input = one.at("input");
            const ChatFormat format = formatOf(text, input);
            CHECK(format.id() == kTemplates.at(name));
            const ChatThinking thinking =
                input.value("enable_thinking", true) ? ChatThinking::On : ChatThinking::Off;
            CHECK(format.render(messagesOf(input), input.at("add_generation_prompt"), thinking) ==
                  expectedText(all, name, one));
            ++count;
        }
    }
    CHECK(count == 212);
}

TEST_CASE("Named formats equal the templates they are named after", "[engine][chat][shared]") {
    // With a system message, so that nothing of a template's own is in the way.
    const auto [name, templateName] =
        GENERATE(table<std::string, std::string>({{"bitnet", "bitnet-2b4t"},
                                                  {"chatml", "chatml"},
                                                  {"gemma", "gemma3"},
                                                  {"granite", "granite-3.0"},
                                                  {"llama2", "llama2-sys"},
                                                  {"llama3", "llama3"},
                                                  {"mistral-v1", "mistral-v1"},
                                                  {"mistral-v3", "mistral-v3"},
                                                  {"mistral-v7", "mistral-v7"},
                                                  {"mistral-nemo", "mistral-nemo"},
                                                  {"mistral-small", "mistral-small-3.2"},
                                                  {"monarch", "monarch"},
                                                  {"phi3", "phi3-mini"},
                                                  {"phi3.5", "phi3.5-mini"},
                                                  {"phi4", "phi4"},
                                                  {"qwen3", "qwen3"},
                                                  {"smollm3", "smollm3"},
                                                  {"zephyr", "zephyr-tinyllama"}}));
    CAPTURE(name);
    const auto named = ChatFormat::named(name);
    REQUIRE(named.ok());
    const auto read =
        ChatFormat::recognise(readFile(kFolder + "templates/" + templateName + ".jinja"));
    REQUIRE(read.ok());
    const std::vector<ChatMessage> messages = {{ChatRole::System, "Medications"},
                                               {ChatRole::User, " one\n"},
                                               {ChatRole::Assistant, "two"},
                                               {ChatRole::User, "three"}};

    CHECK(named.value().id() == read.value().id());
    for (const ChatThinking thinking : {ChatThinking::Off, ChatThinking::On}) {
        CHECK(named.value().render(messages, true, thinking) ==
              read.value().render(messages, true, thinking));
    }
}
