#include "engine/chat/frame.h"

#include "engine/thoughts.h"

#include <string_view>
#include <utility>

namespace attest::engine {

namespace {

using Kind = ChatPart::Kind;

constexpr std::string_view kBlanks = " \t\n\v\f\r";

std::string_view trimEnd(std::string_view text) {
    return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

std::string_view trimBoth(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    return begin == std::string_view::npos ? std::string_view() : trimEnd(text.substr(begin));
}

std::string_view trimmed(std::string_view text, Trim trim, bool isBehindSystem) {
    switch (trim) {
    case Trim::No:
        return text;
    case Trim::Both:
        return trimBoth(text);
    case Trim::End:
        return trimEnd(text);
    case Trim::EndBehindSystem:
        return isBehindSystem ? trimEnd(text) : trimBoth(text);
    }
    return text;
}

void eraseAll(std::string& text, std::string_view part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at)) {
        text.erase(at, part.size());
    }
}

// Writes one conversation in one format.
class Framer {
public:
    Framer(const ChatTraits& traits, const std::vector<ChatMessage>& messages)
        : traits_(traits), messages_(messages) {}

    std::vector<ChatPart> take(bool addGenerationPrompt) {
        if (!beginsWithSystem() && traits_.systemPlace == SystemPlace::OwnMessage &&
            !(traits_.systemHeader.empty() && traits_.defaultSystem.empty())) {
            frame(traits_.system.open + traits_.systemHeader + traits_.defaultSystem +
                  traits_.system.close);
        }
        for (const ChatMessage& message : messages_) {
            write(message);
        }
        if (!waiting_.empty()) {
            // No user message followed that could have carried it.
            writeUser(nullptr);
        }
        if (addGenerationPrompt || traits_.alwaysPrompts) {
            frame(traits_.prompt);
        } else {
            frame(traits_.unprompted);
        }
        // encode() puts the BOS at the begin, where there is to be one.
        if (!parts_.empty() && parts_.front().kind == Kind::Bos) {
            parts_.erase(parts_.begin());
        }
        return std::move(parts_);
    }

private:
    bool beginsWithSystem() const {
        return !messages_.empty() && messages_.front().role == ChatRole::System;
    }

    bool isLastUser(const ChatMessage& message) const {
        for (const ChatMessage* later = &message + 1; later <= &messages_.back(); ++later) {
            if (later->role == ChatRole::User) {
                return false;
            }
        }
        return true;
    }

    void frame(std::string_view text) {
        while (!text.empty()) {
            const std::size_t mark = text.find_first_of(std::string{kBosMark, kEosMark});
            if (mark > 0) {
                parts_.push_back({Kind::Frame, std::string(text.substr(0, mark))});
            }
            if (mark == std::string_view::npos) {
                return;
            }
            parts_.push_back({text[mark] == kBosMark ? Kind::Bos : Kind::Eos, {}});
            text.remove_prefix(mark + 1);
        }
    }

    void content(std::string_view text) {
        if (!text.empty()) {
            parts_.push_back({Kind::Content, std::string(text)});
        }
    }

    void write(const ChatMessage& message) {
        switch (message.role) {
        case ChatRole::System:
            if (traits_.systemPlace == SystemPlace::OwnMessage) {
                writeSystem(message);
            } else {
                waiting_.push_back(&message);
            }
            break;
        case ChatRole::User:
            writeUser(&message);
            break;
        case ChatRole::Assistant:
            writeAnswer(message);
            break;
        }
    }

    void writeSystem(const ChatMessage& message) {
        std::string text = message.content;
        if (traits_.dropsSwitches) {
            eraseAll(text, "/no_think");
            eraseAll(text, "/think");
        }
        frame(traits_.system.open);
        if (&message == &messages_.front()) {
            frame(traits_.systemHeader);
        }
        content(trimmed(text, traits_.system.trim, false));
        frame(traits_.system.close);
    }

    // Null: a user message for the sake of the system message alone.
    void writeUser(const ChatMessage* message) {
        frame(traits_.user.open);
        bool isBehindSystem = false;
        if (message == nullptr || traits_.systemPlace == SystemPlace::FirstUser ||
            isLastUser(*message)) {
            for (const ChatMessage* system : waiting_) {
                frame(traits_.system.open);
                content(trimmed(system->content, traits_.system.trim, false));
                frame(traits_.system.close);
                isBehindSystem = true;
            }
            waiting_.clear();
        }
        if (message != nullptr) {
            content(trimmed(message->content, traits_.user.trim, isBehindSystem));
        }
        frame(traits_.user.close);
    }

    void writeAnswer(const ChatMessage& message) {
        frame(traits_.assistant.open);
        if (&message == &messages_.back()) {
            frame(traits_.lastAnswerOpen);
        }
        const std::string text =
            traits_.cutsThoughts ? withoutThoughts(message.content) : message.content;
        content(trimmed(text, traits_.assistant.trim, false));
        frame(traits_.assistant.close);
    }

    const ChatTraits& traits_;
    const std::vector<ChatMessage>& messages_;
    std::vector<const ChatMessage*> waiting_; // system messages for a user message to carry
    std::vector<ChatPart> parts_;
};

} // namespace

std::vector<ChatPart> frameMessages(const ChatTraits& traits,
                                    const std::vector<ChatMessage>& messages,
                                    bool addGenerationPrompt) {
    return Framer(traits, messages).take(addGenerationPrompt);
}

} // namespace attest::engine
