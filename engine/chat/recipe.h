// What a chat format consists of: data that frame.cpp writes conversations with.
#pragma once

#include "engine/chat_format.h"

#include <string>
#include <string_view>

namespace attest::engine {

// In the texts below these stand for the vocabulary's own tokens.
inline constexpr char kBosMark = '\x02';
inline constexpr char kEosMark = '\x03';

// White space of a message's content that is dropped.
enum class Trim {
    No,
    Both,
    End,
    EndBehindSystem, // Both, but only the end of a content that follows a system message's
};

// What stands around the contents of one role.
struct RoleFrame {
    std::string open;
    std::string close;
    Trim trim = Trim::No;
};

enum class SystemPlace {
    OwnMessage,
    FirstUser, // inside the user message that follows, in front of its content
    LastUser,  // the same with the last user message of the conversation
};

struct ChatTraits {
    RoleFrame system;
    RoleFrame user;
    RoleFrame assistant;
    SystemPlace systemPlace = SystemPlace::OwnMessage;
    std::string systemHeader;   // the begin of the first system message, in front of its content
    std::string defaultSystem;  // where the conversation does not begin with a system message
    std::string prompt;         // behind the last message, where an answer is asked for
    bool alwaysPrompts = false; // prompt is written even where nobody asks for an answer
    std::string unprompted;     // behind the last message, where no answer is asked for
    std::string lastAnswerOpen; // between open and content of an answer that nothing follows
    bool cutsThoughts = false;  // answers of the conversation are repeated without their thoughts
    bool dropsSwitches = false; // "/think" and "/no_think" are taken out of system messages
    bool beginsWithBos = false; // the template itself writes BOS first
};

// One format. `quiet` and `thinking` differ for models that can think only.
struct ChatRecipe {
    ChatFormatId id = ChatFormatId::Plain;
    std::string_view name; // for people: "Llama 3"
    ChatTraits quiet;
    ChatTraits thinking;
};

} // namespace attest::engine
