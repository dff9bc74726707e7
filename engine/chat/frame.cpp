#include "engine/chat/frame.h"

#include <string_view>
#include <utility>

namespace attest::engine {

namespace {

using Kind = ChatPart::Kind;

std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\n\v\f\r";
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::string_view trimEnd(std::string_view text) {
    return text.substr(0, text.find_last_not_of(" \t\n\v\f\r") + 1);
}

std::string_view roleName(ChatRole role) {
    switch (role) {
    case ChatRole::System:
        return "system";
    case ChatRole::User:
        return "user";
    case ChatRole::Assistant:
        return "assistant";
    }
    return "";
}

// Writes one conversation in one format.
class Framer {
public:
    Framer(const ChatTraits& traits,
           const std::vector<ChatMessage>& messages,
           bool addGenerationPrompt)
        : traits_(traits)
        , messages_(messages)
        , promptsAnswer_(addGenerationPrompt || traits.alwaysPromptsAnswer) {}

    std::vector<ChatPart> take() {
        switch (traits_.id) {
        case ChatFormatId::Attest:
            writeAttest();
            break;
        case ChatFormatId::ChatMl:
            writeChatMl();
            break;
        case ChatFormatId::Llama2:
            writeLlama2();
            break;
        case ChatFormatId::Llama3:
            writeLlama3();
            break;
        case ChatFormatId::Mistral:
            writeMistral();
            break;
        case ChatFormatId::Zephyr:
            writeZephyr();
            break;
        case ChatFormatId::Plain:
            writePlain();
            break;
        }
        return std::move(parts_);
    }

private:
    void frame(std::string_view text) { parts_.push_back({Kind::Frame, std::string(text)}); }

    void content(std::string_view text) { parts_.push_back({Kind::Content, std::string(text)}); }

    void bos() { parts_.push_back({Kind::Bos, {}}); }

    void eos() { parts_.push_back({Kind::Eos, {}}); }

    std::string_view contentOf(const ChatMessage& message) const {
        const bool trims =
            traits_.trimsContents || (traits_.trimsAnswers && message.role == ChatRole::Assistant);
        return trims ? trim(message.content) : std::string_view(message.content);
    }

    bool beginsWithSystem() const {
        return !messages_.empty() && messages_.front().role == ChatRole::System;
    }

    void writeAttest();
    void writeChatMl();
    void writeLlama2();
    void writeLlama3();
    void writeMistral();
    void writeZephyr();
    void writePlain();

    const ChatTraits& traits_;
    const std::vector<ChatMessage>& messages_;
    bool promptsAnswer_;
    std::vector<ChatPart> parts_;
};

// Source: docs/prompt_format.md.
void Framer::writeAttest() {
    for (const ChatMessage& message : messages_) {
        switch (message.role) {
        case ChatRole::System:
            frame("<|task|>");
            break;
        case ChatRole::User:
            frame("<|doc|>");
            break;
        case ChatRole::Assistant:
            frame("<|answer|>");
            break;
        }
        content(message.content);
        if (message.role == ChatRole::Assistant) {
            frame("<|end|>");
        }
    }
    if (promptsAnswer_) {
        frame("<|answer|>");
    }
}

void Framer::writeChatMl() {
    const auto open = [this](std::string_view role) {
        frame("<|im_start|>" + std::string(role) + "\n");
    };
    if (!traits_.defaultSystem.empty() && !beginsWithSystem()) {
        open("system");
        frame(traits_.defaultSystem + "<|im_end|>\n");
    }
    for (const ChatMessage& message : messages_) {
        open(roleName(message.role));
        content(contentOf(message));
        frame("<|im_end|>\n");
    }
    if (promptsAnswer_) {
        open("assistant");
    }
}

// Every user message begins with [INST]; of the published templates one leaves the first one out
// where there is no system message, which its model was not trained on.
void Framer::writeLlama2() {
    bool isOpen = false;
    bool isFirst = true;
    for (const ChatMessage& message : messages_) {
        switch (message.role) {
        case ChatRole::System:
            frame("[INST] <<SYS>>\n");
            content(message.content);
            frame("\n<</SYS>>\n\n");
            isOpen = true;
            break;
        case ChatRole::User:
            if (!isOpen) {
                if (!isFirst) {
                    bos();
                }
                frame("[INST] ");
            }
            // Behind a system message, only the end of the whole is trimmed.
            content(isOpen && traits_.trimsContents ? trimEnd(message.content)
                                                    : contentOf(message));
            frame(" [/INST]");
            isOpen = false;
            break;
        case ChatRole::Assistant:
            frame(" ");
            content(contentOf(message));
            frame(" ");
            eos();
            break;
        }
        isFirst = false;
    }
}

void Framer::writeLlama3() {
    const auto open = [this](std::string_view role) {
        frame("<|start_header_id|>" + std::string(role) + "<|end_header_id|>\n\n");
    };
    const bool hasHeader = !traits_.systemHeader.empty();
    if (hasHeader && !beginsWithSystem()) {
        open("system");
        frame(traits_.systemHeader + "<|eot_id|>");
    }
    for (const ChatMessage& message : messages_) {
        open(roleName(message.role));
        if (hasHeader && &message == &messages_.front() && beginsWithSystem()) {
            frame(traits_.systemHeader);
        }
        content(contentOf(message));
        frame("<|eot_id|>");
    }
    if (promptsAnswer_) {
        open("assistant");
    }
}

void Framer::writeMistral() {
    const ChatMessage* system = nullptr; // waits for the user message that carries it
    for (const ChatMessage& message : messages_) {
        const bool isLast = &message == &messages_.back();
        switch (message.role) {
        case ChatRole::System:
            if (traits_.hasSystemPrompt) {
                frame(traits_.systemOpen);
                content(message.content);
                frame("[/SYSTEM_PROMPT]");
            } else {
                system = &message;
            }
            break;
        case ChatRole::User:
            frame(traits_.userOpen);
            if (system != nullptr && (isLast || !traits_.systemInLastMessage)) {
                content(system->content);
                frame("\n\n");
                system = nullptr;
            }
            content(contentOf(message));
            frame(traits_.userClose);
            break;
        case ChatRole::Assistant:
            frame(traits_.answerOpen);
            content(contentOf(message));
            eos();
            break;
        }
    }
}

void Framer::writeZephyr() {
    for (const ChatMessage& message : messages_) {
        frame("<|" + std::string(roleName(message.role)) + "|>\n");
        content(contentOf(message));
        eos();
        frame("\n");
    }
    if (promptsAnswer_) {
        frame("<|assistant|>\n");
    }
}

void Framer::writePlain() {
    for (const ChatMessage& message : messages_) {
        content(message.content);
        frame("\n\n");
    }
}

} // namespace

std::vector<ChatPart> frameMessages(const ChatTraits& traits,
                                    const std::vector<ChatMessage>& messages,
                                    bool addGenerationPrompt) {
    return Framer(traits, messages, addGenerationPrompt).take();
}

} // namespace attest::engine
