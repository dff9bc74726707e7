// Comparison with the published templates as rendered by llama.cpp's Jinja engine.
#include "engine/chat_format.h"
#include "support/catch.h"
#include "support/tokenizers.h"

#include <nlohmann/json.hpp>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

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

// What a case should give: the rendering without the BOS at its begin, and for the differences that
// chat_format.h and chat/frame.cpp describe, what we do instead.
std::string expectedText(const std::string& name, const nlohmann::json& one) {
    const std::string caseName = one.at("name");
    if (one.contains("error")) {
        if (caseName == "two_users_in_a_row") {
            const bool isOld = name == "mistral-pre-v1" || name == "mistral-v1";
            const bool isTekken = name == "mistral-v3-tekken" || name == "mistral-nemo";
            const std::string open =
                std::string(name == "mistral-v1" ? " " : "") + "[INST]" + (isTekken ? "" : " ");
            const std::string close = isOld ? " [/INST]" : "[/INST]";
            return open + "One" + close + open + "Two" + close;
        }
        // mistral-pre-v1 has no system message.
        REQUIRE(name == "mistral-pre-v1");
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
    std::string text = one.at("rendered");
    const std::string bos = one.at("input").at("bos_token");
    if (name == "llama2-sys") {
        if (caseName == "two_users_in_a_row") {
            return "[INST] One [/INST]<s>[INST] Two [/INST]";
        }
        return text.starts_with("[INST]") ? text : "[INST] " + text;
    }
    if (name != "smollm2" && !bos.empty() && text.starts_with(bos)) {
        text.erase(0, bos.size());
    }
    return text;
}

} // namespace

TEST_CASE("Prompts equal the published templates' renderings", "[engine][chat][shared]") {
    const std::string folder = std::string(ATTEST_SHARED_DIR) + "/fixtures/chat-templates/";
    const auto [name, id] =
        GENERATE(table<std::string, ChatFormatId>({{"chatml", ChatFormatId::ChatMl},
                                                   {"smollm2", ChatFormatId::ChatMl},
                                                   {"qwen2.5", ChatFormatId::ChatMl},
                                                   {"llama2-sys", ChatFormatId::Llama2},
                                                   {"llama3", ChatFormatId::Llama3},
                                                   {"llama3.1", ChatFormatId::Llama3},
                                                   {"llama3.2", ChatFormatId::Llama3},
                                                   {"mistral-pre-v1", ChatFormatId::Mistral},
                                                   {"mistral-v1", ChatFormatId::Mistral},
                                                   {"mistral-v3", ChatFormatId::Mistral},
                                                   {"mistral-v3-tekken", ChatFormatId::Mistral},
                                                   {"mistral-v7", ChatFormatId::Mistral},
                                                   {"mistral-nemo", ChatFormatId::Mistral},
                                                   {"zephyr-tinyllama", ChatFormatId::Zephyr}}));
    CAPTURE(name);
    const auto format = ChatFormat::recognise(readFile(folder + "templates/" + name + ".jinja"));
    REQUIRE(format.ok());
    CHECK(format.value().id() == id);
    const auto all = nlohmann::json::parse(readFile(folder + "rendered.json"));

    std::size_t count = 0;
    for (const auto& entry : all) {
        if (entry.at("template") != name) {
            continue;
        }
        for (const auto& one : entry.at("cases")) {
            const auto caseName = one.at("name").get<std::string>();
            CAPTURE(caseName);
            const auto& input = one.at("input");
            CHECK(format.value().render(messagesOf(input), input.at("add_generation_prompt")) ==
                  expectedText(name, one));
            ++count;
        }
    }
    CHECK(count == 7);
}

TEST_CASE("Templates of other families are refused", "[engine][chat][shared]") {
    const std::string folder =
        std::string(ATTEST_SHARED_DIR) + "/fixtures/chat-templates/templates/";
    const auto name = GENERATE(as<std::string>{},
                               "bitnet-2b4t",
                               "gemma",
                               "gemma2",
                               "gemma3",
                               "granite-3.0",
                               "granite-3.3",
                               "granite-4.0",
                               "monarch",
                               "phi3-mini",
                               "phi3-medium",
                               "phi3.5-mini");
    CAPTURE(name);

    const auto format = ChatFormat::recognise(readFile(folder + name + ".jinja"));

    REQUIRE(!format.ok());
    CHECK(format.error().code == ErrorCode::Unsupported);
}
