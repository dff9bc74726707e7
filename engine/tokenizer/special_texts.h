// What is known about special tokens by their text, because model files often do not say it.
#pragma once

#include <string_view>

namespace attest::engine {

// Ends an answer in one of the common chat formats.
bool isEndOfGenerationText(std::string_view tokenText);

// Has the form of a part of a chat frame: <|…|>, [INST], <start_of_turn>, <think>, <s> and the like. Text
// from outside never becomes such a token, even where the file calls it user-defined, which
// otherwise means "find this text everywhere".
bool isFrameText(std::string_view tokenText);

} // namespace attest::engine
