// What chat formats are made of: frames around message contents.
#pragma once

#include "engine/chat/recipe.h"

#include <string>
#include <vector>

namespace attest::engine {

struct ChatPart {
    enum class Kind {
        Frame,   // the format's own text, which may spell special tokens
        Content, // of a message; never special
        Bos,
        Eos,
    };

    Kind kind;
    std::string text; // empty for Bos and Eos
};

// The conversation in the given format, without a BOS at its begin.
std::vector<ChatPart> frameMessages(const ChatTraits& traits,
                                    const std::vector<ChatMessage>& messages,
                                    bool addGenerationPrompt);

} // namespace attest::engine
